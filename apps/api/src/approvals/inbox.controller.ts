import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { may, type Principal } from '#accounts';
import { type InboxItem, InboxService } from '#planning';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, type CursorKeys, decodeCursor, type Page, pageOf } from '../http/index.js';
import { isPosition } from '../publications/position.js';
import { DecideMany } from './decide-many.js';
import { DECIDE, DecideManyDto, DecisionResultsDto, InboxCountDto, InboxItemDto, InboxQuery } from './inbox.dto.js';

/** What waits for an approval in all workspaces. */
@ApiTags('Approvals')
@Controller('v1/approvals')
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly decisions: DecideMany,
  ) {}

  /** Posts whose approval waits, by when they are due; those without a time come last, by how long they wait. */
  @Get()
  @May('workspace.read')
  @ApiPage(InboxItemDto)
  async listApprovals(
    @CurrentPrincipal() principal: Principal,
    @Query() { waitingFor, workspaceId, limit, cursor }: InboxQuery,
  ): Promise<Page<InboxItemDto>> {
    const me = keyOf(principal);
    const [timeless, at, postId] = cursor === undefined ? [] : decodeCursor(cursor, isInboxPosition);
    const items = await this.inbox.list(principal.organizationId, me, {
      waitingFor: waitingFor === 'me' ? me : undefined,
      workspaceId,
      after: at === undefined || postId === undefined ? undefined : { timeless: timeless === 1, at, postId },
      limit: limit + 1,
    });
    const { data, ...rest } = pageOf(items, limit, ({ position }) => [
      position.timeless ? 1 : 0,
      position.at,
      position.postId,
    ]);
    return { data: data.map((item) => itemView(item, principal)), ...rest };
  }

  /** How many posts wait for whoever asks. */
  @Get('count')
  @May('workspace.read')
  @ApiOkResponse({ type: InboxCountDto })
  async countApprovals(@CurrentPrincipal() principal: Principal): Promise<InboxCountDto> {
    return { count: await this.inbox.count(principal.organizationId, keyOf(principal)) };
  }

  /**
   * Decides about several posts, each on its own and about exactly the content that its hash names. All are answered: what
   * was refused says why, and does not touch the others.
   */
  @Post('decisions')
  @HttpCode(200)
  @May(DECIDE)
  @ApiOkResponse({ type: DecisionResultsDto })
  async decideApprovals(
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
    @Body() { decisions }: DecideManyDto,
  ): Promise<DecisionResultsDto> {
    return { results: await this.decisions.decide(request, principal, decisions) };
  }
}

function keyOf({ userId }: Principal) {
  return `member:${userId}` as const;
}

function isInboxPosition(keys: CursorKeys): keys is readonly [0 | 1, string, string] {
  const [timeless, ...position] = keys;
  return (timeless === 0 || timeless === 1) && isPosition(position);
}

function itemView({ waitsForMe, position: _, ...item }: InboxItem, principal: Principal): InboxItemDto {
  return { ...item, mayDecide: waitsForMe && may(principal, DECIDE, item.workspace.id) };
}
