import { type RenditionFailure } from '#media';
import { rows, type Transaction } from '#kernel';
import { type AttachmentPlan } from './preflight-media.js';

/** How far the making of a version is. */
export interface RenditionProgress {
  id: string;
  state: 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled';
  /** From 0 to 1. */
  progress?: number;
  remainingMs?: number;
  failure?: RenditionFailure;
}

/** What one channel gets of one file. */
export interface PlannedAttachment extends Omit<AttachmentPlan, 'digest' | 'planHash'> {
  /** Null where nobody wants it yet. */
  rendition: RenditionProgress | null;
}

interface Found {
  source_digest: string;
  plan_hash: string;
  id: string;
  state: RenditionProgress['state'];
  progress: number | null;
  remaining_ms: number | null;
  failure: RenditionFailure | null;
}

/** Plans with what became of them, by one query. */
export async function withRenditions(tx: Transaction, plans: readonly AttachmentPlan[]): Promise<PlannedAttachment[]> {
  const found = plans.length === 0 ? [] : await renditionsOf(tx, plans);
  return plans.map(({ digest, planHash, ...plan }) => {
    const rendition = found.find((one) => one.source_digest === digest && one.plan_hash === planHash);
    return { ...plan, rendition: rendition ? progressOf(rendition) : null };
  });
}

function renditionsOf(tx: Transaction, plans: readonly AttachmentPlan[]): Promise<Found[]> {
  const keys = plans.map(({ digest, planHash }) => ({ digest, hash: planHash }));
  return rows<Found>(
    tx,
    `select r.source_digest, r.plan_hash, r.id, r.state, r.progress, r.remaining_ms, r.failure from renditions r
      where (r.source_digest, r.plan_hash) in (
        select k.digest, k.hash from jsonb_to_recordset($1::jsonb) as k(digest text, hash text))`,
    [JSON.stringify(keys)],
  );
}

function progressOf({ id, state, progress, remaining_ms, failure }: Found): RenditionProgress {
  return {
    ...{ id, state },
    ...(progress !== null && { progress }),
    ...(remaining_ms !== null && { remainingMs: remaining_ms }),
    ...(failure && { failure }),
  };
}
