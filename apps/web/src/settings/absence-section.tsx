import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { QueryView } from '../ui/query-view.js';
import { deviceZone } from '../ui/zone.js';
import { AbsenceForm } from './absence-form.js';
import { type Absence, absenceWords } from './absence.js';
import { absencesQuery } from './absence-queries.js';
import { Section } from './section.js';

const HEIGHT = 36;

/** When the person is away, and who decides about approvals in their place. */
export function AbsenceSection() {
  const { organization, user } = useMe();
  const query = useQuery(absencesQuery(organization.id));
  return (
    <Section
      title="When you are away"
      description={`Somebody else decides about what waits for your approval in ${organization.name}, where their role lets them approve.`}
    >
      <QueryView query={query} skeleton={<Skeleton height={HEIGHT} />}>
        {(absences) => {
          const mine = absences.find((one) => one.user.id === user.id);
          return (
            <Stack gap="sm">
              <Mine key={mine?.from} absence={mine} />
              <Others absences={absences.filter((one) => one !== mine)} />
            </Stack>
          );
        }}
      </QueryView>
    </Section>
  );
}

function Mine({ absence }: { absence: Absence | undefined }) {
  const { user } = useMe();
  const [editing, setEditing] = useState(false);
  const end = useEnd();
  if (editing) return <AbsenceForm absence={absence} onDone={() => setEditing(false)} />;
  if (!absence) {
    return (
      <div>
        <Button
          variant="default"
          leftSection={<IconCalendarOff size={16} aria-hidden />}
          onClick={() => setEditing(true)}
        >
          Say when you are away
        </Button>
      </div>
    );
  }
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" fw={600}>
        {absenceWords(absence, user.id, new Date(), deviceZone)}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => setEditing(true)}>
          Change
        </Button>
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          Decide yourself again
        </Button>
      </Group>
    </Group>
  );
}

function Others({ absences }: { absences: readonly Absence[] }) {
  const { user } = useMe();
  return absences.map((absence) => (
    <Text key={absence.user.id} size="sm" c="dimmed">
      {absenceWords(absence, user.id, new Date(), deviceZone)}
    </Text>
  ));
}

function useEnd() {
  const { organization, user } = useMe();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/v1/organizations/{id}/members/{userId}/absence', {
          params: { path: { id: organization.id, userId: user.id } },
        }),
      ),
    onSuccess: () => notifyDone('You decide yourself again.'),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['absences'] }),
  });
}
