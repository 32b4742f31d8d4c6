import { Button, Group, Text } from '@mantine/core';
import { IconPencil, IconUserMinus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMay, useMe } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import rows from '../ui/rows.module.css';
import { type Member, membersQuery } from './queries.js';
import { positionWords } from './roles.js';

/** A member: who, what and where, and how to change it. */
export function MemberRow({ member, onChange }: { member: Member; onChange: () => void }) {
  const { user } = useMe();
  const manages = useMay('members.manage');
  const makesOwners = useMay('organization.transfer');
  const mine = member.id === user.id;
  const mayChange = manages && (makesOwners || member.role !== 'owner');
  const remove = useRemove(member);
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Text fw={600}>
          {member.name}
          {mine && (
            <Text span c="dimmed" fw={400}>
              {' '}
              (you)
            </Text>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          {member.email}
        </Text>
        <Text size="sm">{positionWords(member.role, member.workspaces)}</Text>
      </div>
      {mayChange && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            aria-label={`Change ${member.name}`}
            onClick={onChange}
          >
            Change
          </Button>
          {!mine && (
            <Button
              variant="default"
              leftSection={<IconUserMinus size={16} aria-hidden />}
              aria-label={`Remove ${member.name}`}
              loading={remove.isPending}
              onClick={() => void remove.ask()}
            >
              Remove
            </Button>
          )}
        </Group>
      )}
    </li>
  );
}

function useRemove({ id: userId, name }: Member) {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/v1/organizations/{id}/members/{userId}', { params: { path: { id: organization.id, userId } } }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: membersQuery(organization.id).queryKey });
      notifyDone(`${name} is no longer a member.`);
    },
    onError: notifyError,
  });
  const ask = async () => {
    const sure = await confirm({
      title: `Remove ${name}?`,
      children: `${name} is signed out of ${organization.name} at once, and API keys of theirs end. What they wrote and scheduled stays.`,
      confirm: 'Remove',
      dismiss: 'Keep them',
      danger: true,
    });
    if (sure) removal.mutate();
  };
  return { ask, isPending: removal.isPending };
}
