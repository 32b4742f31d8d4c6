import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, fieldErrorsOf } from '../api/problem.js';
import { channelsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { connectAccount, type Connection, type ConnectRequest } from './connections.js';

/** Connects an account to the workspace of this screen; its channels are read anew. */
export function useConnect(onConnected: (connection: Connection) => void) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: ConnectRequest) => connectAccount(workspace.id, request),
    onSuccess: async (connection) => {
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      onConnected(connection);
    },
  });
}

/** Whether the API asks if two workspaces may publish to one account. */
export function asksToShare(error: unknown): boolean {
  return error instanceof ApiError && fieldErrorsOf(error).some(({ field }) => field === 'acceptShared');
}
