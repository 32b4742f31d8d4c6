import '@mantine/dates/styles.layer.css';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { useMe } from '../app/workspace.js';
import { colleaguesQuery } from '../approvals/queries.js';
import { localAt } from '../calendar/move.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { deviceZone, zoneName } from '../ui/zone.js';
import { type Absence, daysOf, instantsOf } from './absence.js';

const APPROVING: readonly string[] = ['owner', 'admin', 'manager', 'approver'];

/** When somebody is away, and who decides for them. */
export function AbsenceForm({ absence, onDone }: { absence: Absence | undefined; onDone: () => void }) {
  const { organization, user } = useMe();
  const queryClient = useQueryClient();
  const today = localAt(new Date().toISOString(), deviceZone).slice(0, 10);
  const form = useForm({
    initialValues: {
      ...(absence ? daysOf(absence, deviceZone) : { first: today, last: '' }),
      delegateId: absence?.delegateId ?? '',
    },
    validate: {
      first: (first) => (first ? null : 'Choose the first day.'),
      last: (last, { first }) => (!last ? 'Choose the last day.' : last < first ? 'It ends before it begins.' : null),
      delegateId: (id) => (id ? null : 'Choose who decides for you.'),
    },
  });
  const save = useMutation({
    mutationFn: ({ delegateId, ...days }: typeof form.values) =>
      answer(
        api.PUT('/v1/organizations/{id}/members/{userId}/absence', {
          params: { path: { id: organization.id, userId: user.id } },
          body: { ...instantsOf(days, deviceZone), delegateId },
        }),
      ),
    onSuccess: ({ delegate }) => {
      notifyDone(`${delegate.name} decides while you are away.`);
      onDone();
    },
    onError: (error) => {
      const { from, until, delegateId } = formErrorsOf(error);
      form.setErrors({ first: from, last: until, delegateId });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['absences'] }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} aria-label="When you are away" noValidate>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <DateInput label="First day" valueFormat="D MMM YYYY" {...form.getInputProps('first')} />
          <DateInput label="Last day" valueFormat="D MMM YYYY" minDate={today} {...form.getInputProps('last')} />
        </Group>
        <Select
          label="Who decides for you"
          description="What they decide shows their name and yours. They cannot pass it on."
          searchable
          nothingFoundMessage="Nobody of that name may approve"
          data={useDelegates()}
          {...form.getInputProps('delegateId')}
        />
        <Text size="sm" c="dimmed">
          {zoneName(deviceZone)} time, both days included.
        </Text>
        {save.error && !isOfField(save.error) && <ProblemAlert error={save.error} />}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isOfField(error: unknown): boolean {
  return error instanceof ApiError && Object.keys(formErrorsOf(error)).length > 0;
}

/** Those who may approve in a workspace that the person sees, but not the person. */
function useDelegates(): { value: string; label: string }[] {
  const { user, workspaces } = useMe();
  return useQueries({
    queries: workspaces.map(({ id }) => colleaguesQuery(id)),
    combine: (found) => {
      const people = found
        .flatMap(({ data = [] }) => data)
        .filter(({ id, role }) => id !== user.id && APPROVING.includes(role));
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
    },
  });
}
