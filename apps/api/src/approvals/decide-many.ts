import { Injectable, Logger } from '@nestjs/common';
import { type Request } from 'express';
import { may, type Principal, requireMay } from '#accounts';
import { Database, Problem } from '#kernel';
import { type ApprovalView, ApprovalsService, InboxService } from '#planning';
import { actorOf, auditedApart } from '../access/index.js';
import { DECIDE, type DecideOneDto, type DecisionResultDto, type RefusalDto } from './inbox.dto.js';

/** Decides about several posts, each on its own: what is refused of one does not touch another. */
@Injectable()
export class DecideMany {
  private readonly logger = new Logger(DecideMany.name);

  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsService,
    private readonly inbox: InboxService,
  ) {}

  /** Answers all of them, in their order. */
  async decide(
    request: Request,
    principal: Principal,
    decisions: readonly DecideOneDto[],
  ): Promise<DecisionResultDto[]> {
    const postIds = decisions.map(({ postId }) => postId);
    const places = await this.inbox.workspacesOf(principal.organizationId, postIds);
    const results: DecisionResultDto[] = [];
    // One after the other, so that a long list takes one connection and not all of them.
    for (const decision of decisions) {
      const { postId } = decision;
      try {
        const approval = await this.decideOne(request, principal, decision, places.get(postId));
        results.push({ postId, outcome: 'done', approval });
      } catch (error) {
        results.push({ postId, outcome: 'refused', problem: refusalOf(this.problemOf(error)) });
      }
    }
    return results;
  }

  /** @throws Problem */
  private decideOne(
    request: Request,
    principal: Principal,
    { postId, decision, contentHash, comment }: DecideOneDto,
    workspaceId: string | undefined,
  ): Promise<ApprovalView> {
    if (workspaceId === undefined || !may(principal, 'workspace.read', workspaceId)) throw Problem.notFound();
    requireMay(principal, DECIDE, workspaceId);
    const { organizationId, userId } = principal;
    const approver = { organizationId, key: `member:${userId}`, actor: actorOf(principal) } as const;
    const part = {
      ...{ operation: 'decideApproval', action: DECIDE, workspaceId },
      ...{ subject: { type: 'post', id: postId }, details: { decision } },
    };
    return auditedApart(this.database, request, principal, part, () =>
      this.approvals.decide(approver, postId, { verdict: decision, contentHash, comment }),
    );
  }

  /** What went wrong with one of them must not hide what became of the others. */
  private problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    this.logger.error(error);
    return new Problem('internal', 'Nothing was decided about this post. Try again.', { cause: error });
  }
}

function refusalOf({ type, title, detail, extra }: Problem): RefusalDto {
  const { contentHash } = extra;
  return { type, title, detail, ...(typeof contentHash === 'string' && { contentHash }) };
}
