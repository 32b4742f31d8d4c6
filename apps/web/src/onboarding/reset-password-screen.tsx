import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { meQuery } from '../api/queries.js';
import { LinkButton } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SecretInput } from '../ui/secret-input.js';
import { AuthLayout } from './auth-layout.js';
import { passwordProblem } from './checks.js';
import { PasswordRuleList } from './password-rule-list.js';

/** Where the link of the mail leads: chooses a new password. */
export function ResetPasswordScreen() {
  const token = useLocation({ select: ({ hash }) => hash });
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => passwordProblem(password, '') },
    onSubmitPreventDefault: 'always',
  });
  const queryClient = useQueryClient();
  const router = useRouter();
  const set = useMutation({
    mutationFn: ({ password }: typeof form.values) =>
      answer(api.POST('/v1/auth/password-reset/confirm', { body: { token, password } })),
    onSuccess: () => {
      // Every session has ended, this browser's as well.
      queryClient.clear();
      queryClient.setQueryData(meQuery.queryKey, null);
      return router.navigate({ to: '/sign-in', search: { done: 'password' }, replace: true });
    },
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      if (formErrorsOf(error)['password']) form.getInputNode('password')?.focus();
    },
  });
  const over = token === '' || (set.error instanceof ApiError && set.error.is('gone'));
  return (
    <AuthLayout
      title="Choose a new password"
      description="You are signed out everywhere, and sign in with the new password."
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => set.mutate(values),
          () => form.getInputNode('password')?.focus(),
        )}
      >
        <Stack gap="md">
          <ProblemAlert error={set.error ?? missing(token)} shown={(field) => field === 'password'} />
          {over ? (
            <LinkButton to="/forgot-password" size="md" fullWidth>
              Ask for a new link
            </LinkButton>
          ) : (
            <>
              <SecretInput
                size="md"
                label="New password"
                description={<PasswordRuleList password={form.values.password} email="" />}
                autoComplete="new-password"
                autoFocus
                {...form.getInputProps('password')}
              />
              <Button type="submit" size="md" fullWidth loading={set.isPending || set.isSuccess}>
                Set the password
              </Button>
            </>
          )}
        </Stack>
      </form>
    </AuthLayout>
  );
}

/** A link of which the end was lost on its way, in the words of the API. */
function missing(token: string): ApiError | null {
  if (token !== '') return null;
  return new ApiError({
    type: 'urn:clickpost:problem:gone',
    title: 'The link is not complete',
    status: 410,
    detail: 'Open it again from the mail, or ask for a new one.',
  });
}
