import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { filled, passwordProblem } from '../onboarding/checks.js';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { PasswordRuleList } from '../onboarding/password-rule-list.js';
import { SecretInput } from '../ui/secret-input.js';
import { type Accepting } from './use-accept.js';

/** Makes an account for the invited address by joining. */
export function JoinForm({ email, accept }: { email: string; accept: Accepting }) {
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: filled('Enter your name.'),
      password: (password) => passwordProblem(password, email),
    },
    onSubmitPreventDefault: 'always',
  });
  const refused = (error: unknown) => showRefusal(form, error);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => accept.mutate(values, { onError: refused }),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <TextInput
          size="md"
          label="E-mail"
          description="You sign in with it."
          autoComplete="username"
          readOnly
          value={email}
        />
        <TextInput size="md" label="Your name" autoComplete="name" {...form.getInputProps('name')} />
        <SecretInput
          size="md"
          label="Password"
          description={<PasswordRuleList password={form.values.password} email={email} />}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" fullWidth loading={accept.isPending || accept.isSuccess}>
          Create account and join
        </Button>
      </Stack>
    </form>
  );
}
