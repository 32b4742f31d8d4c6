import { Button, Group, Text } from '@mantine/core';
import { IconMailForward, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMay, useMe } from '../app/workspace.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { TimeText } from '../ui/time-text.js';
import rows from '../ui/rows.module.css';
import { type Invitation, invitationsQuery } from './queries.js';
import { positionWords } from './roles.js';

/** Somebody who was invited and has not accepted yet. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { email, role, workspaces, inviter, expiresAt, expired } = invitation;
  const manages = useMay('members.manage');
  const makesOwners = useMay('organization.transfer');
  const { resend, revoke } = useChanges(invitation);
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Text fw={600}>{email}</Text>
        <Text size="sm">{positionWords(role, workspaces)}</Text>
        <Text size="sm" c="dimmed">
          Invited by {inviter}.{' '}
          {expired ? (
            'The link has run out: send it again.'
          ) : (
            <>
              The link works until <TimeText at={expiresAt} />.
            </>
          )}
        </Text>
      </div>
      {manages && (
        <Group gap="xs">
          {(makesOwners || role !== 'owner') && (
            <Button
              variant="default"
              leftSection={<IconMailForward size={16} aria-hidden />}
              aria-label={`Send again: the invitation to ${email}`}
              loading={resend.isPending}
              onClick={() => resend.mutate()}
            >
              Send again
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconX size={16} aria-hidden />}
            aria-label={`Withdraw the invitation to ${email}`}
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            Withdraw
          </Button>
        </Group>
      )}
    </li>
  );
}

function useChanges({ id: invitationId, email }: Invitation) {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const params = { path: { id: organization.id, invitationId } };
  const reread = () => queryClient.invalidateQueries({ queryKey: invitationsQuery(organization.id).queryKey });
  const resend = useMutation({
    mutationFn: () => answer(api.POST('/v1/organizations/{id}/invitations/{invitationId}/resend', { params })),
    onSuccess: async () => {
      await reread();
      notifyDone(`A new link is on its way to ${email}. The one before no longer works.`);
    },
    onError: notifyError,
  });
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE('/v1/organizations/{id}/invitations/{invitationId}', { params })),
    onSuccess: async () => {
      await reread();
      notifyDone(`The invitation to ${email} is withdrawn.`);
    },
    onError: notifyError,
  });
  return { resend, revoke };
}
