import { Injectable } from '@nestjs/common';
import { Database, type IdempotencyClaim, once, Problem, type Transaction } from '#kernel';
import {
  type Actor,
  BEFORE_FENCE,
  type PublicationRecord,
  PublicationsService,
  type PublicationState,
  settleClearance,
  wantMedia,
} from '#publishing';
import { findPost, lockPost, type PostRecord } from '../post-record.js';
import { type Preflight, PreflightService } from '../preflight.js';
import { announce } from './announce.js';
import {
  type ApprovalRecord,
  approvalOf,
  approvalsOfWorkspace,
  beginRound,
  keepApproved,
  keepContent,
  keepDecision,
  keepWorkflow,
  workflowOf,
} from './approval-store.js';
import { type ApprovalView, describe, NO_REQUEST } from './approval-view.js';
import { type ApprovedContent, approvedContent } from './approved-content.js';
import { type Cleared, clearedBy, isCleared } from './clearance.js';
import { seatsFor } from './deciding.js';
import { type ApproverKey, type Verdict } from './progress.js';
import { standingOf } from './standing.js';
import { type ApprovalWorkflow, checkWorkflow, completeWorkflow, type WorkflowInput } from './workflow.js';

/** A decision, bound to exactly what was looked at. */
export interface Decide {
  verdict: Verdict;
  /** Of what was looked at; another one is refused. */
  contentHash: string;
  comment?: string | undefined;
}

/** Who decides: their key and the name that others see. */
export interface Approver {
  organizationId: string;
  key: ApproverKey;
  actor: Actor;
}

/** What was approved is what goes out: who has to agree, who did, and the clearance that follows from it. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly database: Database,
    private readonly preflight: PreflightService,
    private readonly publications: PublicationsService,
  ) {}

  /** @throws Problem 404 */
  workflow(organizationId: string, workspaceId: string): Promise<ApprovalWorkflow> {
    return this.database.tenant(organizationId, (tx) => this.workflowIn(tx, workspaceId));
  }

  /**
   * Changes how a workspace approves. What is scheduled follows at once: what is not approved by then and has to be is held,
   * what waited and need not any more is let go.
   * @throws Problem 404, 422 naming a step that nobody could pass
   */
  async setWorkflow(
    organizationId: string,
    workspaceId: string,
    actor: Actor,
    input: WorkflowInput,
  ): Promise<ApprovalWorkflow> {
    checkWorkflow(input);
    const workflow = completeWorkflow(input);
    return this.database.tenant(organizationId, async (tx) => {
      // The workspace first, as everybody does: whoever writes a post there waits, and finds the new workflow.
      if (!(await keepWorkflow(tx, workspaceId, workflow))) throw Problem.notFound();
      const publications = await this.publications.lockOfWorkspace(tx, workspaceId);
      const approvals = await approvalsOfWorkspace(tx, workspaceId);
      const byPost = new Map(approvals.map((approval) => [approval.post_id, clearedBy(workflow, approval)]));
      const without = clearedBy(workflow, undefined);
      await settleClearance(tx, actor, publications, (publication) =>
        isCleared(byPost.get(publication.post_id) ?? without, publication),
      );
      return workflow;
    });
  }

  /** @throws Problem 404 */
  async get(organizationId: string, postId: string): Promise<ApprovalView> {
    return this.database.tenant(organizationId, (tx) => this.show(tx, postId));
  }

  /**
   * Asks for approval of a post as it is now, in the steps of its workspace. Asked again, it is a new round: nobody has
   * decided in it yet. The same request sent again begins none.
   * @throws Problem 404, 409 where the workspace has no approval, 422 for a post that breaks rules
   */
  async request(organizationId: string, postId: string, actor: Actor, claim?: IdempotencyClaim): Promise<ApprovalView> {
    return once(this.database, organizationId, claim, async (tx) => {
      const post = await lockPost(tx, postId);
      const publications = await this.publications.lockOfPost(tx, postId);
      const workflow = await this.workflowIn(tx, post.workspace_id);
      if (workflow.mode === 'none') {
        throw Problem.conflict('This workspace has no approval. Set one up in its settings, then ask again.');
      }
      refuseWhatIsOut(publications);
      const preflight = await this.preflight.check(tx, post.workspace_id, post.content);
      if (preflight.errors.length > 0) throw Problem.validation(preflight.errors);
      const content = contentOf(preflight, workflow.rescheduleNeedsApproval, dueOfAll(publications));
      const earlier = await approvalOf(tx, postId, true);
      const before = earlier && (await standingOf(tx, earlier));
      const approval = await beginRound(tx, post, actor, workflow, content);
      await announce(tx, approval, post.revision, before, { why: 'requested', actor });
      await this.settleWith(tx, actor, publications, clearedBy(workflow, approval));
      // Whoever is asked looks at what goes out, also where the post has no time yet.
      await wantMedia(tx, organizationId, [...preflight.contents.values()], dueOfAll(publications) ?? null);
      return this.show(tx, postId);
    });
  }

  /**
   * Keeps a decision, and gives clearance where it was the last that was missing.
   * @throws Problem 404; 409 where another version is there, or nobody is asked any more; 403 for whoever is not asked now
   */
  async decide({ organizationId, key, actor }: Approver, postId: string, decision: Decide): Promise<ApprovalView> {
    return this.database.tenant(organizationId, async (tx) => {
      const post = await lockPost(tx, postId);
      const publications = await this.publications.lockOfPost(tx, postId);
      const approval = await approvalOf(tx, postId, true);
      if (!approval) throw Problem.conflict('Nobody has asked for an approval of this post.');
      if (decision.contentHash !== approval.content_hash) throw changedMeanwhile(approval);
      refuseWhatIsOut(publications);
      const before = await standingOf(tx, approval);
      const { verdict, comment = null } = decision;
      const { step, seats, by } = seatsFor(before, { key, name: actor.name ?? key }, verdict);
      await keepDecision(tx, approval, { step, revision: post.revision, verdict, comment }, seats);
      const cause = { why: 'decided', actor, by, decision: verdict, comment } as const;
      const after = await announce(tx, approval, post.revision, before, cause);
      await keepApproved(tx, postId, after.progress.state === 'approved');
      const [workflow, now] = [await this.workflowIn(tx, post.workspace_id), await approvalOf(tx, postId)];
      await this.settleWith(tx, actor, publications, clearedBy(workflow, now));
      return this.show(tx, postId);
    });
  }

  /** What of a post that is just written may go out, in the transaction that writes it. */
  async ofNewPost(tx: Transaction, workspaceId: string): Promise<Cleared> {
    return clearedBy(await this.workflowIn(tx, workspaceId), undefined);
  }

  /**
   * What of a post may go out now that it says something else, in the transaction that changes it. Content that was approved
   * before is approved again.
   */
  async follow(
    tx: Transaction,
    actor: Actor,
    post: PostRecord,
    preflight: Preflight,
    dueAt: Date | undefined,
  ): Promise<Cleared> {
    const workflow = await this.workflowIn(tx, post.workspace_id);
    const approval = await approvalOf(tx, post.id, true);
    if (!approval) return clearedBy(workflow, undefined);
    const content = contentOf(preflight, approval.time_matters, dueAt);
    if (content.contentHash === approval.content_hash) return clearedBy(workflow, approval);
    const before = await standingOf(tx, approval);
    await keepContent(tx, post.id, content);
    const changed = { ...approval, content_hash: content.contentHash, hashes: content.hashes };
    const { progress } = await announce(tx, changed, post.revision, before, { why: 'changed', actor });
    if (progress.state !== 'approved') return clearedBy(workflow, changed);
    await keepApproved(tx, post.id, true);
    return clearedBy(workflow, { ...changed, approved_hash: changed.content_hash, approved_hashes: changed.hashes });
  }

  /** Carries over to every publication of a post what may go out, those included that a change left as they were. */
  async settle(tx: Transaction, actor: Actor, postId: string, cleared: Cleared): Promise<void> {
    await this.settleWith(tx, actor, await this.publications.lockOfPost(tx, postId), cleared);
  }

  private async settleWith(
    tx: Transaction,
    actor: Actor,
    publications: readonly PublicationRecord[],
    cleared: Cleared,
  ): Promise<void> {
    await settleClearance(tx, actor, publications, (publication) => isCleared(cleared, publication));
  }

  private async show(tx: Transaction, postId: string): Promise<ApprovalView> {
    // In this order: whoever decides about this hash has seen this revision, or an older one, for which it is no good.
    const approval = await approvalOf(tx, postId);
    const post = await findPost(tx, postId);
    if (approval) {
      return { ...describe(await standingOf(tx, approval)), revision: post.revision };
    }
    const workflow = await this.workflowIn(tx, post.workspace_id);
    const publications = await this.publications.listOfPosts(tx, [postId]);
    const preflight = await this.preflight.check(tx, post.workspace_id, post.content);
    const { contentHash } = contentOf(preflight, workflow.rescheduleNeedsApproval, dueOfAll(publications));
    return { ...NO_REQUEST, contentHash, revision: post.revision };
  }

  private async workflowIn(tx: Transaction, workspaceId: string): Promise<ApprovalWorkflow> {
    const workflow = await workflowOf(tx, workspaceId);
    if (!workflow) throw Problem.notFound();
    return workflow;
  }
}

/** The latest time of what is still to go out, which an approval may be about too. */
export function dueOfAll(publications: readonly PublicationRecord[]): Date | undefined {
  const times = publications.filter(({ state }) => state !== 'cancelled').map(({ due_at }) => due_at.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

function contentOf({ contents }: Preflight, timeMatters: boolean, dueAt: Date | undefined): ApprovedContent {
  return approvedContent(contents, timeMatters ? dueAt : undefined);
}

/** What is still to be decided about: drafts, and what waits for its time, for a person or for another try. */
export const OPEN: readonly PublicationState[] = [...BEFORE_FENCE, 'failed'];

/** Whether nothing of a post is to be decided about any more. */
export function isOut(publications: readonly PublicationRecord[]): boolean {
  const living = publications.filter(({ state }) => state !== 'cancelled');
  return living.length > 0 && !living.some(({ state }) => OPEN.includes(state));
}

/** @throws Problem 409 where no decision would change anything any more */
function refuseWhatIsOut(publications: readonly PublicationRecord[]): void {
  if (!isOut(publications)) return;
  throw Problem.conflict('Nothing of this post waits for an approval any more: it is out, or on its way.');
}

function changedMeanwhile({ content_hash: contentHash }: ApprovalRecord): Problem {
  return Problem.conflict(
    'The post was changed since you looked at it. Look at the present version, then decide about that.',
    { extra: { contentHash } },
  );
}
