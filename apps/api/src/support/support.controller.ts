import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { validate } from 'uuid';
import { type Principal, requireRole } from '#accounts';
import { type AttentionPosition, type AttentionRecord, AttentionService } from '#publishing';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, type CursorKeys, decodeCursor, type Page, pageOf } from '../http/index.js';
import { publicationView } from '../publications/views.js';
import { AttentionDto, AttentionQuery } from './support.dto.js';

/** For whoever finds out why a post did not go out. */
@ApiTags('Support')
@Controller('v1/support')
export class SupportController {
  constructor(private readonly attention: AttentionService) {}

  /** What waits for somebody to look: failed, held and unconfirmed publications of all workspaces, newest change first. */
  @Get('publications')
  @ApiPage(AttentionDto)
  async listPublicationsNeedingAttention(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit, cursor, state, channelId }: AttentionQuery,
  ): Promise<Page<AttentionDto>> {
    requireRole(principal, ['owner', 'admin', 'support'], 'see the publications of all workspaces');
    const after = cursor === undefined ? undefined : positionOf(decodeCursor(cursor, isPosition));
    const found = await this.attention.list(principal.organizationId, { limit: limit + 1, after, state, channelId });
    const { data, ...rest } = pageOf(found, limit, (record) => [record.position, record.id]);
    return { data: data.map(attentionView), ...rest };
  }
}

function attentionView(record: AttentionRecord): AttentionDto {
  return {
    ...publicationView(record),
    platform: record.platform,
    channelName: record.channel_name,
    updatedAt: record.updated_at,
  };
}

function positionOf([updatedAt, id]: readonly [string, string]): AttentionPosition {
  return { updatedAt, id };
}

function isPosition(keys: CursorKeys): keys is readonly [string, string] {
  const [updatedAt, id] = keys;
  return keys.length === 2 && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(String(updatedAt)) && validate(id);
}
