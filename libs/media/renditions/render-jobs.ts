import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Database, row } from '#kernel';
import { type MediaFacts } from '../plan/facts.js';
import { type MadeFile, RenditionMaking } from './making.js';
import {
  giveBack,
  type Job,
  markFailed,
  markReady,
  postpone,
  recoverAbandoned,
  type RenditionFailure,
  storageKeyOf,
  takeNext,
} from './rows.js';
import { ENDED_TWICE, ORIGINAL_MISSING, TOOK_TOO_LONG, verdictOn } from './verdict.js';
import { Watch } from './watch.js';

/** Between tries to write down how it ended, while the database is away, in milliseconds. */
const AGAIN_MS = 1_000;

/** The line of renditions that wait, and the work of making them one by one. */
@Injectable()
export class RenderJobs {
  private readonly logger = new Logger(RenderJobs.name);

  constructor(
    private readonly database: Database,
    private readonly making: RenditionMaking,
  ) {}

  /**
   * Takes what is needed soonest and makes it. Whatever a file does, this goes on: only the database's own faults are thrown.
   * @param stop ends what is under way: it is given back
   * @returns whether there was something to do
   */
  async workOne(stop: AbortSignal): Promise<boolean> {
    const job = await this.database.engine((tx) => takeNext(tx));
    if (!job) return false;
    const facts = await this.insist(() => this.database.engine((tx) => factsOfOriginal(tx, job)), stop);
    if (facts) await this.make(job, facts, stop);
    else await this.fail(job, ORIGINAL_MISSING, stop);
    return true;
  }

  /** Takes up what workers left behind that are gone. Answers how many. */
  async recover(): Promise<number> {
    const found = await this.database.engine((tx) => recoverAbandoned(tx, ENDED_TWICE));
    for (const { digest, planHash } of found) {
      this.logger.warn({ digest, planHash }, 'Whoever made a rendition ended in the middle of it.');
    }
    return found.length;
  }

  /** Throws while the database is away. */
  reachable(): Promise<void> {
    return this.database.ping();
  }

  private async make(job: Job, facts: MediaFacts, stop: AbortSignal): Promise<void> {
    const watch = new Watch(this.database, job, this.making.timeFor(facts), stop);
    let made: MadeFile;
    try {
      made = await this.making.make(job, facts, watch);
    } catch (error) {
      await watch.close();
      return this.settle(job, error, watch, stop);
    }
    // Signs of life go on until it is written down: the database may be away just now.
    const ready = await this.insist(() => this.database.engine((tx) => markReady(tx, job, made)), stop);
    await watch.close();
    if (ready === false) await this.letGo(job);
  }

  private async settle(job: Job, error: unknown, { endedBy }: Watch, stop: AbortSignal): Promise<void> {
    switch (endedBy) {
      case 'lost':
        return this.letGo(job);
      case 'stop':
        // Once: a process that stops does not wait. Without it the lease runs out.
        return this.database.engine((tx) => giveBack(tx, job));
      case 'time':
        return this.fail(job, TOOK_TOO_LONG, stop);
      case undefined:
        return this.judge(job, error, stop);
    }
  }

  private async judge(job: Job, error: unknown, stop: AbortSignal): Promise<void> {
    const told = { err: error, rendition: job.id, digest: job.source_digest };
    const verdict = verdictOn(error, job.setbacks);
    if (verdict.kind === 'failed') {
      this.logger.warn(told, 'A rendition could not be made.');
      return this.fail(job, verdict.failure, stop);
    }
    const seconds = await this.insist(() => this.database.engine((tx) => postpone(tx, job)), stop);
    this.logger.error(
      { ...told, seconds },
      'A rendition could not be made because of a fault here; it is tried again.',
    );
  }

  private async fail(job: Job, failure: RenditionFailure, stop: AbortSignal): Promise<void> {
    await this.insist(() => this.database.engine((tx) => markFailed(tx, job, failure)), stop);
  }

  /** What was made for a rendition that is another's by now is of no use. */
  private async letGo(job: Job): Promise<void> {
    await this.database.engine((tx) =>
      tx.query('update stray_files set due_at = now() where storage_key = $1', [storageKeyOf(job)]),
    );
  }

  /** Writes down how it ended, as long as it takes: what is made is not thrown away because the database is away. */
  private async insist<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (stop.aborted) throw error;
        this.logger.warn({ err: error }, 'How a rendition ended could not be written down; it is tried again.');
        await wait(AGAIN_MS, undefined, { signal: stop }).catch(() => undefined);
      }
    }
  }
}

/** What is known of the file that a rendition is made of; undefined where it is in no library any more. */
async function factsOfOriginal(tx: Parameters<typeof row>[0], job: Job): Promise<MediaFacts | undefined> {
  const found = await row<{ facts: MediaFacts }>(
    tx,
    'select facts from media_assets where organization_id = $1 and digest = $2 limit 1',
    [job.organization_id, job.source_digest],
  );
  return found?.facts;
}
