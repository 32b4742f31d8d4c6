import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SecretInput } from '../ui/secret-input.js';
import { enterApp, type InstallationApp } from './apps.js';

interface AppFormProps {
  app: InstallationApp;
  onClose: () => void;
}

const missing = (what: string) => (value: string) =>
  value.trim() === '' ? `${what} is missing. Copy it from the app’s page at the network.` : null;

/** The id and secret of an app. The secret is never shown again. */
export function AppForm({ app, onClose }: AppFormProps) {
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { clientId: app.clientId ?? '', clientSecret: '' },
    validate: { clientId: missing('The app id'), clientSecret: missing('The app secret') },
    onSubmitPreventDefault: 'always',
  });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const save = useMutation({
    mutationFn: (values: { clientId: string; clientSecret: string }) => enterApp(app.name, values),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['installation'] });
      notifyDone(`${app.title} can be connected now.`);
      onClose();
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form
      noValidate
      aria-label={`The app at ${app.title}`}
      onSubmit={form.onSubmit(
        (values) => save.mutate(values),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={save.error} shown={(field) => field in form.values} />
        <TextInput
          label="App id"
          description="Also called client id."
          autoComplete="off"
          maxLength={500}
          ref={first}
          {...form.getInputProps('clientId')}
        />
        <SecretInput
          label="App secret"
          description="Stored encrypted, and never shown again."
          autoComplete="off"
          maxLength={2000}
          {...form.getInputProps('clientSecret')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
