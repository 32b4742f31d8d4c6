import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { type AttentionRecord, AttentionService, type CauseRecord, explainCause, FlowState } from '#publishing';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, decodeCursor, type Page, pageOf } from '../http/index.js';
import { isPosition } from '../publications/position.js';
import { publicationView } from '../publications/views.js';
import { AttentionDto, AttentionFilterDto, AttentionQuery, CauseDto, CausesDto } from './attention.dto.js';
import { DelaysDto } from './delays.dto.js';
import { filterOf } from './filter.js';

/** For whoever finds out why a post did not go out. Every member may: who sees a workspace sees what became of its posts. */
@ApiTags('Support')
@Controller('v1/support')
export class SupportController {
  constructor(
    private readonly attention: AttentionService,
    private readonly flow: FlowState,
  ) {}

  /** What waits for somebody to look: failed, held, unconfirmed and late publications, the newest change first. */
  @Get('publications')
  @May('workspace.read')
  @ApiPage(AttentionDto)
  async listPublicationsNeedingAttention(
    @CurrentPrincipal() { organizationId }: Principal,
    @Query() { limit, cursor, ...filter }: AttentionQuery,
  ): Promise<Page<AttentionDto>> {
    const [updatedAt, id] = cursor === undefined ? [] : decodeCursor(cursor, isPosition);
    const after = updatedAt === undefined || id === undefined ? undefined : { updatedAt, id };
    const found = await this.attention.list(organizationId, filterOf(filter), { limit: limit + 1, after });
    const { data, ...rest } = pageOf(found, limit, (record) => [record.position, record.id]);
    return { data: data.map(attentionView), ...rest };
  }

  /** The same publications counted by what is wrong with them, the worst first, each with the next step. */
  @Get('causes')
  @May('workspace.read')
  @ApiOkResponse({ type: CausesDto })
  async listCauses(
    @CurrentPrincipal() { organizationId }: Principal,
    @Query() filter: AttentionFilterDto,
  ): Promise<CausesDto> {
    const data = (await this.attention.causes(organizationId, filterOf(filter))).map(causeView);
    return { data, total: data.reduce((sum, { count }) => sum + count, 0) };
  }

  /** Why channels send nothing, or little, although nobody paused them: outages and limits of the networks. */
  @Get('delays')
  @May('workspace.read')
  @ApiOkResponse({ type: DelaysDto })
  async listDelays(@CurrentPrincipal() { organizationId }: Principal): Promise<DelaysDto> {
    const data = (await this.flow.list(organizationId)).map(({ server: _, ...delay }) => delay);
    return { data: data.toSorted((a, b) => a.since.getTime() - b.since.getTime()) };
  }
}

function attentionView(record: AttentionRecord): AttentionDto {
  return {
    ...publicationView(record, record.segments, record.cost),
    cause: record.cause,
    platform: record.platform,
    channelName: record.channel_name,
    workspaceName: record.workspace_name,
    text: record.text,
    updatedAt: record.updated_at,
  };
}

function causeView({ cause, state, count, oldest_due_at, platforms }: CauseRecord): CauseDto {
  return { cause, state, count, oldestDueAt: oldest_due_at, ...explainCause(cause), platforms };
}
