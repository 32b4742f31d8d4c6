import { validate as isId } from 'uuid';
import { row, type Transaction } from '#kernel';

/** What is said of a thing in the audit log. */
export interface Facts {
  name: string | null;
  /** By the names that the API gives them. Never a secret. */
  facts: Record<string, unknown>;
}

const DUE = `to_char(p.due_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/**
 * By what routes call the thing, in the singular: how people know it, and what is worth telling when it changes. Each takes
 * its id and answers one row, or none.
 */
const FACTS: Readonly<Record<string, string>> = {
  organization: `
    select name, jsonb_build_object('name', name, 'paused', paused_at is not null,
             'secondFactorRequired', second_factor_required) as facts
      from organizations where id = $1`,
  workspace: `
    select name, jsonb_build_object('name', name, 'timeZone', time_zone, 'lateLimitMinutes', late_limit_minutes,
             'paused', paused_at is not null, 'archived', archived_at is not null) as facts
      from workspaces where id = $1`,
  member: `
    select u.name, jsonb_build_object('role', m.role, 'workspaces',
             (select jsonb_object_agg(w.name, wm.role) from workspace_members wm join workspaces w on w.id = wm.workspace_id
               where wm.user_id = m.user_id)) as facts
      from members m join users u on u.id = m.user_id where m.user_id = $1`,
  invitation: `
    select email as name, jsonb_build_object('role', role) as facts from invitations where id = $1`,
  'api-key': `
    select k.name, jsonb_build_object('actions', to_jsonb(k.actions), 'workspaces',
             (select jsonb_agg(w.name order by w.id) from workspaces w where w.id = any (k.workspace_ids)),
             'expiresAt', to_char(k.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as facts
      from api_keys k where k.id = $1`,
  connection: `
    select coalesce(account_name, platform) as name, jsonb_build_object('platform', platform, 'status', status) as facts
      from connections where id = $1`,
  channel: `
    select name, jsonb_build_object('platform', platform, 'paused', paused_at is not null) as facts
      from channels where id = $1`,
  webhook: `
    select substring(url from '^[a-z]+://([^/?#]+)') as name, jsonb_build_object(
             'address', substring(url from '^[a-z]+://([^/?#]+)'), 'eventTypes', coalesce(to_jsonb(event_types), '"all"'),
             'workspaces', (select jsonb_agg(w.name order by w.id) from workspaces w where w.id = any (workspace_ids)),
             'enabled', disabled_at is null) as facts
      from webhooks where id = $1`,
  media: `
    select filename as name, jsonb_build_object('name', filename, 'altText', alt_text, 'deleted', deleted_at is not null,
             'folder', (select f.name from media_folders f where f.id = folder_id),
             'tags', (select string_agg(t.tag, ', ' order by t.tag) from media_tags t where t.asset_id = a.id)) as facts
      from media_assets a where id = $1`,
  folder: `
    select f.name, jsonb_build_object('name', f.name, 'folder', (select p.name from media_folders p where p.id = f.parent_id))
             as facts
      from media_folders f where f.id = $1`,
  post: `
    select left(r.content #>> '{content,text}', 80) as name, jsonb_build_object('revision', o.revision, 'dueAt',
             (select string_agg(distinct ${DUE}, ', ') from publications p
               where p.post_id = o.id and p.state <> 'cancelled')) as facts
      from posts o join post_revisions r on r.post_id = o.id and r.number = o.revision where o.id = $1`,
  comment: `
    select left(text, 80) as name, jsonb_build_object('visibility', visibility, 'resolved', resolved_at is not null) as facts
      from comments where id = $1 and deleted_at is null`,
  'review-link': `
    select coalesce(name, email, 'whoever has the link') as name, jsonb_build_object('email', email,
             'expiresAt', to_char(expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
             'passcode', passcode_hash is not null, 'revoked', revoked_at is not null) as facts
      from review_links where id = $1`,
  publication: `
    select c.name, jsonb_build_object('state', p.state, 'heldReason', p.held_reason, 'dueAt', ${DUE}) as facts
      from publications p join channels c on c.id = p.channel_id where p.id = $1`,
};

/** What a part of an address names, in the singular: `api-keys` → `api-key`. Undefined for what has no facts: `pause`. */
export function kindOf(segment: string): string | undefined {
  const kind = segment.replace(/s$/, '');
  return Object.hasOwn(FACTS, kind) ? kind : undefined;
}

/** How a thing is at this moment of a transaction. Undefined for what is not there, or of a kind without facts. */
export async function factsOf(tx: Transaction, kind: string, id: string): Promise<Facts | undefined> {
  const sql = FACTS[kind];
  return sql === undefined || !isId(id) ? undefined : row<Facts>(tx, sql, [id]);
}

/** One fact before and after; what was made has no `from`, what is gone no `to`. */
export interface FactChange {
  from?: unknown;
  to?: unknown;
}

/** What says nothing of something new: it is named anyway, and is its first. */
const OF_ITSELF: ReadonlySet<string> = new Set(['name', 'revision']);

/** What differs. Of something new, only what says anything. */
export function changesOf(before: Facts | undefined, after: Facts | undefined): Record<string, FactChange> {
  const [from, to] = [before?.facts ?? {}, after?.facts ?? {}];
  const changes: Record<string, FactChange> = {};
  if (!after) return changes;
  for (const name of Object.keys(to)) {
    if (same(from[name], to[name]) || (!before && (isBlank(to[name]) || OF_ITSELF.has(name)))) continue;
    changes[name] = { ...(before && { from: from[name] ?? null }), to: to[name] ?? null };
  }
  return changes;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === false;
}
