import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { calendarRange, type CalendarRecord, CalendarService } from '#planning';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, decodeCursor, IdPipe, type Page, pageOf } from '../http/index.js';
import { isPosition } from '../publications/position.js';
import { CalendarEntryDto, CalendarQuery } from './calendar.dto.js';

/** What goes out when, and what became of it. */
@ApiTags('Calendar')
@Controller('v1/workspaces/:id/calendar')
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  /** Publications that are due from `from` until before `to`, in the order of their times; cancelled ones are left out. */
  @Get()
  @May('workspace.read', 'workspace')
  @ApiPage(CalendarEntryDto)
  async listCalendar(
    @CurrentPrincipal() { organizationId }: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Query() { from, to, channelId, state, limit, cursor }: CalendarQuery,
  ): Promise<Page<CalendarEntryDto>> {
    const [dueAt, id] = cursor === undefined ? [] : decodeCursor(cursor, isPosition);
    const records = await this.calendar.list(organizationId, workspaceId, {
      ...calendarRange(from, to),
      channelIds: channelId,
      states: state,
      after: dueAt === undefined || id === undefined ? undefined : { dueAt, id },
      limit: limit + 1,
    });
    const { data, ...rest } = pageOf(records, limit, (record) => [record.position, record.id]);
    return { data: data.map(entryView), ...rest };
  }
}

function entryView(record: CalendarRecord): CalendarEntryDto {
  return {
    id: record.id,
    postId: record.post_id,
    postVersion: record.post_version,
    channelId: record.channel_id,
    platform: record.platform,
    state: record.state,
    ...(record.held_reason && { heldReason: record.held_reason }),
    dueAt: record.due_at,
    timeZone: record.time_zone,
    publishedAt: record.published_at,
    permalink: record.permalink,
    ...(record.note !== null && { note: record.note }),
    ...(record.waiting_for !== null && { waitingFor: record.waiting_for }),
    ...(record.removed_at && { removedAt: record.removed_at }),
    text: record.text,
    mediaId: record.media_id,
    mediaCount: record.media_count,
    ...(record.failure && { failure: record.failure }),
    ...(record.approval && { approval: record.approval }),
  };
}
