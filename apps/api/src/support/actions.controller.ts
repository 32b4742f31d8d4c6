import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { type IdempotencyClaim, Problem } from '#kernel';
import {
  type SupportOrder,
  type SupportPerson,
  type SupportPreview,
  SupportActionsService,
  type SupportSelection,
} from '#publishing';
import { actorOf, May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim } from '../http/index.js';
import {
  SupportActionRequestDto,
  SupportPreviewDto,
  SupportPreviewRequestDto,
  SupportResultsDto,
} from './actions.dto.js';
import { filterOf } from './filter.js';

/** The same about many publications at once. Whoever may do it to one may do it to many. */
@ApiTags('Support')
@Controller('v1/support/actions')
export class SupportActionsController {
  constructor(private readonly actions: SupportActionsService) {}

  /** Says what an action would do to each of the chosen publications, and changes nothing. */
  @Post('preview')
  @May('publications.mend')
  @HttpCode(200)
  @ApiOkResponse({ type: SupportPreviewDto })
  async previewSupportAction(
    @CurrentPrincipal() principal: Principal,
    @Body() body: SupportPreviewRequestDto,
  ): Promise<SupportPreviewDto> {
    return previewView(await this.actions.preview(personOf(principal), orderOf(body), selectionOf(body)));
  }

  /**
   * Carries out what a preview showed, on exactly those publications. What changed in between is skipped, and says so. Sent
   * again with the same token, it does nothing twice and gives the same answer.
   */
  @Post()
  @May('publications.mend')
  @HttpCode(200)
  @ApiOkResponse({ type: SupportResultsDto })
  async carryOutSupportAction(
    @CurrentPrincipal() principal: Principal,
    @Body() { previewToken, offset, limit }: SupportActionRequestDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<SupportResultsDto> {
    const part = { offset, limit };
    const { results, total } = await this.actions.carryOut(personOf(principal), previewToken, part, claim);
    const done = results.filter(({ outcome }) => outcome === 'done').length;
    return { data: results, total, done, skipped: results.length - done };
  }
}

function personOf(principal: Principal): SupportPerson {
  const { organizationId, userId } = principal;
  return { organizationId, userId, actor: actorOf(principal) };
}

function orderOf({ action, resolution }: SupportPreviewRequestDto): SupportOrder {
  if (action === 'resolve') {
    if (resolution !== undefined) return { action, outcome: resolution };
    throw wrong('resolution', 'isDefined', 'It is not said what was seen.', 'Send "published" or "not-published".');
  }
  if (resolution === undefined) return { action };
  throw wrong('resolution', 'unexpected', 'Only "resolve" takes a resolution.', 'Leave this field out.');
}

function selectionOf({ filter, ids }: SupportPreviewRequestDto): SupportSelection {
  if (filter && !ids) return { filter: filterOf(filter, 'filter/') };
  if (ids && !filter) return { ids: ids.map((id) => id.toLowerCase()) };
  if (ids) throw wrong('ids', 'either', 'Both a filter and ids are given.', 'Send one of the two.');
  throw wrong('filter', 'either', 'No publications are chosen.', 'Send a filter, {} for all, or ids.');
}

function wrong(field: string, rule: string, message: string, remedy: string): Problem {
  return Problem.validation([{ field, rule, message, remedy }]);
}

function previewView({ token, expiresAt, total, done, groups, items }: SupportPreview): SupportPreviewDto {
  return {
    previewToken: token,
    expiresAt,
    total,
    done,
    skipped: total - done,
    groups,
    items: items.map(({ facts, outlook, words }) => ({
      id: facts.id,
      outcome: outlook.does === 'nothing' ? 'skipped' : 'done',
      sentence: words,
      state: facts.state,
      platform: facts.platform,
      channelName: facts.channel_name,
      workspaceName: facts.workspace_name,
      text: facts.text,
    })),
  };
}
