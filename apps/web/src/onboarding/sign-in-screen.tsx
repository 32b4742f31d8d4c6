import { Alert, Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { signIn } from '../app/session.js';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SecretInput } from '../ui/secret-input.js';
import { AuthLayout } from './auth-layout.js';
import { filled } from './checks.js';
import { CodeStep } from './code-step.js';
import { FacebookButton } from './facebook-button.js';
import { FacebookNotice } from './facebook-notice.js';
import { focusFirstError } from '../ui/form-errors.js';
import { signInOptionsQuery } from './sign-in-options.js';

const route = getRouteApi('/sign-in');

const FORM_HEIGHT = 240;

/** Signs in, in one step or two, and goes on to where the person wanted to. */
export function SignInScreen() {
  const { next, facebook, step, done } = route.useSearch();
  if (step === 'code') {
    return (
      <AuthLayout title="Enter your code" description="The second step of signing in.">
        <CodeStep next={next ?? '/'} />
      </AuthLayout>
    );
  }
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
      <FacebookNotice outcome={facebook} />
      {done === 'password' && (
        <Alert role="status" color="teal" mb="md" icon={<IconCheck aria-hidden />} title="Your password is changed">
          Sign in with the new one.
        </Alert>
      )}
      {facebook === 'password-first' ? <KnownFromFacebook next={next} /> : <SignInForm next={next} email="" />}
      <FacebookButton next={next} />
    </AuthLayout>
  );
}

/** Whose password is asked for is known: the address that Facebook gave. */
function KnownFromFacebook({ next }: { next: string | undefined }) {
  const { data, isPending } = useQuery(signInOptionsQuery);
  if (isPending) return <Skeleton height={FORM_HEIGHT} />;
  return <SignInForm next={next} email={data?.identity?.email ?? ''} />;
}

function SignInForm({ next, email }: { next: string | undefined; email: string }) {
  const form = useForm({
    initialValues: { email, password: '' },
    validate: { email: filled('Enter your e-mail address.'), password: filled('Enter your password.') },
    onSubmitPreventDefault: 'always',
  });
  const queryClient = useQueryClient();
  const router = useRouter();
  const enter = useMutation({
    mutationFn: (values: typeof form.values) => signIn(queryClient, values),
    onSuccess: (reached) =>
      reached === 'code'
        ? router.navigate({ to: '/sign-in', search: { step: 'code', ...(next !== undefined && { next }) } })
        : router.navigate({ href: next ?? '/' }),
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
          autoFocus={email === ''}
          {...form.getInputProps('email')}
        />
        <div>
          <SecretInput
            size="md"
            label="Password"
            autoComplete="current-password"
            autoFocus={email !== ''}
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end" mt={4}>
            <TextLink to="/forgot-password" size="sm">
              Forgot your password?
            </TextLink>
          </Group>
        </div>
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
