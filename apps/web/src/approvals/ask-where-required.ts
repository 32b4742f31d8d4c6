import { queryClient } from '../api/query-client.js';
import { approvalQuery, askForApproval, workflowQuery } from './queries.js';

/**
 * Asks for the approval of a post that was just scheduled, where its workspace demands one. One that is asked about already
 * is not asked about again: an edit returns it to those who decide by itself.
 * @throws ApiError, OfflineError
 */
export async function askWhereRequired(workspaceId: string, postId: string): Promise<void> {
  const { mode } = await queryClient.fetchQuery({ ...workflowQuery(workspaceId), staleTime: 0 });
  if (mode !== 'required') return;
  const { state } = await queryClient.fetchQuery({ ...approvalQuery(postId), staleTime: 0 });
  if (state !== 'none' && state !== 'changes-requested') return;
  await askForApproval(postId);
  await queryClient.invalidateQueries({ queryKey: ['post', postId] });
}
