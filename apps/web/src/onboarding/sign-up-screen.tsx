import { Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { signUp } from '../app/session.js';
import { ApiError } from '../api/problem.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { deviceZone } from '../ui/zone.js';
import { AuthLayout } from './auth-layout.js';
import { filled, looksLikeEmail, passwordProblem } from './checks.js';
import { SecretInput } from '../ui/secret-input.js';
import { FacebookButton } from './facebook-button.js';
import { FacebookNotice } from './facebook-notice.js';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { PasswordRuleList } from './password-rule-list.js';
import { signInOptionsQuery } from './sign-in-options.js';

const route = getRouteApi('/sign-up');

const FORM_HEIGHT = 420;

/** Who is known already, from Facebook. */
interface Person {
  name: string;
  email: string | null;
}

/** Makes an account, a company and its first workspace, and goes on to the first post. */
export function SignUpScreen() {
  const { next, facebook } = route.useSearch();
  return (
    <AuthLayout
      title="Create your account"
      description={
        <>
          Have an account already?{' '}
          <TextLink to="/sign-in" search={next === undefined ? {} : { next }} inherit underline="always">
            Sign in
          </TextLink>
        </>
      }
    >
      {facebook === 'new' ? (
        <FromFacebook />
      ) : (
        <>
          <SignUpForm person={undefined} />
          <FacebookButton next={next} />
        </>
      )}
    </AuthLayout>
  );
}

/** What Facebook says of the person is there already; it can be changed. */
function FromFacebook() {
  const { data, isPending } = useQuery(signInOptionsQuery);
  if (isPending) return <Skeleton height={FORM_HEIGHT} />;
  return (
    <>
      <FacebookNotice outcome={data?.identity ? 'new' : 'again'} />
      <SignUpForm person={data?.identity ?? undefined} />
    </>
  );
}

function useSignUpForm(person: Person | undefined) {
  return useForm({
    initialValues: { name: person?.name ?? '', organization: '', email: person?.email ?? '', password: '' },
    validate: {
      name: filled('Enter your name.'),
      organization: filled('Enter the name of your company or team.'),
      email: looksLikeEmail,
      password: (password, { email }) => passwordProblem(password, email),
    },
    onSubmitPreventDefault: 'always',
  });
}

function SignUpForm({ person }: { person: Person | undefined }) {
  const form = useSignUpForm(person);
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation({
    mutationFn: (values: typeof form.values) => signUp(queryClient, { ...values, timeZone: deviceZone }),
    onSuccess: ({ workspace }) =>
      router.navigate({ to: '/w/$workspaceId/start', params: { workspaceId: workspace.id } }),
    onError: (error) => showRefusal(form, error),
  });
  const taken = create.error instanceof ApiError && create.error.is('already-exists');
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => create.mutate(values),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={create.error} shown={(field) => field in form.values} />
        <TextInput size="md" label="Your name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
        <TextInput
          size="md"
          label="Company"
          description="Also the name of your first workspace. You can change it later."
          autoComplete="organization"
          {...form.getInputProps('organization')}
        />
        <div>
          <TextInput size="md" label="E-mail" type="email" autoComplete="email" {...form.getInputProps('email')} />
          {taken && (
            <Text size="sm" mt={4}>
              <TextLink to="/sign-in" inherit>
                Sign in with this address
              </TextLink>
            </Text>
          )}
        </div>
        <SecretInput
          size="md"
          label="Password"
          description={<PasswordRuleList password={form.values.password} email={form.values.email} />}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" fullWidth loading={create.isPending || create.isSuccess}>
          Create account
        </Button>
        <Text size="xs" c="dimmed">
          Times are shown as in {deviceZone.replaceAll('_', ' ')}, the time zone of this device.
        </Text>
      </Stack>
    </form>
  );
}
