import { useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type Connection, connectionQuery } from './connections.js';

/** Gives an account up, after saying what that means here and in other workspaces. */
export function useDisconnect(connection: Connection, network: string): () => Promise<void> {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  return async () => {
    try {
      const all = await queryClient.fetchQuery({ ...connectionQuery(connection.id), staleTime: 0 });
      const here = new Set(connection.channels.map(({ id }) => id));
      const elsewhere = all.channels.filter(({ id }) => !here.has(id)).map(({ name }) => name);
      const agreed = await confirm({
        title: `Disconnect from ${network}?`,
        children: consequences(
          connection.channels.map(({ name }) => name),
          elsewhere,
          connection.health.revocable ? null : (connection.health.revokeByHand ?? removeAt(network)),
        ),
        confirm: 'Disconnect',
        danger: true,
      });
      if (!agreed) return;
      await answer(api.DELETE('/v1/connections/{id}', { params: { path: { id: connection.id } } }));
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      notifyDone('Disconnected. What is scheduled there is held until the account is connected again.');
    } catch (error) {
      notifyError(error);
    }
  };
}

/**
 * What disconnecting does, in words. @param here names of the channels of this workspace @param elsewhere those of others
 * @param byHand how the permission ends at the network, where that takes none back from a program
 */
export function consequences(here: readonly string[], elsewhere: readonly string[], byHand: string | null): string {
  return [
    byHand === null
      ? 'ClickPost deletes the credentials and gives the permission back to the network.'
      : `ClickPost deletes the credentials. The network takes no permission back from a program. ${byHand}`,
    `What is scheduled on ${here.join(', ')} is held, and nothing is lost: it goes on when you connect the account again.`,
    ...(elsewhere.length > 0 ? [`Other workspaces publish through this account too: ${elsewhere.join(', ')}.`] : []),
  ].join(' ');
}

function removeAt(network: string): string {
  return `To end it there as well, remove ClickPost in the settings of the account at ${network}.`;
}
