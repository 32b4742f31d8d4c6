import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Database, row, type Transaction } from '#kernel';
import { type MediaFacts } from '../plan/facts.js';
import { type MediaPlan } from '../plan/plan.js';
import { type MadeFile, RenditionFailedError, RenditionMaking } from './making.js';
import {
  type Job,
  markFailed,
  markReady,
  postpone,
  type RenditionFailure,
  type RenditionKey,
  type RenditionState,
  storageKeyOf,
  type StoredRendition,
  takeThis,
} from './rows.js';
import { TOOK_TOO_LONG, verdictOn } from './verdict.js';
import { Watch } from './watch.js';

/** How a rendition is, whether or not it is made. */
export interface FoundRendition extends StoredRendition {
  state: RenditionState;
  failure: RenditionFailure | null;
}

/** How often it is looked whether somebody else has made it. */
const LOOK_EVERY_MS = 100;
const NEVER = new AbortController().signal;

/** Finds renditions, and makes those that are wanted this very moment. Any number may ask at once: one of them makes it. */
@Injectable()
export class RenditionsAtOnce {
  constructor(
    private readonly database: Database,
    private readonly making: RenditionMaking,
  ) {}

  /** Notes that it was used, so that it is kept. Undefined where nobody wanted it yet. */
  async find(organizationId: string, key: RenditionKey): Promise<FoundRendition | undefined> {
    return this.run(organizationId, async (tx) => {
      const found = await row<FoundRendition & { stale: boolean }>(tx, FIND, [
        organizationId,
        key.digest,
        key.planHash,
      ]);
      // Once a day is enough to tell, and reading writes nothing the rest of the time.
      if (found?.stale) await tx.query('update renditions set last_used_at = now() where id = $1', [found.id]);
      return found;
    });
  }

  /** Found, or made now. Throws a `MediaProblem` where it cannot be made. */
  async get(organizationId: string, key: RenditionKey, plan: MediaPlan, facts: MediaFacts): Promise<StoredRendition> {
    for (;;) {
      const found = await this.find(organizationId, key);
      if (found?.state === 'ready') return found;
      const job = await this.run(organizationId, (tx) => takeThis(tx, organizationId, key, plan));
      const made = job && (await this.make(job, facts));
      if (made) return made;
      await wait(LOOK_EVERY_MS);
    }
  }

  /** Undefined where it was taken away meanwhile. */
  private async make(job: Job, facts: MediaFacts): Promise<StoredRendition | undefined> {
    const watch = new Watch(this.database, job, this.making.timeFor(facts), NEVER);
    let made: MadeFile;
    try {
      made = await this.making.make(job, facts, watch);
    } catch (error) {
      await watch.close();
      if (watch.endedBy === 'lost') return undefined;
      throw await this.settle(job, watch.endedBy === 'time' ? new RenditionFailedError(TOOK_TOO_LONG) : error);
    }
    await watch.close();
    const ready = await this.run(job.organization_id, (tx) => markReady(tx, job, made));
    return ready ? { id: job.id, ...made, storage_key: storageKeyOf(job) } : undefined;
  }

  private async settle(job: Job, error: unknown): Promise<unknown> {
    const verdict = verdictOn(error, job.setbacks);
    await this.run(job.organization_id, async (tx) => {
      if (verdict.kind === 'failed') await markFailed(tx, job, verdict.failure);
      else await postpone(tx, job);
    });
    return error;
  }

  /** They belong to the organization, whatever workspaces a request sees. */
  private run<T>(organizationId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.organization(organizationId, work);
  }
}

const FIND = `
select id, digest, facts, storage_key, state, failure, last_used_at < now() - interval '1 day' as stale
  from renditions where organization_id = $1 and source_digest = $2 and plan_hash = $3`;
