import { type FailureKind } from '#platforms/core';
import { excerptOf } from './excerpt.js';
import { type AttentionState, type Cause, LATE_AFTER_MINUTES, partsOf } from './rules/index.js';

/** Which publications that need attention; all that is given holds together, what is left out stands for all. */
export interface AttentionFilter {
  state?: AttentionState | undefined;
  cause?: Cause | undefined;
  workspaceId?: string | undefined;
  channelId?: string | undefined;
  platform?: string | undefined;
  postId?: string | undefined;
  publicationId?: string | undefined;
  /** Of the last failure, in whatever state it left the publication. */
  failureKind?: FailureKind | undefined;
  /** As the platform writes it. */
  platformCode?: string | undefined;
  /** The platform's id of a request that failed, at the last attempt or an earlier one, or of a look. */
  requestId?: string | undefined;
  /** Somewhere in what the channel gets, in whatever case. */
  text?: string | undefined;
  /** Due then or later. */
  from?: Date | undefined;
  /** Due before. */
  to?: Date | undefined;
}

/** Where a page of the list ended. */
export interface AttentionPosition {
  /** To the microsecond, which a `Date` would cut off: `2026-05-04T09:00:00.123456Z`. */
  updatedAt: string;
  id: string;
}

/** A statement with its parameters. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

const STOPPED_STATES = ['failed', 'held', 'unconfirmed'] as const;

/** A late one has no cause of its own in the row: it is in any state before its end. */
const CAUSE = `case p.state when 'unconfirmed' then p.state when 'failed' then 'failed:' || p.failure_kind
  when 'held' then 'held:' || p.held_reason else 'late' end`;

/** The page of a list, the newest change first. */
export function pageStatement(
  organizationId: string,
  filter: AttentionFilter,
  { limit, after }: { limit: number; after?: AttentionPosition | undefined },
): Statement {
  const search = new Search(organizationId, filter);
  const behind = after
    ? `and (p.updated_at, p.id) < (${search.add(after.updatedAt)}::timestamptz, ${search.add(after.id)}::uuid)`
    : '';
  const page = `${behind} order by p.updated_at desc, p.id desc limit ${search.add(limit)}`;
  const halves = search.halves.map((half) => `(select p.* from publications p where ${half} ${page})`);
  return search.statement(`
    with found as materialized (${halves.join(' union all ')})
    select p.*, ${CAUSE} as cause, c.platform, c.name as channel_name, w.name as workspace_name, ${excerptOf('p')} as text,
           to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
      from found p join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
     order by p.updated_at desc, p.id desc limit ${search.add(limit)}`);
}

/** The causes of all that is found, counted. */
export function causesStatement(organizationId: string, filter: AttentionFilter): Statement {
  const search = new Search(organizationId, filter);
  const halves = search.halves.map(
    (half) => `select ${CAUSE} as cause, p.state, p.channel_id, p.due_at from publications p where ${half}`,
  );
  return search.statement(`
    with found as materialized (${halves.join(' union all ')}),
    counted as (
      select cause, channel_id, case when cause = 'late' then cause else state end as state, count(*)::int as count,
             min(due_at) as oldest_due_at
        from found group by 1, 2, 3)
    select f.cause, f.state, sum(f.count)::int as count, min(f.oldest_due_at) as oldest_due_at,
           array_agg(distinct c.platform order by c.platform) as platforms
      from counted f join channels c on c.id = f.channel_id
     group by f.cause, f.state`);
}

/** Ids and versions of what is found, so many at the most, in the order of the ids; and how many there are in all. */
export function selectionStatement(organizationId: string, filter: AttentionFilter, limit: number): Statement {
  const search = new Search(organizationId, filter);
  const halves = search.halves.map((half) => `select p.id, p.version from publications p where ${half}`);
  return search.statement(`
    with found as materialized (${halves.join(' union all ')})
    select id, version, (select count(*) from found)::int as total from found order by id limit ${search.add(limit)}`);
}

/**
 * The conditions of a filter as SQL over `publications p`. Only what is asked for is in the statement, so that each
 * question finds an index of its own.
 */
class Search {
  private readonly parameters: unknown[] = [];
  /** What came to a stop, and what is late: each is found by indexes of its own. One may be left out. */
  readonly halves: readonly string[];

  constructor(organizationId: string, filter: AttentionFilter) {
    const organization = `p.organization_id = ${this.add(organizationId)}`;
    const common = this.conditions(filter, organizationId);
    const parts = filter.cause === undefined ? undefined : partsOf(filter.cause);
    const asked = [filter.state, parts?.state].filter((state) => state !== undefined);
    const may = (state: AttentionState) => asked.every((one) => one === state);
    const stopped = STOPPED_STATES.filter(may);
    const halves: string[] = [];
    if (stopped.length > 0) {
      // The literal list is what the partial indexes are known by.
      const states = `p.state in ('failed', 'held', 'unconfirmed')`;
      const exact = stopped.length === 1 ? [`p.state = '${stopped[0]}'`] : [];
      const kind = parts?.state === 'failed' ? [`p.failure_kind = ${this.add(parts.kind)}`] : [];
      const reason = parts?.state === 'held' ? [`p.held_reason = ${this.add(parts.reason)}`] : [];
      halves.push([organization, states, ...exact, ...kind, ...reason, ...common].join(' and '));
    }
    if (may('late')) {
      const states = `p.state in ('scheduled', 'preparing', 'ready', 'committing')`;
      const late = `p.due_at < now() - interval '${LATE_AFTER_MINUTES} minutes'`;
      // What a platform accepted and works on is with the platform, however long that takes: nobody has to look.
      halves.push([organization, states, late, 'p.accepted_at is null', ...common].join(' and '));
    }
    // Where the state and the cause contradict each other, nothing is found.
    this.halves = halves.length > 0 ? halves : [[organization, 'false', ...common].join(' and ')];
  }

  /** Adds a parameter and answers its place. */
  add(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  statement(sql: string): Statement {
    return { sql, parameters: this.parameters };
  }

  private conditions(filter: AttentionFilter, organizationId: string): string[] {
    const { workspaceId, channelId, postId, publicationId, platform, requestId, text, from, to } = filter;
    const { failureKind, platformCode } = filter;
    return [
      ...this.compare('workspace_id', '=', workspaceId, 'uuid'),
      ...this.compare('channel_id', '=', channelId, 'uuid'),
      ...this.compare('post_id', '=', postId, 'uuid'),
      ...this.compare('id', '=', publicationId, 'uuid'),
      ...this.compare('failure_kind', '=', failureKind, 'text'),
      ...this.compare('platform_code', '=', platformCode, 'text'),
      ...this.compare('due_at', '>=', from, 'timestamptz'),
      ...this.compare('due_at', '<', to, 'timestamptz'),
      // As lists that are known before the search, so that the index of what is listed can be used.
      ...(platform === undefined
        ? []
        : [
            `p.channel_id = any(array(select id from channels where organization_id = ${this.add(organizationId)}
               and platform = ${this.add(platform)}))`,
          ]),
      ...(requestId === undefined
        ? []
        : [
            `p.id = any(array(select publication_id from publishing_log where organization_id = ${this.add(organizationId)}
               and request_id = ${this.add(requestId)}))`,
          ]),
      ...(text === undefined
        ? []
        : [
            `exists (select 1 from jsonb_array_elements(p.content -> 'segments') s
              where strpos(lower(s ->> 'text'), lower(${this.add(text)}::text)) > 0)`,
          ]),
    ];
  }

  private compare(column: string, operator: string, value: unknown, type: string): string[] {
    return value === undefined ? [] : [`p.${column} ${operator} ${this.add(value)}::${type}`];
  }
}
