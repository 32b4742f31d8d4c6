import { randomUUID } from 'node:crypto';
import {
  type Failure,
  type Json,
  type JsonObject,
  type Receipt,
  type Reconciliation,
  StillProcessing,
} from '#platforms/core';
import { type PracticeDraft } from './drafts.js';
import { type RecordedExchange } from './http.js';
import { type PracticeKit } from './kit.js';

/** How a publication ended. */
export type Ending =
  | { state: 'published'; receipt: Receipt; reconciled: boolean }
  | { state: 'failed'; failure: Failure }
  | { state: 'unconfirmed'; looked: Reconciliation };

/** The longest that a request may start after its fence and take, as the real runner has it. */
const SEND_MS = 30_000;
const ATTEMPTS = 3;
/** Nobody waits longer for what a platform works on. */
const PATIENCE_MS = 24 * 3_600_000;

/** Thrown into `prepare` to play the death of the worker. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** The runner's part of the publishing protocol, with checkpoints in memory: one publication of one segment. */
export class MiniRunner {
  /** The checkpoints, in the order of the steps. */
  readonly stored = new Map<string, Json>();
  /** The name of every step that was really done. */
  readonly done: string[] = [];
  /** Why each commit did not end in a receipt. */
  readonly refusals: (Failure & { listed: boolean })[] = [];
  /** What each commit asked of the platform. */
  readonly commits: RecordedExchange[][] = [];
  /** How often `prepare` asked for time. */
  waits = 0;
  claimed: ReadonlySet<string> = new Set();
  /** The answer to the last commit spoke of a duplicate: as the real runner keeps it for the look. */
  duplicate?: { of?: string } | undefined;
  /** By what the platform calls what it accepted, where it said so. */
  accepted?: JsonObject | undefined;
  /** When the first commit may have been sent. */
  since?: Date;
  private readonly setId = randomUUID();

  constructor(
    private readonly kit: PracticeKit,
    private readonly practice: PracticeDraft,
    /** How much more time passes whenever it waits for the platform. */
    private readonly options: { addedWaitMs?: number } = {},
  ) {}

  /** Dies with a `Crash` as soon as that many steps are stored. The result went through JSON, as a stored one does. */
  async prepare({ dieAfter = Infinity } = {}): Promise<JsonObject> {
    const step = async <T extends Json>(name: string, fn: () => Promise<T> | T): Promise<T> => {
      const known = this.stored.get(name);
      if (known !== undefined) return structuredClone(known) as T;
      const result = throughJson(await fn());
      this.done.push(name);
      this.stored.set(name, result);
      if (this.stored.size >= dieAfter) throw new Crash(`after ${name}`);
      return result;
    };
    const patience = this.kit.now().getTime() + PATIENCE_MS;
    for (;;) {
      const context = { ...this.kit.account(), step, media: this.practice.media, setId: this.setId };
      try {
        return throughJson(await this.kit.adapter.prepare(context, this.practice.draft));
      } catch (error) {
        if (!(error instanceof StillProcessing)) throw error;
        this.kit.waitFor(error.what, error.checkAt, patience);
        this.kit.pass(this.options.addedWaitMs ?? 0);
        this.waits += 1;
      }
    }
  }

  /** Rejects with `StillProcessing` where the platform accepted it and works on it. */
  async commit(prepared: JsonObject): Promise<Receipt> {
    this.since ??= this.kit.now();
    this.duplicate = undefined;
    this.accepted = undefined;
    const before = this.kit.exchanges.length;
    try {
      return await this.kit.adapter.commit({ ...this.kit.account(), media: this.practice.media }, prepared);
    } catch (error) {
      if (error instanceof StillProcessing) this.accepted = error.accepted && throughJson(error.accepted);
      else this.remember(error);
      throw error;
    } finally {
      this.commits.push(this.kit.exchanges.slice(before));
    }
  }

  private remember(error: unknown): void {
    const { kind, listed, duplicateOf: of } = this.kit.explain(error);
    if (kind === 'duplicate' && !listed) this.duplicate = of === undefined ? {} : { of };
  }

  /** With the address of the post, asked for where the answer to the commit did not hold it. */
  private async addressed(receipt: Receipt): Promise<Receipt> {
    const { adapter } = this.kit;
    if (receipt.permalink !== undefined || !adapter.permalink) return receipt;
    const permalink = await adapter.permalink(this.kit.account(), receipt);
    return { ...receipt, ...(permalink !== undefined && { permalink }) };
  }

  /** Looks after the time in which anything that was sent must have shown itself, and for as long as it is worked on. */
  async reconcile(prepared: JsonObject): Promise<Reconciliation> {
    this.kit.pass(SEND_MS + this.kit.adapter.manifest.reconcile.settleMs);
    const patience = this.kit.now().getTime() + PATIENCE_MS;
    for (;;) {
      const looked = await this.look(prepared);
      if (looked.outcome !== 'pending') return looked;
      this.kit.waitFor('It is pending.', looked.checkAt, patience);
    }
  }

  private async look(prepared: JsonObject): Promise<Reconciliation> {
    const looked = await this.kit.adapter.reconcile(this.kit.account(), {
      prepared,
      draft: this.practice.draft,
      since: this.since ?? this.kit.now(),
      claimed: this.claimed,
      ...(this.accepted && { accepted: this.accepted }),
      ...(this.duplicate && { duplicate: this.duplicate }),
    });
    this.kit.said.push(JSON.stringify([looked.evidence, 'failure' in looked && looked.failure]));
    return looked;
  }

  /** The whole way. Rejects when `prepare` or `reconcile` does. */
  async publish(): Promise<Ending> {
    return this.finish(await this.prepare());
  }

  /** Commits, and clears up what happened, until it is over. */
  async finish(prepared: JsonObject): Promise<Ending> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        const receipt = await this.addressed(await this.commit(prepared));
        return { state: 'published', receipt, reconciled: false };
      } catch (error) {
        if (error instanceof StillProcessing) return this.awaited(prepared, error);
        const failure = this.kit.explain(error);
        this.refusals.push(failure);
        if (failure.listed) return { state: 'failed', failure };
      }
      const looked = await this.reconcile(prepared);
      if (looked.outcome === 'refused') return { state: 'failed', failure: looked.failure };
      if (looked.outcome === 'published') return { state: 'published', receipt: looked.receipt, reconciled: true };
      if (looked.outcome === 'unknown') return { state: 'unconfirmed', looked };
      if (looked.outcome === 'repeatable' && looked.until <= this.kit.now()) return { state: 'unconfirmed', looked };
    }
    throw new Error(`Still not published after ${ATTEMPTS} commits.`);
  }

  /** The platform works on what it took: it is looked at, and never sent again. */
  private async awaited(prepared: JsonObject, { what, checkAt }: StillProcessing): Promise<Ending> {
    this.kit.waitFor(what, checkAt, this.kit.now().getTime() + PATIENCE_MS);
    const looked = await this.reconcile(prepared);
    if (looked.outcome === 'published') return { state: 'published', receipt: looked.receipt, reconciled: false };
    if (looked.outcome === 'refused') return { state: 'failed', failure: looked.failure };
    return { state: 'unconfirmed', looked };
  }
}

function throughJson<T extends Json>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
