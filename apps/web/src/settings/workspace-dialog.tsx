import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { type Workspace } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { deviceZone } from '../ui/zone.js';
import { useReloadMe } from './use-reload-me.js';
import { ZoneSelect } from './zone-select.js';

interface WorkspaceDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The one that is changed; a new one where it is left out. */
  workspace?: Workspace;
}

/** Name, time zone and lateness of a workspace. */
export function WorkspaceDialog({ opened, onClose, workspace }: WorkspaceDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          {workspace ? `Change ${workspace.name}` : 'New workspace'}
        </Text>
      }
    >
      <WorkspaceForm workspace={workspace} onClose={onClose} />
    </Modal>
  );
}

type Values = Schema<'CreateWorkspaceDto'> & { lateLimitMinutes: number };

/** A week: what the API allows at most. */
const LONGEST_LATE_MINUTES = 10_080;
/** What a new workspace begins with. */
const USUAL_LATE_MINUTES = 1_440;

function WorkspaceForm({ workspace, onClose }: { workspace: Workspace | undefined; onClose: () => void }) {
  const form = useForm({
    initialValues: {
      name: workspace?.name ?? '',
      timeZone: workspace?.timeZone ?? deviceZone,
      lateLimitMinutes: workspace?.lateLimitMinutes ?? USUAL_LATE_MINUTES,
    },
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const save = useSave(workspace, onClose);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => save.mutate(values, { onError: (error) => form.setErrors(formErrorsOf(error)) }),
        () => form.getInputNode('name')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={save.error} shown={(field) => field in form.values} />
        <TextInput label="Name" data-autofocus maxLength={200} {...form.getInputProps('name')} />
        <ZoneSelect
          label="Time zone"
          value={form.values.timeZone}
          onChange={(zone) => form.setFieldValue('timeZone', zone)}
          error={form.errors['timeZone']}
        />
        {workspace && (
          <>
            <Text size="sm" c="dimmed">
              What is scheduled already keeps the time at which it goes out.
            </Text>
            <NumberInput
              label="Publish late by at most"
              description="What could not go out by then is held until somebody decides."
              suffix=" minutes"
              min={0}
              max={LONGEST_LATE_MINUTES}
              allowDecimal={false}
              clampBehavior="strict"
              {...form.getInputProps('lateLimitMinutes')}
              onChange={(value) => form.setFieldValue('lateLimitMinutes', Number(value))}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {workspace ? 'Save' : 'Create workspace'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Changes the workspace, or creates one and offers to open it. */
function useSave(workspace: Workspace | undefined, onSaved: () => void) {
  const reload = useReloadMe();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ name, timeZone, lateLimitMinutes }: Values) =>
      workspace
        ? answer(
            api.PATCH('/v1/workspaces/{id}', {
              params: { path: { id: workspace.id } },
              body: { name, timeZone, lateLimitMinutes },
            }),
          )
        : answer(
            api.POST('/v1/workspaces', {
              params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
              body: { name, timeZone },
            }),
          ),
    onSuccess: async ({ id, name }) => {
      await reload();
      onSaved();
      if (workspace) notifyDone(`${name} is saved.`);
      else {
        const open = () => void router.navigate({ to: '/w/$workspaceId/start', params: { workspaceId: id } });
        notifyDone(`${name} is created.`, { label: 'Open it', onClick: open });
      }
    },
  });
}
