import { rows, type Transaction } from '#kernel';

/** Which app at which platform. */
export interface AppKey {
  /** Whose app it is: Facebook for whatever publishes by Facebook's app, on whichever network. */
  platform: string;
  practice: boolean;
  /** Its id at the platform; empty where there are no apps. */
  app: string;
}

/** A block only ever grows here; it ends by itself, and for a channel when it is reconnected. */
const BLOCK_CHANNELS = `
  update channels c set blocked_until = greatest(c.blocked_until, k.until)
    from (select c.id, k.until
            from channels c join (
              select "channelId" as id, max(until) as until
                from jsonb_to_recordset($1::jsonb) as k("channelId" uuid, until timestamptz) group by 1) k on k.id = c.id
           order by c.id for no key update of c) k
   where c.id = k.id`;

const BLOCK_APPS = `
  insert into app_blocks as b (platform, practice, app, blocked_until)
  select platform, practice, app, max(until)
    from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, app text, until timestamptz)
   group by 1, 2, 3 order by 1, 2, 3
  on conflict (platform, practice, app) do update
    set blocked_at = case when b.blocked_until > now() then b.blocked_at else now() end,
        blocked_until = greatest(b.blocked_until, excluded.blocked_until)`;

/** $1 apps. */
const BLOCKED_APPS = `
  select b.platform, b.practice, b.app from app_blocks b
    join jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, app text) using (platform, practice, app)
   where b.blocked_until > now()`;

/** Nothing of these channels is invited until then. Before the publications of the transaction are locked, as the fence does. */
export async function blockChannels(
  tx: Transaction,
  blocks: readonly { channelId: string; until: Date }[],
): Promise<void> {
  if (blocks.length > 0) await tx.query(BLOCK_CHANNELS, [JSON.stringify(blocks)]);
}

/** Nothing of any channel of these apps is invited until then. */
export async function blockApps(tx: Transaction, blocks: readonly (AppKey & { until: Date })[]): Promise<void> {
  if (blocks.length > 0) await tx.query(BLOCK_APPS, [JSON.stringify(blocks)]);
}

/** Which of these apps are blocked now. */
export async function blockedApps(tx: Transaction, apps: readonly AppKey[]): Promise<AppKey[]> {
  return rows<AppKey>(tx, BLOCKED_APPS, [JSON.stringify(apps)]);
}

/** Removes blocks that are over. */
export async function forgetBlocks(tx: Transaction): Promise<void> {
  await tx.query(`delete from app_blocks where blocked_until < now() - interval '1 hour'`);
}
