import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type Workspace } from '../api/queries.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { useReloadMe } from './use-reload-me.js';

/** Stops everything that is scheduled in a workspace, or lets it go on. */
export function PauseButton({ workspace: { id, name, paused } }: { workspace: Workspace }) {
  const reload = useReloadMe();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: () => {
      const options = { params: { path: { id } } };
      return answer(
        paused ? api.POST('/v1/workspaces/{id}/resume', options) : api.POST('/v1/workspaces/{id}/pause', options),
      );
    },
    onSuccess: async () => {
      await reload();
      await queryClient.invalidateQueries({ queryKey: ['calendar'] });
      notifyDone(paused ? `${name} publishes again.` : `${name} is paused.`);
    },
    onError: notifyError,
  });
  const ask = async () => {
    const sure =
      paused ||
      (await confirm({
        title: `Pause ${name}?`,
        children:
          'Everything that is scheduled in this workspace is held until somebody resumes it. Nothing is lost. What is ' +
          'being published at this moment goes out.',
        confirm: 'Pause',
      }));
    if (sure) change.mutate();
  };
  const Sign = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      leftSection={<Sign size={16} aria-hidden />}
      aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
      loading={change.isPending}
      onClick={() => void ask()}
    >
      {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}
