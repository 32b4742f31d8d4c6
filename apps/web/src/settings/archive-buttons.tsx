import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type Workspace } from '../api/queries.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { useReloadMe } from './use-reload-me.js';
import { archivedQuery } from './archived.js';

/** Puts a workspace away. */
export function ArchiveButton({ workspace }: { workspace: Workspace }) {
  const { name } = workspace;
  const change = useArchiving(workspace, 'archive', `${name} is archived. Nothing goes out there.`);
  const ask = async () => {
    const sure = await confirm({
      title: `Archive ${name}?`,
      children:
        'It leaves the lists, everything that is scheduled in it is held, and nothing in it is changed until somebody ' +
        'restores it. Nothing is deleted.',
      confirm: 'Archive',
    });
    if (sure) change.mutate();
  };
  return (
    <Button
      variant="default"
      leftSection={<IconArchive size={16} aria-hidden />}
      aria-label={`Archive ${name}`}
      loading={change.isPending}
      onClick={() => void ask()}
    >
      Archive
    </Button>
  );
}

/** Brings a workspace back. It stays paused. */
export function RestoreButton({ workspace }: { workspace: Workspace }) {
  const { name } = workspace;
  const change = useArchiving(
    workspace,
    'restore',
    `${name} is restored. It is still paused: resume it when what is scheduled may go out.`,
  );
  return (
    <Button
      variant="default"
      leftSection={<IconArchiveOff size={16} aria-hidden />}
      aria-label={`Restore ${name}`}
      loading={change.isPending}
      onClick={() => change.mutate()}
    >
      Restore
    </Button>
  );
}

function useArchiving({ id }: Workspace, what: 'archive' | 'restore', done: string) {
  const queryClient = useQueryClient();
  const reload = useReloadMe();
  return useMutation({
    mutationFn: () => answer(api.POST(`/v1/workspaces/{id}/${what}`, { params: { path: { id } } })),
    onSuccess: async () => {
      await reload();
      await queryClient.invalidateQueries({ queryKey: archivedQuery.queryKey });
      // What lies in it leaves the lists over all workspaces, or comes back to them.
      await queryClient.invalidateQueries({ queryKey: ['attention'] });
      notifyDone(done);
    },
    onError: notifyError,
  });
}
