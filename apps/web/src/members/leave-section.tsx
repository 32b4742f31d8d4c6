import { Button } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { forgetEverything } from '../app/session.js';
import { useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';

/** The way out of the organization. */
export function LeaveSection() {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const router = useRouter();
  const leave = useMutation({
    mutationFn: () => answer(api.POST('/v1/organizations/{id}/leave', { params: { path: { id: organization.id } } })),
    onSuccess: async () => {
      forgetEverything(queryClient);
      notifyDone(`You are no longer a member of ${organization.name}.`);
      await router.navigate({ to: '/sign-in' });
    },
  });
  const ask = async () => {
    const sure = await confirm({
      title: `Leave ${organization.name}?`,
      children:
        'You are signed out, and API keys of yours here end. What you wrote and scheduled stays. To come back you ' +
        'have to be invited.',
      confirm: 'Leave',
      dismiss: 'Stay',
      danger: true,
    });
    if (sure) leave.mutate();
  };
  return (
    <Section title="Leave" description={`You will see nothing of ${organization.name} any more.`}>
      <ProblemAlert error={leave.error} />
      <div>
        <Button
          variant="default"
          leftSection={<IconDoorExit size={16} aria-hidden />}
          loading={leave.isPending}
          onClick={() => void ask()}
        >
          Leave {organization.name}
        </Button>
      </div>
    </Section>
  );
}
