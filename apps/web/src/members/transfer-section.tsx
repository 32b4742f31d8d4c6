import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import { useReloadMe } from '../settings/use-reload-me.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './members.module.css';
import { type Member, membersQuery } from './queries.js';

/** Hands the organization to another member. */
export function TransferSection() {
  const { organization, user } = useMe();
  const { data: members = [] } = useQuery(membersQuery(organization.id));
  const others = members.filter(({ id }) => id !== user.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const heir = others.find(({ id }) => id === chosen);
  const transfer = useTransfer(() => setChosen(null));
  const ask = async (to: Member) => {
    const sure = await confirm({
      title: `Hand ${organization.name} to ${to.name}?`,
      children: `${to.name} becomes an owner, and you stay as an admin. Only an owner can change that again.`,
      confirm: 'Hand over',
      danger: true,
    });
    if (sure) transfer.mutate(to);
  };
  return (
    <Section title="Hand over" description="Another member becomes the owner in your place. You stay as an admin.">
      <ProblemAlert error={transfer.error} />
      <div className={classes['field']}>
        <Select
          label="New owner"
          placeholder={others.length === 0 ? 'Invite somebody first' : 'Choose a member'}
          disabled={others.length === 0}
          data={others.map(({ id, name, email }) => ({ value: id, label: `${name}, ${email}` }))}
          value={chosen}
          onChange={setChosen}
          searchable
          nothingFoundMessage="No member of this name."
          withScrollArea={false}
          classNames={{ options: classes['options'] ?? '' }}
          comboboxProps={{ portalProps: { target: '#content' } }}
        />
        <Button variant="default" disabled={!heir} loading={transfer.isPending} onClick={() => heir && void ask(heir)}>
          Hand over
        </Button>
      </div>
    </Section>
  );
}

function useTransfer(onDone: () => void) {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const reload = useReloadMe();
  return useMutation({
    mutationFn: ({ id: userId }: Member) =>
      answer(
        api.POST('/v1/organizations/{id}/transfer', { params: { path: { id: organization.id } }, body: { userId } }),
      ),
    onSuccess: async ({ name }) => {
      onDone();
      await queryClient.invalidateQueries({ queryKey: membersQuery(organization.id).queryKey });
      await reload();
      notifyDone(`${name} is the owner now.`);
    },
  });
}
