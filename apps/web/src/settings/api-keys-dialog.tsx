import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  Radio,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { useMe } from '../app/workspace.js';
import { CopyButton } from '../ui/copy-button.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { API_KEYS } from './api-keys.js';
import {
  ACTION_WORDS,
  actionsToChoose,
  brokenIn,
  type KeyChoice,
  keyRequestOf,
  type Lifetime,
  LIFETIMES,
} from './api-keys-scope.js';
import classes from './api-keys.module.css';

interface ApiKeyDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Makes a key with limits, and shows it the one time that it is known. */
export function ApiKeyDialog({ opened, onClose }: ApiKeyDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      // A key that was shown once must not vanish by a click beside it.
      closeOnClickOutside={false}
      title={
        <Text span fw={650} size="lg">
          New API key
        </Text>
      }
    >
      <Content onClose={onClose} />
    </Modal>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm<KeyChoice>({
    initialValues: { name: '', where: 'all', workspaces: [], what: 'all', actions: [], lifetime: '90' },
    validate: brokenIn,
    onSubmitPreventDefault: 'always',
  });
  const create = useMutation({
    mutationFn: (choice: KeyChoice) =>
      answer(
        api.POST('/v1/api-keys', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: keyRequestOf(choice, Date.now()),
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: API_KEYS }),
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  if (create.data) return <ShownOnce apiKey={create.data} onDone={onClose} />;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (choice) => create.mutate(choice),
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? 'name')?.focus(),
      )}
    >
      <Stack gap="lg">
        <ProblemAlert error={create.error} shown={(field) => field in form.values} />
        <TextInput
          label="What it is for"
          placeholder="Website, reporting"
          maxLength={200}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Where form={form} />
        <What form={form} />
        <Select
          label="How long it lasts"
          data={Object.entries(LIFETIMES).map(([value, label]) => ({ value, label }))}
          value={form.values.lifetime}
          onChange={(lifetime) => lifetime && form.setFieldValue('lifetime', lifetime as Lifetime)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  form: UseFormReturnType<KeyChoice>;
}

function Where({ form }: PartProps) {
  const { workspaces } = useMe();
  return (
    <Stack gap="xs">
      <Radio.Group
        label="Where"
        value={form.values.where}
        onChange={(where) => {
          form.setFieldValue('where', where);
          form.setFieldValue('actions', []);
        }}
      >
        <Stack gap="sm" mt="xs">
          <Radio value="all" label="In all my workspaces, also in later ones" />
          <Radio value="some" label="Only in some workspaces" />
        </Stack>
      </Radio.Group>
      {form.values.where === 'some' && (
        <MultiSelect
          aria-label="Workspaces"
          placeholder={form.values.workspaces.length === 0 ? 'Choose workspaces' : ''}
          data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          searchable={workspaces.length > 8}
          hidePickedOptions
          {...form.getInputProps('workspaces')}
        />
      )}
    </Stack>
  );
}

function What({ form }: PartProps) {
  const me = useMe();
  const { where, workspaces, what } = form.values;
  const actions = actionsToChoose(me, where === 'some' ? workspaces : null);
  return (
    <Stack gap="xs">
      <Radio.Group
        label="What it may do"
        description="Never more than you: when your role changes, so does what the key may do."
        value={what}
        onChange={(value) => form.setFieldValue('what', value)}
      >
        <Stack gap="sm" mt="xs">
          <Radio value="all" label="Everything that I may do" />
          <Radio value="read" label="Only look" />
          <Radio value="some" label="Only some things" />
        </Stack>
      </Radio.Group>
      {what === 'some' && (
        <Checkbox.Group
          aria-label="Permissions"
          className={classes['permissions']}
          value={form.values.actions}
          onChange={(chosen) => form.setFieldValue('actions', chosen)}
          error={form.errors['actions']}
        >
          <Stack gap="sm">
            {actions.map((action) => (
              <Checkbox key={action} value={action} label={ACTION_WORDS[action]} />
            ))}
            {actions.length === 0 && (
              <Text size="sm" c="dimmed">
                Choose the workspaces first.
              </Text>
            )}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  );
}

function ShownOnce({ apiKey: { name, key }, onDone }: { apiKey: Schema<'NewApiKeyDto'>; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Alert role="status" color="teal" icon={<IconKey aria-hidden />}>
        <Text fw={600} size="sm">
          The key {name} is made. Copy it now: it is shown this once.
        </Text>
      </Alert>
      <TextInput
        readOnly
        data-autofocus
        aria-label={`The key ${name}`}
        value={key}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" gap="xs">
        <CopyButton text={() => key} label="Copy the key" variant="default" size="sm" />
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
