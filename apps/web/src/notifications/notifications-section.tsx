import { Radio, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { QueryView } from '../ui/query-view.js';
import { type EmailPreference, preferencesQuery } from './queries.js';

const CHOICES: { value: EmailPreference; label: string; description: string }[] = [
  {
    value: 'immediate',
    label: 'At once',
    description: 'What comes within ten minutes of a mail is gathered in the next',
  },
  {
    value: 'digest',
    label: 'Once a day',
    description: 'At 8:00 by the clock of the workspace, when there is something new',
  },
  { value: 'off', label: 'Not at all', description: 'Only here, behind the bell' },
];
const HEIGHT = 156;

/** How the person is told by e-mail of what needs them. */
export function NotificationsSection() {
  const { organization } = useMe();
  const query = useQuery(preferencesQuery);
  return (
    <Section
      title="Notifications"
      description={`What waits for you in ${organization.name}: approvals, comments, failures and sign-ins. Once for each cause, however many posts share it.`}
    >
      <QueryView query={query} skeleton={<Skeleton height={HEIGHT} />}>
        {({ email }) => <EmailChoice email={email} />}
      </QueryView>
    </Section>
  );
}

function EmailChoice({ email }: { email: EmailPreference }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (next: EmailPreference) =>
      answer(api.PUT('/v1/me/notification-preferences', { body: { email: next } })),
    onSuccess: (saved) => {
      queryClient.setQueryData(preferencesQuery.queryKey, saved);
      notifyDone('Saved.');
    },
    onError: notifyError,
  });
  const shown = change.isPending ? change.variables : email;
  return (
    <Radio.Group
      label="Tell me by e-mail"
      value={shown}
      onChange={(value) => {
        const chosen = CHOICES.find((choice) => choice.value === value);
        if (chosen) change.mutate(chosen.value);
      }}
    >
      <Stack gap="sm" mt="sm">
        {CHOICES.map((choice) => (
          <Radio key={choice.value} {...choice} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
