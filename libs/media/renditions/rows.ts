import { v4 as lease, v7 as uuid } from 'uuid';
import { publish, row, rows, type Transaction } from '#kernel';
import { type MediaFacts } from '../plan/facts.js';
import { type MediaPlan } from '../plan/plan.js';
import { type Progress } from '../run/video-progress.js';

export const RENDITION_STATES = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const;
export type RenditionState = (typeof RENDITION_STATES)[number];

/** Topic of the outbox: a rendition came to an end. The payload is a {@link RenditionFinished}. */
export const RENDITION_FINISHED = 'media.rendition-finished';

/** The payload of {@link RENDITION_FINISHED}. */
export interface RenditionFinished {
  organizationId: string;
  sourceDigest: string;
  planHash: string;
  state: 'ready' | 'failed' | 'cancelled';
}

/** Why a rendition could not be made, in words for people. */
export interface RenditionFailure {
  rule: string;
  message: string;
  remedy: string;
}

/** By what a rendition is shared. */
export interface RenditionKey {
  /** SHA-256 of the original, hex. */
  digest: string;
  planHash: string;
}

/** A file that was made. */
export interface StoredRendition {
  id: string;
  digest: string;
  facts: MediaFacts;
  storage_key: string;
}

/** A rendition in the hand of whoever makes it. */
export interface Job {
  id: string;
  organization_id: string;
  source_digest: string;
  plan_hash: string;
  plan: MediaPlan;
  lease: string;
  needed_at: Date | null;
  setbacks: number;
  deaths: number;
}

/** How long a rendition stays with a maker that gives no sign of life. */
export const LEASE_SECONDS = 20;
/** A worker that ends in the middle of it this often does so because of it. */
export const MAX_DEATHS = 2;
/** Waits after faults of ours, in seconds. */
export const SETBACK_SECONDS = [5, 30, 120, 600, 1800];
/** No maker works so long on one file: what it wrote down as its file and never finished is of no use any more. */
const STRAY_AFTER_HOURS = 24;

const JOB = `r.id, r.organization_id, r.source_digest, r.plan_hash, r.plan, r.lease, r.needed_at, r.setbacks, r.deaths`;
const BEGIN = `state = 'running', lease = $1, leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), begun_at = now(),
  finished_at = null, progress = 0, remaining_ms = null, failure = null, attempts = r.attempts + 1`;
const IDLE = 'lease = null, leased_until = null, progress = null, remaining_ms = null';

/** Every making has a file of its own, so that the last word is the row's, whoever else wrote. */
export function storageKeyOf(job: Pick<Job, 'organization_id' | 'id' | 'lease'>): string {
  return `${job.organization_id}/renditions/${job.id}-${job.lease}`;
}

/**
 * Takes the rendition that is needed soonest; of those needed at the same time one of the organization that was served
 * longest ago. Undefined where nothing waits.
 */
export async function takeNext(tx: Transaction): Promise<Job | undefined> {
  return expected(await row<Job>(tx, TAKE_NEXT, [lease()]), tx);
}

/**
 * Takes one rendition to make it at once: written down if nobody wanted it before. Undefined where it is ready, or
 * somebody makes it right now.
 */
export async function takeThis(
  tx: Transaction,
  organizationId: string,
  { digest, planHash }: RenditionKey,
  plan: MediaPlan,
): Promise<Job | undefined> {
  const parameters = [lease(), uuid(), organizationId, digest, planHash, JSON.stringify(plan)];
  return expected(await row<Job>(tx, TAKE_THIS, parameters), tx);
}

/** Writes down which file will be made, so that it goes also when its maker ends before it is done. */
async function expected(job: Job | undefined, tx: Transaction): Promise<Job | undefined> {
  if (job) {
    await tx.query(
      `insert into stray_files (storage_key, organization_id, due_at) values ($1, $2, now() + make_interval(hours => $3))`,
      [storageKeyOf(job), job.organization_id, STRAY_AFTER_HOURS],
    );
  }
  return job;
}

/** A sign of life, with how far it is. False where the rendition is no longer this maker's: cancelled, or given to another. */
export async function beat(tx: Transaction, job: Job, { fraction, remainingMs }: Progress): Promise<boolean> {
  const mine = await row(
    tx,
    `update renditions set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}),
            progress = greatest(progress, $3), remaining_ms = $4
      where id = $1 and lease = $2 returning id`,
    [job.id, job.lease, Math.min(1, Math.max(0, fraction)), remainingMs === undefined ? null : Math.round(remainingMs)],
  );
  return mine !== undefined;
}

/** It is made. False where it was no longer this maker's to say. */
export async function markReady(
  tx: Transaction,
  job: Job,
  made: { digest: string; facts: MediaFacts },
): Promise<boolean> {
  const storageKey = storageKeyOf(job);
  const done = await row(
    tx,
    `update renditions set state = 'ready', digest = $3, facts = $4, storage_key = $5, ${IDLE}, failure = null,
            setbacks = 0, deaths = 0, finished_at = now(), last_used_at = now()
      where id = $1 and lease = $2 returning id`,
    [job.id, job.lease, made.digest, JSON.stringify(made.facts), storageKey],
  );
  if (!done) return false;
  await tx.query('delete from stray_files where storage_key = $1', [storageKey]);
  await tell(tx, job, 'ready');
  return true;
}

/** It cannot be made. False where it was no longer this maker's to say. */
export async function markFailed(tx: Transaction, job: Job, failure: RenditionFailure): Promise<boolean> {
  const done = await row(
    tx,
    `update renditions set state = 'failed', failure = $3, ${IDLE}, finished_at = now() where id = $1 and lease = $2 returning id`,
    [job.id, job.lease, JSON.stringify(failure)],
  );
  if (done) await tell(tx, job, 'failed');
  return done !== undefined;
}

/** Back into the line as if it had never been taken: its maker stops. */
export async function giveBack(tx: Transaction, job: Job): Promise<void> {
  await tx.query(
    `update renditions set state = 'waiting', ${IDLE}, attempts = attempts - 1 where id = $1 and lease = $2`,
    [job.id, job.lease],
  );
}

/** Back into the line for later, each time later than the last: the fault is ours, and passes. Answers the wait, in seconds. */
export async function postpone(tx: Transaction, job: Job): Promise<number> {
  const seconds = SETBACK_SECONDS[Math.min(job.setbacks, SETBACK_SECONDS.length - 1)] ?? 0;
  await tx.query(
    `update renditions set state = 'waiting', ${IDLE}, setbacks = setbacks + 1, available_at = now() + make_interval(secs => $3)
      where id = $1 and lease = $2`,
    [job.id, job.lease, seconds],
  );
  return seconds;
}

/**
 * Looks after those whose maker is gone: back into the line for a fresh start, and failed where it happened before.
 * Answers what was found.
 */
export async function recoverAbandoned(tx: Transaction, failure: RenditionFailure): Promise<RenditionKey[]> {
  const found = await rows<Job & { state: RenditionState }>(
    tx,
    `with gone as (
       select id from renditions where state = 'running' and leased_until < now() limit 100 for update skip locked)
     update renditions r
        set deaths = r.deaths + 1, lease = null, leased_until = null, progress = null, remaining_ms = null,
            state = case when r.deaths + 1 >= $1 then 'failed' else 'waiting' end,
            failure = case when r.deaths + 1 >= $1 then $2::jsonb end,
            finished_at = case when r.deaths + 1 >= $1 then now() end
       from gone where r.id = gone.id returning ${JOB}, r.state`,
    [MAX_DEATHS, JSON.stringify(failure)],
  );
  for (const job of found) if (job.state === 'failed') await tell(tx, job, 'failed');
  return found.map((job) => ({ digest: job.source_digest, planHash: job.plan_hash }));
}

/** Tells whoever waits for it. */
export async function tell(
  tx: Transaction,
  {
    organization_id: organizationId,
    source_digest: sourceDigest,
    plan_hash: planHash,
  }: Pick<Job, 'organization_id' | 'source_digest' | 'plan_hash'>,
  state: RenditionFinished['state'],
): Promise<void> {
  const payload: RenditionFinished = { organizationId, sourceDigest, planHash, state };
  await publish(tx, { organizationId, topic: RENDITION_FINISHED, payload: { ...payload } });
}

const TAKE_NEXT = `
with soonest as (
  select needed_at from renditions where state = 'waiting' and available_at <= now() order by needed_at nulls last limit 1),
next as (
  select r.id from renditions r, soonest s
   where r.state = 'waiting' and r.available_at <= now() and r.needed_at is not distinct from s.needed_at
   order by (select max(b.begun_at) from renditions b where b.organization_id = r.organization_id) nulls first,
            r.created_at, r.id
   limit 1 for update of r skip locked)
update renditions r set ${BEGIN} from next where r.id = next.id returning ${JOB}`;

const TAKE_THIS = `
insert into renditions as r (lease, id, organization_id, source_digest, plan_hash, plan, state, leased_until, begun_at, progress,
                             attempts)
values ($1, $2, $3, $4, $5, $6, 'running', now() + make_interval(secs => ${LEASE_SECONDS}), now(), 0, 1)
on conflict (organization_id, source_digest, plan_hash) do update
   set ${BEGIN}, plan = coalesce(r.plan, excluded.plan)
 where r.state in ('waiting', 'failed', 'cancelled') or (r.state = 'running' and r.leased_until < now())
returning ${JOB}`;
