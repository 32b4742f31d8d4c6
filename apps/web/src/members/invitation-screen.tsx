import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { describeError } from '../api/problem.js';
import { meQuery } from '../api/queries.js';
import { signOut } from '../app/session.js';
import { AuthLayout } from '../onboarding/auth-layout.js';
import { LinkButton, TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { JoinForm } from './join-form.js';
import { KnownForm } from './known-form.js';
import { type InvitationCard, invitationQuery } from './queries.js';
import { positionWords } from './roles.js';
import { type Accepting, useAccept } from './use-accept.js';

const route = getRouteApi('/invitation/$token');

/** Where the link of an invitation leads: what it is to, and how to accept it. */
export function InvitationScreen() {
  const { token } = route.useParams();
  const query = useQuery({ ...invitationQuery(token), retry: false });
  if (query.data) return <Invited invitation={query.data} token={token} />;
  if (query.error) return <NoInvitation error={query.error} />;
  return (
    <AuthLayout title="Invitation" description="One moment.">
      <Skeleton height={180} aria-busy="true" />
    </AuthLayout>
  );
}

function NoInvitation({ error }: { error: unknown }) {
  const { title, detail } = describeError(error);
  return (
    <AuthLayout title={title} description={detail}>
      <LinkButton to="/sign-in" fullWidth size="md" variant="default">
        Sign in
      </LinkButton>
    </AuthLayout>
  );
}

interface InvitedProps {
  invitation: InvitationCard;
  token: string;
}

function Invited({ invitation, token }: InvitedProps) {
  const { organization, inviter, role, workspaces, hasAccount, email } = invitation;
  const me = useQuery(meQuery);
  const accept = useAccept(token);
  const queryClient = useQueryClient();
  // Here, so that what is shown follows from who is signed in then.
  const leave = useMutation({ mutationFn: () => signOut(queryClient) });
  return (
    <AuthLayout title={`Join ${organization.name}`} description={`${inviter} invites you.`}>
      <Stack gap="md">
        <Text>
          You join as: <b>{positionWords(role, workspaces)}</b>
        </Text>
        <ProblemAlert error={leave.error} />
        <ProblemAlert error={accept.error} shown={(field) => field === 'name' || field === 'password'} />
        {me.data ? (
          <SignedIn
            as={me.data.user.email}
            invitation={invitation}
            accept={accept}
            leaving={leave.isPending}
            onLeave={() => leave.mutate()}
          />
        ) : hasAccount ? (
          <>
            <KnownForm email={email} accept={accept} />
            <TextLink to="/sign-in" search={{ next: `/invitation/${token}` }} size="sm">
              Sign in another way
            </TextLink>
          </>
        ) : (
          <JoinForm email={email} accept={accept} />
        )}
      </Stack>
    </AuthLayout>
  );
}

interface SignedInProps {
  /** The address of whoever is signed in. */
  as: string;
  invitation: InvitationCard;
  accept: Accepting;
  leaving: boolean;
  onLeave: () => void;
}

function SignedIn({ as, invitation: { organization, email }, accept, leaving, onLeave }: SignedInProps) {
  if (as.toLowerCase() === email.toLowerCase()) {
    return (
      <Button size="md" fullWidth loading={accept.isPending || accept.isSuccess} onClick={() => accept.mutate({})}>
        Join {organization.name}
      </Button>
    );
  }
  return (
    <>
      <Text size="sm">
        The invitation is for {email}, and you are signed in as {as}. Sign out to accept it.
      </Text>
      <Button size="md" fullWidth variant="default" loading={leaving} onClick={onLeave}>
        Sign out
      </Button>
    </>
  );
}
