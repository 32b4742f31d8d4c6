import { Injectable } from '@nestjs/common';
import { Database } from '#kernel';
import { type Actor, PublicationsService, settleClearance } from '#publishing';
import { lockPost } from '../post-record.js';
import { announce } from './announce.js';
import { approvalOf, keepApproved, workflowOf } from './approval-store.js';
import { clearedBy, isCleared } from './clearance.js';
import { type Standing, standingOf } from './standing.js';

const ACTOR: Actor = { type: 'system' };

/** Whether nobody is waited for any more though the last decision left somebody: they left, or stopped to be asked. */
export function isLeftOver({ approval, progress }: Pick<Standing, 'approval' | 'progress'>): boolean {
  return progress.state === 'approved' && approval.approved_hash !== approval.content_hash;
}

/** Approvals that were complete without anybody's deciding last. */
@Injectable()
export class LeftOverApprovals {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationsService,
  ) {}

  /**
   * Gives clearance to a post to which everybody has agreed who is still asked. Nothing where somebody is waited for.
   * @throws Problem 404 for a post that was deleted meanwhile
   */
  async settle(organizationId: string, postId: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      const post = await lockPost(tx, postId);
      const publications = await this.publications.lockOfPost(tx, postId);
      const before = await approvalOf(tx, postId, true);
      if (!before || !isLeftOver(await standingOf(tx, before))) return;
      await keepApproved(tx, postId, true);
      const approval = await approvalOf(tx, postId);
      const workflow = await workflowOf(tx, post.workspace_id);
      if (!approval || !workflow) throw new Error('An approval was lost in its own transaction.');
      await announce(tx, approval, post.revision, undefined, { why: 'left-over', actor: ACTOR });
      await settleClearance(tx, ACTOR, publications, (one) => isCleared(clearedBy(workflow, approval), one));
    });
  }
}
