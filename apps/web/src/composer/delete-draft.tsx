import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { useWorkspace } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type DraftKeeper } from './draft-keeper.js';
import { forgetUnfinished } from './unfinished.js';

/** Deletes the post after asking. */
export function DeleteDraft({ keeper, isScheduled }: { keeper: DraftKeeper; isScheduled: boolean }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const word = isScheduled ? 'post' : 'draft';
  const remove = async () => {
    const yes = await confirm({
      title: `Delete this ${word}?`,
      children: isScheduled
        ? 'What is scheduled of it does not go out. This cannot be undone.'
        : 'What is written in it is gone. This cannot be undone.',
      confirm: 'Delete',
      danger: true,
    });
    if (!yes) return;
    try {
      await keeper.discard((id, etag) =>
        answer(api.DELETE('/v1/posts/{id}', { params: { path: { id }, header: { 'If-Match': etag } } })),
      );
      forgetUnfinished(workspace.id);
      for (const list of ['posts', 'calendar']) void queryClient.invalidateQueries({ queryKey: [list] });
      notifyDone(`The ${word} is deleted.`);
      await navigate({ to: '/w/$workspaceId/drafts', params: { workspaceId: workspace.id } });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${word}`} onClick={() => void remove()}>
      <IconTrash size={18} aria-hidden />
    </ActionIcon>
  );
}
