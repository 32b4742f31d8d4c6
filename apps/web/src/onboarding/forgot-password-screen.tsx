import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMailCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { AuthLayout } from './auth-layout.js';
import { looksLikeEmail } from './checks.js';

/** Asks for a mail with a link to choose a new password. */
export function ForgotPasswordScreen() {
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: looksLikeEmail },
    onSubmitPreventDefault: 'always',
  });
  const ask = useMutation({
    mutationFn: (body: typeof form.values) => answer(api.POST('/v1/auth/password-reset', { body })),
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  return (
    <AuthLayout
      title="Forgot your password?"
      description={
        <>
          Choose a new one with a link that we send you, or{' '}
          <TextLink to="/sign-in" inherit underline="always">
            sign in
          </TextLink>
        </>
      }
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => ask.mutate(values),
          () => form.getInputNode('email')?.focus(),
        )}
      >
        <Stack gap="md">
          <ProblemAlert error={ask.error} shown={(field) => field === 'email'} />
          {/* Nobody is told whether there is such an account. */}
          <div role="status">
            {ask.isSuccess && (
              <Alert color="teal" icon={<IconMailCheck aria-hidden />} title="Look into your mail">
                If there is an account with this address, a link is on its way. It works once, within one hour.
              </Alert>
            )}
          </div>
          <TextInput
            size="md"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <Button type="submit" size="md" fullWidth loading={ask.isPending}>
            {ask.isSuccess ? 'Send it again' : 'Send the link'}
          </Button>
          {ask.isSuccess && (
            <Text size="sm" c="dimmed">
              Nothing there after a few minutes? Look among the spam, and check the address.
            </Text>
          )}
        </Stack>
      </form>
    </AuthLayout>
  );
}
