import { Injectable } from '@nestjs/common';
import { Database, rows } from '#kernel';
import { excerptOf } from './excerpt.js';
import { ATTENTION_STATES, type AttentionState, type Cause, LATE_AFTER_MINUTES, partsOf } from './rules/index.js';
import { segmentsOf, type SegmentProgress } from './segments.js';
import { type PublicationRecord } from './store/index.js';

/** Where a page of the list ended. */
export interface AttentionPosition {
  /** To the microsecond, which a `Date` would cut off: `2026-05-04T09:00:00.123456Z`. */
  updatedAt: string;
  id: string;
}

/** Which publications are meant; what is left out stands for all. */
export interface AttentionFilter {
  state?: AttentionState | undefined;
  cause?: Cause | undefined;
  channelId?: string | undefined;
  workspaceId?: string | undefined;
}

/** A publication that needs attention, with what names it to people. */
export interface AttentionRecord extends PublicationRecord {
  cause: Cause;
  platform: string;
  channel_name: string;
  workspace_name: string;
  /** The beginning of what the channel gets. */
  text: string;
  segments: SegmentProgress[];
  /** `AttentionPosition.updatedAt` of this one. */
  position: string;
}

/** The publications that share a cause. */
export interface CauseRecord {
  cause: Cause;
  state: AttentionState;
  count: number;
  oldest_due_at: Date;
  /** Ids, sorted. */
  platforms: string[];
}

/** $1 organization, $2 states, $3 failure kind, $4 reason of a hold, $5 channel, $6 workspace; each but the first may be null. */
const FILTER = `
  and ($5::uuid is null or p.channel_id = $5) and ($6::uuid is null or p.workspace_id = $6)`;

const CAME_TO_A_STOP = `p.organization_id = $1 and p.state in ('failed', 'held', 'unconfirmed')
  and ($2::text[] is null or p.state = any($2)) and ($3::text is null or p.failure ->> 'kind' = $3)
  and ($4::text is null or p.held_reason = $4) ${FILTER}`;

const LATE = `p.organization_id = $1 and p.state in ('scheduled', 'preparing', 'ready', 'committing')
  and p.due_at < now() - interval '${LATE_AFTER_MINUTES} minutes' and ($2::text[] is null or 'late' = any($2)) ${FILTER}`;

const CAUSE = `case p.state when 'unconfirmed' then p.state when 'failed' then 'failed:' || (p.failure ->> 'kind')
  when 'held' then 'held:' || p.held_reason else 'late' end`;

const PAGE = `and ($7::timestamptz is null or (p.updated_at, p.id) < ($7, $8::uuid))
  order by p.updated_at desc, p.id desc limit $9`;

/** Each half is found by an index of its own. $1 to $6 as above, $7 and $8 the position to go on behind, $9 how many. */
export const ATTENTION = `
with found as materialized (
  (select * from publications p where ${CAME_TO_A_STOP} ${PAGE})
  union all
  (select * from publications p where ${LATE} ${PAGE}))
select p.*, ${CAUSE} as cause, c.platform, c.name as channel_name, w.name as workspace_name, ${excerptOf('p')} as text,
       to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from found p join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
 order by p.updated_at desc, p.id desc limit $9`;

/** $1 to $6 as above. */
export const CAUSE_COUNTS = `
with found as materialized (
  select ${CAUSE} as cause, p.state, p.channel_id, p.due_at from publications p where ${CAME_TO_A_STOP}
  union all
  select 'late', 'late', p.channel_id, p.due_at from publications p where ${LATE})
select f.cause, f.state, count(*)::int as count, min(f.due_at) as oldest_due_at,
       array_agg(distinct c.platform order by c.platform) as platforms
  from found f join channels c on c.id = f.channel_id
 group by f.cause, f.state`;

/** What waits for somebody to look: what failed, is held, is unconfirmed or late. Lateness goes by the database's time. */
@Injectable()
export class AttentionService {
  constructor(private readonly database: Database) {}

  /** Publications of an organization that need attention, the one that changed last first. */
  async list(
    organizationId: string,
    filter: AttentionFilter,
    page: { limit: number; after?: AttentionPosition | undefined },
  ): Promise<AttentionRecord[]> {
    const parameters = [page.after?.updatedAt ?? null, page.after?.id ?? null, page.limit];
    return this.database.tenant(organizationId, async (tx) => {
      const all = [...filterParameters(organizationId, filter), ...parameters];
      const found = await rows<Omit<AttentionRecord, 'segments'>>(tx, ATTENTION, all);
      const segments = await segmentsOf(tx, found);
      return found.map((record) => ({ ...record, segments: segments.get(record.id) ?? [] }));
    });
  }

  /** All of them by their cause, the worst first: by state, then the most frequent. */
  async causes(
    organizationId: string,
    filter: Pick<AttentionFilter, 'channelId' | 'workspaceId'>,
  ): Promise<CauseRecord[]> {
    const found = await this.database.tenant(organizationId, (tx) =>
      rows<CauseRecord>(tx, CAUSE_COUNTS, filterParameters(organizationId, filter)),
    );
    const rank = ({ state }: CauseRecord) => ATTENTION_STATES.indexOf(state);
    return found.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count || (a.cause < b.cause ? -1 : 1));
  }
}

function filterParameters(organizationId: string, { state, cause, channelId, workspaceId }: AttentionFilter) {
  const parts = cause === undefined ? undefined : partsOf(cause);
  // Both given, both hold: none where they contradict each other.
  const asked = [state, parts?.state].filter((one) => one !== undefined);
  const states = asked.every((one) => one === asked[0]) ? asked.slice(0, 1) : [];
  return [
    organizationId,
    asked.length === 0 ? null : states,
    parts?.state === 'failed' ? parts.kind : null,
    parts?.state === 'held' ? parts.reason : null,
    channelId ?? null,
    workspaceId ?? null,
  ];
}
