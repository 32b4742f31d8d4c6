import { Injectable } from '@nestjs/common';
import { Problem, type Transaction } from '#kernel';
import { type ChangeRequest, type PublicationRecord, PublishedPostsService } from '#publishing';
import { approvalOf, workflowOf } from './approvals/approval-store.js';
import { bindsApproval } from './approvals/clearance.js';

/** Another text for a published post, where nobody has to approve it first. */
@Injectable()
export class PublishedEdits {
  constructor(private readonly published: PublishedPostsService) {}

  /** @throws Problem as `PublishedPostsService.edit`; 409 where an approval binds the post */
  edit<V extends object>(request: Omit<ChangeRequest<V>, 'guard'>, text: string): Promise<V> {
    return this.published.edit({ ...request, guard: refuseUnapproved }, text);
  }
}

/** Nothing unapproved comes out: what was approved is what stays out. */
async function refuseUnapproved(tx: Transaction, { id, workspace_id, post_id }: PublicationRecord): Promise<void> {
  const workflow = await workflowOf(tx, workspace_id);
  if (!workflow) throw Problem.notFound();
  if (!bindsApproval(workflow, await approvalOf(tx, post_id))) return;
  const message = 'What this post says was approved, and another text was not.';
  const remedy = 'Remove the post, write the new text as a new post, and have it approved.';
  throw new Problem('approval-required', `${message} ${remedy}`, {
    errors: [{ field: 'text', rule: 'approval-required', message, remedy }],
    extra: { publicationId: id },
  });
}
