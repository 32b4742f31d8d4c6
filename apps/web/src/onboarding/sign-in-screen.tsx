import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { signIn } from '../app/session.js';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { AuthLayout } from './auth-layout.js';
import { filled } from './checks.js';
import { focusFirstError } from './focus-error.js';
import { SecretInput } from '../ui/secret-input.js';

const route = getRouteApi('/sign-in');

/** Signs in, and goes on to where the person wanted to. */
export function SignInScreen() {
  const { next } = route.useSearch();
  return (
    <AuthLayout
      title="Sign in"
      description={
        <>
          New here?{' '}
          <TextLink to="/sign-up" inherit>
            Create an account
          </TextLink>
        </>
      }
    >
      <SignInForm next={next ?? '/'} />
    </AuthLayout>
  );
}

function SignInForm({ next }: { next: string }) {
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: filled('Enter your e-mail address.'), password: filled('Enter your password.') },
    onSubmitPreventDefault: 'always',
  });
  const queryClient = useQueryClient();
  const router = useRouter();
  const enter = useMutation({
    mutationFn: (values: typeof form.values) => signIn(queryClient, values),
    onSuccess: () => router.navigate({ href: next }),
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      if (isWrong(error)) form.getInputNode('password')?.focus();
      else focusFirstError(form, formErrorsOf(error));
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => enter.mutate(values),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <SignInProblem error={enter.error} />
        <TextInput
          size="md"
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <SecretInput size="md" label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" size="md" fullWidth loading={enter.isPending || enter.isSuccess}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function isWrong(error: unknown): error is ApiError {
  return error instanceof ApiError && error.is('unauthorized');
}

/** Which of the two is wrong is told to nobody: it would say who has an account. */
function SignInProblem({ error }: { error: unknown }) {
  if (!isWrong(error))
    return <ProblemAlert error={error} shown={(field) => field === 'email' || field === 'password'} />;
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title="You are not signed in">
      {error.problem.detail}
    </Alert>
  );
}
