import { queryOptions } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';

export type Approval = Schema<'ApprovalDto'>;
export type ApprovalWorkflow = Schema<'ApprovalWorkflowDto'>;
export type ApprovalStep = Schema<'ApprovalStepDto'>;

/** How the approval of a post stands. Made anew with the post. */
export const approvalQuery = (postId: string) =>
  queryOptions({
    queryKey: ['post', postId, 'approval'],
    queryFn: ({ signal }) => answer(api.GET('/v1/posts/{id}/approval', { params: { path: { id: postId } }, signal })),
  });

/** How a workspace approves. */
export const workflowQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['approval-workflow', workspaceId],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/workspaces/{id}/approval-workflow', { params: { path: { id: workspaceId } }, signal })),
  });

/** Who is in a workspace, and as what. */
export const colleaguesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['colleagues', workspaceId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/workspaces/{id}/members', { params: { path: { id: workspaceId } }, signal }))).data,
  });

/** Asks for approval of a post as it is now, once for each call: what sends the request again begins no new round. */
export function askForApproval(postId: string): Promise<Approval> {
  const header = { 'Idempotency-Key': newIdempotencyKey() };
  return answer(api.POST('/v1/posts/{id}/approval/requests', { params: { path: { id: postId }, header } }));
}
