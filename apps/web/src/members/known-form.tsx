import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { filled } from '../onboarding/checks.js';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { SecretInput } from '../ui/secret-input.js';
import { type Accepting } from './use-accept.js';

/** Joins with the account that there is. */
export function KnownForm({ email, accept }: { email: string; accept: Accepting }) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: filled('Enter your password.') },
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
        <Text size="sm">There is an account with {email}. Enter its password to join.</Text>
        <SecretInput size="md" label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" size="md" fullWidth loading={accept.isPending || accept.isSuccess}>
          Sign in and join
        </Button>
      </Stack>
    </form>
  );
}
