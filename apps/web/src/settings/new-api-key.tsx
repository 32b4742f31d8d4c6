import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { CopyButton } from '../ui/copy-button.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { apiKeysQuery } from './api-keys.js';
import classes from './settings.module.css';

/** Makes a key, and shows it the one time that it is known. */
export function NewApiKey() {
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? 'Enter what the key is for.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const create = useMutation({
    mutationFn: (body: typeof form.values) =>
      answer(api.POST('/v1/api-keys', { params: { header: { 'Idempotency-Key': newIdempotencyKey() } }, body })),
    onSuccess: () => {
      form.reset();
      return queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  return (
    <Stack gap="md">
      {create.data && <ShownOnce apiKey={create.data} onDone={() => create.reset()} />}
      <ProblemAlert error={create.error} shown={(field) => field === 'name'} />
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => create.mutate(values),
          () => form.getInputNode('name')?.focus(),
        )}
      >
        <div className={classes['create']}>
          <TextInput
            aria-label="What the new key is for"
            placeholder="What it is for: website, reporting"
            maxLength={200}
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <Button type="submit" variant="default" loading={create.isPending}>
            Create key
          </Button>
        </div>
      </form>
    </Stack>
  );
}

function ShownOnce({ apiKey: { name, key }, onDone }: { apiKey: Schema<'NewApiKeyDto'>; onDone: () => void }) {
  return (
    <Alert role="status" color="teal" icon={<IconKey aria-hidden />}>
      <Text fw={600} size="sm">
        The key {name} is made. Copy it now: it is shown this once.
      </Text>
      <TextInput
        readOnly
        mt="xs"
        aria-label={`The key ${name}`}
        value={key}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group mt="xs" gap="xs">
        <CopyButton text={() => key} label="Copy the key" variant="default" size="sm" />
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Alert>
  );
}
