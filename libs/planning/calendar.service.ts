import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type FailureKind } from '#platforms/core';
import { excerptOf, type HeldReason, PUBLICATION_STATES, type PublicationState } from '#publishing';
import { OPEN } from './approvals/approvals.service.js';
import { waitingOf, type WaitingView } from './approvals/waiting.js';
import { type CalendarRange } from './calendar-range.js';

/** What a calendar shows: everything but what was given up. */
export type CalendarState = Exclude<PublicationState, 'cancelled'>;
export const CALENDAR_STATES = PUBLICATION_STATES.filter((state): state is CalendarState => state !== 'cancelled');

/** Where a page of the calendar ended. */
export interface CalendarPosition {
  /** To the microsecond, which a `Date` would cut off: `2026-05-04T09:00:00.123456Z`. */
  dueAt: string;
  id: string;
}

/** A publication as a calendar shows it. */
export interface CalendarRecord {
  id: string;
  post_id: string;
  post_version: number;
  channel_id: string;
  platform: string;
  state: PublicationState;
  held_reason: HeldReason | null;
  due_at: Date;
  time_zone: string;
  published_at: Date | null;
  permalink: string | null;
  /** What the platform is working on, in a sentence. */
  waiting_for: string | null;
  /** What people still have to know or to do about what is out, in words. */
  note: string | null;
  /** When the published post was removed from the platform. */
  removed_at: Date | null;
  /** The beginning of what this channel gets. */
  text: string;
  /** The first image. */
  media_id: string | null;
  media_count: number;
  failure: { kind: FailureKind; message: string } | null;
  /** Of its post, where one was asked for and is not there yet. */
  approval?: WaitingView | undefined;
  /** `CalendarPosition.dueAt` of this one. */
  position: string;
}

/** One as it is found. */
interface Found extends CalendarRecord {
  /** Whether an approval of its post was asked for and may not be there yet. */
  asked: boolean;
}

/** What is asked for. Of channels and states, undefined means all. */
export interface CalendarRequest extends CalendarRange {
  channelIds?: readonly string[] | undefined;
  states?: readonly CalendarState[] | undefined;
  after?: CalendarPosition | undefined;
  limit: number;
}

/**
 * The page is found by the index alone, before anything is looked up for it. $1 workspace, $2 and $3 range, $4 channels,
 * $5 states, $6 and $7 the position to go on behind, $8 how many.
 */
export const CALENDAR = `
with found as materialized (
  select * from publications p
   where p.workspace_id = $1 and p.state <> 'cancelled' and p.due_at >= $2::timestamptz and p.due_at < $3::timestamptz
     and ($4::uuid[] is null or p.channel_id = any($4)) and ($5::text[] is null or p.state = any($5))
     and ($6::timestamptz is null or (p.due_at, p.id) > ($6, $7::uuid))
   order by p.due_at, p.id limit $8)
select p.id, p.post_id, post.version as post_version, p.channel_id, c.platform, p.state, p.held_reason, p.due_at,
       p.time_zone, p.published_at, p.permalink, p.waiting_for, p.note, p.removed_at,
       ${excerptOf('p')} as text,
       p.content #>> '{segments,0,media,0,assetId}' as media_id,
       jsonb_array_length(p.content #> '{segments,0,media}') as media_count,
       case when p.failure is not null then
         jsonb_build_object('kind', p.failure ->> 'kind', 'message', p.failure ->> 'message') end as failure,
       a.post_id is not null as asked,
       to_char(p.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from found p join channels c on c.id = p.channel_id join posts post on post.id = p.post_id
  left join approvals a on a.post_id = p.post_id and a.state <> 'approved'
 order by p.due_at, p.id`;

/** What goes out when. */
@Injectable()
export class CalendarService {
  constructor(private readonly database: Database) {}

  /**
   * Publications of a workspace that are due within the range, by due time and id.
   * @throws Problem 404 when the organization has no such workspace
   */
  async list(organizationId: string, workspaceId: string, request: CalendarRequest): Promise<CalendarRecord[]> {
    const { from, to, channelIds, states, after, limit } = request;
    return this.database.tenant(organizationId, async (tx) => {
      const found = await rows<Found>(tx, CALENDAR, [
        workspaceId,
        from,
        to,
        channelIds ?? null,
        states ?? null,
        after?.dueAt ?? null,
        after?.id ?? null,
        limit,
      ]);
      // Whoever sees something of a workspace sees the workspace; only an empty answer leaves it open.
      if (found.length > 0) return withApprovals(tx, found);
      const workspace = await row(tx, 'select 1 from workspaces where id = $1', [workspaceId]);
      if (!workspace) throw Problem.notFound();
      return found;
    });
  }
}

/** Adds who is waited for to what is still to go out. Asks for it only where something may wait. */
async function withApprovals(tx: Transaction, found: readonly Found[]): Promise<CalendarRecord[]> {
  const open = found.filter(({ asked, state }) => asked && OPEN.includes(state));
  const waiting = await waitingOf(tx, [...new Set(open.map(({ post_id: id }) => id))]);
  return found.map(({ asked: _, ...record }) => {
    const approval = OPEN.includes(record.state) ? waiting.get(record.post_id) : undefined;
    return { ...record, ...(approval && { approval }) };
  });
}
