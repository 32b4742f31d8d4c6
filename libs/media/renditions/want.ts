import { v7 as uuid } from 'uuid';
import { type Transaction } from '#kernel';
import { type MediaPlan } from '../plan/plan.js';

/** Which original, made into what. */
export interface WantedRendition {
  /** SHA-256 of the original, hex. */
  digest: string;
  /** Of the plan: renditions are shared under it. */
  planHash: string;
  plan: MediaPlan;
}

/**
 * Writes down, in the caller's transaction, that renditions are wanted, so that the worker makes them. One that is there
 * already is made earlier where it is needed earlier; one that was cancelled waits again; one that is ready, under way or
 * failed stays. Plans that keep the original, or refuse it, need none.
 * @param neededAt when the first who sends them is due; null = nobody sends them yet
 */
export async function wantRenditions(
  tx: Transaction,
  organizationId: string,
  items: readonly WantedRendition[],
  neededAt: Date | null,
): Promise<void> {
  const wanted = new Map(
    items.filter(({ plan }) => isMade(plan)).map((item) => [`${item.digest} ${item.planHash}`, item]),
  );
  if (wanted.size === 0) return;
  // In one order everywhere: two transactions that want the same never wait for each other in a circle.
  const sorted = [...wanted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await tx.query(WANT, [
    organizationId,
    sorted.map(() => uuid()),
    sorted.map(({ digest }) => digest),
    sorted.map(({ planHash }) => planHash),
    sorted.map(({ plan }) => JSON.stringify(plan)),
    neededAt,
  ]);
}

/** Whether a plan makes a file of its own. */
export function isMade({ action }: MediaPlan): boolean {
  switch (action) {
    case 'render':
    case 'remux':
    case 'transcode':
      return true;
    case 'keep':
    case 'refuse':
      return false;
  }
}

const WANT = `
insert into renditions as r (id, organization_id, source_digest, plan_hash, plan, state, needed_at)
select wanted.id, $1, wanted.digest, wanted.plan_hash, wanted.plan, 'waiting', $6
  from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[]) with ordinality
       as wanted (id, digest, plan_hash, plan, place)
 order by wanted.place
on conflict (organization_id, source_digest, plan_hash) do update
   set needed_at = least(r.needed_at, excluded.needed_at), last_used_at = now(),
       plan = coalesce(r.plan, excluded.plan),
       state = case when r.state = 'cancelled' then 'waiting' else r.state end,
       deaths = case when r.state = 'cancelled' then 0 else r.deaths end,
       setbacks = case when r.state = 'cancelled' then 0 else r.setbacks end,
       available_at = case when r.state = 'cancelled' then now() else r.available_at end`;
