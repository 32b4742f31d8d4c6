import { useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type Channel, channelsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';

/** Takes a channel off the list, after saying what that means. What is scheduled there prevents it, and the API says so. */
export function useRemoveChannel({ id, name }: Channel): () => Promise<void> {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  return async () => {
    const agreed = await confirm({
      title: `Remove ${name} from the list?`,
      children:
        'What was published there stays where it is, here and on the network. The channel comes back when somebody connects the account again.',
      confirm: 'Remove',
      danger: true,
    });
    if (!agreed) return;
    try {
      await answer(api.DELETE('/v1/channels/{id}', { params: { path: { id } } }));
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      notifyDone(`${name} is no longer in the list.`);
    } catch (error) {
      notifyError(error);
    }
  };
}
