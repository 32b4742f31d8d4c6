import { Button, Group, MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/workspace.js';
import { focusFirstError, showRefusal } from '../ui/form-errors.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { eventTypesQuery, type Webhook } from './queries.js';
import { brokenIn, valuesOf, type WebhookValues } from './webhook-values.js';
import { groupsOf } from './words.js';

interface WebhookFormProps {
  /** The one that is changed; a new one where it is left out. */
  webhook?: Webhook | undefined;
  /** The word on the button. */
  submit: string;
  onSave: (values: WebhookValues) => Promise<unknown>;
  saving: boolean;
  error: unknown;
  onCancel: () => void;
}

/** Where to, of what, and from which workspaces. */
export function WebhookForm({ webhook, submit, onSave, saving, error, onCancel }: WebhookFormProps) {
  const form = useForm<WebhookValues>({
    initialValues: valuesOf(webhook),
    validate: brokenIn,
    onSubmitPreventDefault: 'always',
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => void onSave(values).catch((refusal: unknown) => showRefusal(form, refusal)),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="lg">
        <ProblemAlert error={error} shown={(field) => field in form.values} />
        <TextInput
          label="Address"
          description="Your program’s, as it can be reached from the internet."
          placeholder="https://example.com/webhooks"
          type="url"
          inputMode="url"
          autoComplete="off"
          maxLength={2000}
          data-autofocus
          {...form.getInputProps('url')}
        />
        <TextInput
          label="What it is for"
          placeholder="Reporting, shop, chat"
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps('description')}
        />
        <What form={form} />
        <Where form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  form: UseFormReturnType<WebhookValues>;
}

function What({ form }: PartProps) {
  const { data: types = [] } = useQuery(eventTypesQuery);
  return (
    <Stack gap="xs">
      <Radio.Group label="Of what it is told" {...form.getInputProps('what')}>
        <Stack gap="sm" mt="xs">
          <Radio value="all" label="Everything, also what is added later" />
          <Radio value="some" label="Only some kinds of events" />
        </Stack>
      </Radio.Group>
      {form.values.what === 'some' && (
        <MultiSelect
          aria-label="Kinds of events"
          placeholder={form.values.eventTypes.length === 0 ? 'Choose events' : ''}
          data={groupsOf(types.map(({ type }) => type))}
          searchable
          hidePickedOptions
          nothingFoundMessage="Nothing of this name."
          {...form.getInputProps('eventTypes')}
        />
      )}
    </Stack>
  );
}

function Where({ form }: PartProps) {
  const { workspaces } = useMe();
  return (
    <Stack gap="xs">
      <Radio.Group label="From where" {...form.getInputProps('where')}>
        <Stack gap="sm" mt="xs">
          <Radio value="all" label="All workspaces, and the organization as a whole" />
          <Radio value="some" label="Only some workspaces" />
        </Stack>
      </Radio.Group>
      {form.values.where === 'some' && (
        <MultiSelect
          aria-label="Workspaces"
          placeholder={form.values.workspaceIds.length === 0 ? 'Choose workspaces' : ''}
          data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          searchable={workspaces.length > 8}
          hidePickedOptions
          {...form.getInputProps('workspaceIds')}
        />
      )}
    </Stack>
  );
}
