import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { type OpenChannel } from '#channels';
import { type Exchange } from '#kernel';
import { Renditions } from '#media';
import {
  genericFailure,
  type Json,
  type JsonObject,
  limitsFor,
  PlatformFailure,
  type SegmentDraft,
} from '#platforms/core';
import { type SegmentChange, type SegmentRecord } from '../store/index.js';
import { callAdapter } from './calls.js';
import { composeSegment, type SegmentToSend } from './compose.js';
import { exchangesOf } from './outcomes.js';
import { largestOf, OwnFiles, uploadMs } from './own-files.js';
import { HandBack, type Possession } from './possession.js';

/** One request of the preparation at the most; uploads are larger than the commit. */
const PREPARE_TIMEOUT_MS = 60_000;

/** Makes a segment ready for its one request: media, checks, uploads, each finished step kept. */
@Injectable()
export class Preparing {
  constructor(private readonly media: Renditions) {}

  /** The draft as it will be sent, with renditions made where needed. */
  compose({ record, segments }: Possession, segment: SegmentRecord): Promise<SegmentToSend> {
    return composeSegment(this.media, record, segments, segment);
  }

  /**
   * Prepares, or finds prepared what still counts. Moves the publication to `ready`. `exchanges` are those that no entry of
   * the log tells of yet.
   */
  async prepare(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    { draft, media }: SegmentToSend,
    exchanges: Exchange[],
  ): Promise<JsonObject> {
    this.check(open, draft);
    if (!isGood(possession, segment)) this.beginSet(possession, segment);
    if (segment.prepared !== null) {
      const evidence = { step: 'prepared', segment: segment.position, again: true };
      await possession.change('ready', [{ kind: 'step-done', evidence }]);
      return segment.prepared;
    }
    const prepared = await this.run(possession, open, segment, { draft, media }, exchanges);
    await this.keep(possession, open, segment, prepared, exchanges);
    return prepared;
  }

  /** The adapter's own preparation. What fails in a step's keeping or in our storage is thrown as it is. */
  private async run(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    { draft, media }: SegmentToSend,
    exchanges: Exchange[],
  ): Promise<JsonObject> {
    const ours = new OwnFiles();
    const context = open.context({
      timeoutMs: PREPARE_TIMEOUT_MS + uploadMs(largestOf(media)),
      record: possession.hear(open, exchanges),
      spend: possession.spend(open),
      use: (budget, amount) => countUse(segment, budget, amount),
      room: possession.holder,
      signal: possession.signal,
      now: () => possession.now(),
    });
    const step = this.stepper(possession, segment, exchanges, ours);
    const prepare = { ...context, step, media: ours.readable(media), setId: segment.set_id ?? '' };
    try {
      return await callAdapter(() => open.adapter.prepare(prepare, draft));
    } catch (error) {
      throw ours.fault ? ours.fault.fault : error;
    }
  }

  /** The platform's rules once more: they, the channel's limits or the media may have changed since it was planned. */
  private check(open: OpenChannel, draft: SegmentDraft): void {
    const limits = limitsFor(open.adapter.manifest, open.limits, draft.settings);
    const [broken] = open.adapter.validate(draft, limits);
    if (!broken) return;
    const kind = broken.field.startsWith('media') ? 'media' : 'content';
    throw new PlatformFailure({
      ...genericFailure(kind, open.adapter.manifest.name),
      message: broken.message,
      remedy: broken.remedy,
      platformCode: broken.rule,
      docs: broken.docs,
    });
  }

  /**
   * A set that was discarded is never used again; what may be visible is never prepared under another key. It is written
   * down with the first thing that is made for it.
   */
  private beginSet(possession: Possession, segment: SegmentRecord): void {
    if (segment.uncertain) throw new HandBack('The key expired a moment ago; it is looked up once more.');
    // What was ever fenced may be visible, and then what was made for it is needed there.
    if (segment.fences === 0) possession.discard(segment);
    const set = { set_id: uuid(), set_hash: possession.record.content_hash, checkpoints: {} };
    Object.assign(segment, { ...set, prepared: null, prepared_until: null, budget_used: {} });
  }

  /** A step's result is stored, under the current lease and set, before anybody builds on it. */
  private stepper(possession: Possession, segment: SegmentRecord, exchanges: Exchange[], ours: OwnFiles) {
    return async <T extends Json>(name: string, run: () => Promise<T> | T): Promise<T> => {
      const known = segment.checkpoints[name];
      if (known !== undefined) return known as T;
      const value = await run();
      const evidence: JsonObject = { step: name, segment: segment.position, ...exchangesOf(exchanges.splice(0)) };
      const checkpoints = { ...segment.checkpoints, [name]: value };
      const keep = () =>
        possession.change('preparing', [{ kind: 'step-done', evidence }], { segment: setOf(segment, { checkpoints }) });
      await ours.guard(keep);
      return value;
    };
  }

  private async keep(
    possession: Possession,
    { adapter }: OpenChannel,
    segment: SegmentRecord,
    prepared: JsonObject,
    exchanges: Exchange[],
  ): Promise<void> {
    const most = possession.now().getTime() + adapter.manifest.preparedTtlMs;
    const until = new Date(Math.min(most, adapter.goodUntil?.(prepared)?.getTime() ?? most));
    const evidence: JsonObject = { step: 'prepared', segment: segment.position, ...exchangesOf(exchanges.splice(0)) };
    await possession.change('ready', [{ kind: 'step-done', evidence }], {
      segment: setOf(segment, { prepared, prepared_until: until }),
    });
  }
}

/** What was used to prepare it need not be there once more; it is written down with the next step. */
function countUse(segment: SegmentRecord, budget: string, amount: number): void {
  segment.budget_used = { ...segment.budget_used, [budget]: (segment.budget_used[budget] ?? 0) + amount };
}

/** The set as it stands, with what has just been made for it. */
function setOf(segment: SegmentRecord, made: SegmentChange['set']): SegmentChange {
  const { id, set_id, set_hash, checkpoints, prepared, prepared_until, budget_used } = segment;
  return { id, set: { set_id, set_hash, checkpoints, prepared, prepared_until, budget_used, ...made } };
}

/** Whether the prepared set still counts: of this very content, and not expired. */
export function isGood(possession: Possession, segment: SegmentRecord): boolean {
  if (segment.set_id === null || segment.set_hash !== possession.record.content_hash) return false;
  return segment.prepared_until === null || segment.prepared_until > possession.now();
}
