import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { signUp } from '../app/session.js';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { deviceZone } from '../ui/zone.js';
import { AuthLayout } from './auth-layout.js';
import { filled, looksLikeEmail, passwordProblem } from './checks.js';
import { focusFirstError } from './focus-error.js';
import { PasswordRuleList } from './password-rule-list.js';
import { SecretInput } from '../ui/secret-input.js';

/** Makes an account, a company and its first workspace, and goes on to the first post. */
export function SignUpScreen() {
  return (
    <AuthLayout
      title="Create your account"
      description={
        <>
          Have an account already?{' '}
          <TextLink to="/sign-in" search={(search) => search} inherit underline="always">
            Sign in
          </TextLink>
        </>
      }
    >
      <SignUpForm />
    </AuthLayout>
  );
}

function useSignUpForm() {
  return useForm({
    initialValues: { name: '', organization: '', email: '', password: '' },
    validate: {
      name: filled('Enter your name.'),
      organization: filled('Enter the name of your company or team.'),
      email: looksLikeEmail,
      password: (password, { email }) => passwordProblem(password, email),
    },
    onSubmitPreventDefault: 'always',
  });
}

function SignUpForm() {
  const form = useSignUpForm();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation({
    mutationFn: (values: typeof form.values) => signUp(queryClient, { ...values, timeZone: deviceZone }),
    onSuccess: ({ workspace }) =>
      router.navigate({ to: '/w/$workspaceId/start', params: { workspaceId: workspace.id } }),
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      focusFirstError(form, formErrorsOf(error));
    },
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
