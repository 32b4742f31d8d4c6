import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { passwordProblem } from '../onboarding/checks.js';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { PasswordRuleList } from '../onboarding/password-rule-list.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SecretInput } from '../ui/secret-input.js';
import { SecurityDialog } from './security-dialog.js';
import { sessionsQuery } from './security-queries.js';
import { SecurityRow } from './security-row.js';

/** Changes the password. */
export function PasswordRow() {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <SecurityRow title="Password" state="Changing it ends all your other sessions.">
      <Button variant="default" onClick={() => setOpened(true)}>
        Change password
      </Button>
      <SecurityDialog title="Change your password" opened={opened} onClose={close}>
        <PasswordForm onDone={close} />
      </SecurityDialog>
    </SecurityRow>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { email } = useMe().user;
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password === '' ? 'Enter your present password.' : null),
      newPassword: (password) => passwordProblem(password, email),
    },
    onSubmitPreventDefault: 'always',
  });
  const change = useMutation({
    mutationFn: (body: typeof form.values) => answer(api.POST('/v1/auth/password', { body })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      onDone();
      notifyDone('Your password is changed. You are signed out everywhere else.');
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => change.mutate(values),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={change.error} shown={(field) => field in form.values} />
        <SecretInput
          label="Present password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('currentPassword')}
        />
        <SecretInput
          label="New password"
          description={<PasswordRuleList password={form.values.newPassword} email={email} />}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
