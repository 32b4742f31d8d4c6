import { Injectable } from '@nestjs/common';
import { type OpenChannel } from '#channels';
import { type Exchange } from '#kernel';
import { type Failure, genericFailure, type JsonObject, type SegmentDraft, StillProcessing } from '#platforms/core';
import { LostPublicationError, type SegmentRecord } from '../store/index.js';
import { failureOf } from './calls.js';
import { type Look, Looking } from './looking.js';
import { exchangesOf, Outcomes } from './outcomes.js';
import { HandBack, type Possession } from './possession.js';
import { Preparing } from './preparing.js';
import { Recording, type Step } from './recording.js';
import { Refusals } from './refusals.js';

/** How long to wait for the other publications of the channel before what only looks alike is looked at again. */
const OTHERS_FIRST_MS = 60_000;
const AMBIGUOUS = 'What was found may be another publication that looks the same and is not visible yet.';
/** What a platform accepted and has not shown by then is for a person to look at. */
const LONGEST_PROCESSING_MS = 24 * 3_600_000;

/** What follows from looking: after an unknown outcome, and before anything that was ever fenced is sent again. */
@Injectable()
export class Reconciling {
  constructor(
    private readonly preparing: Preparing,
    private readonly looking: Looking,
    private readonly recording: Recording,
    private readonly outcomes: Outcomes,
    private readonly refusals: Refusals,
  ) {}

  /** The fence is open and nobody knows what became of it: the publication was found in `committing`. */
  async afterFence(possession: Possession, open: OpenChannel | undefined): Promise<Step> {
    const segment = possession.segments.find((candidate) => candidate.fences > 0 && candidate.outcome === null);
    if (!segment) throw new Error(`Publication ${possession.record.id} is committing without an open fence.`);
    const { accepted_at: accepted } = possession.record;
    if (!accepted && segment.settled_at && possession.now() < segment.settled_at) {
      const why = 'The platform may still be applying it.';
      await this.outcomes.lookAt(possession, segment.settled_at, { segment: segment.position, why });
      return 'ended';
    }
    if (!open) {
      const failure = genericFailure('auth', 'The platform');
      const evidence = { segment: segment.position, account: 'disconnected' };
      await this.refusals.lookLater(possession, segment, 'The platform', failure, evidence);
      return 'ended';
    }
    const exchanges: Exchange[] = [];
    const began = possession.now();
    const found = await this.look(possession, open, segment, exchanges);
    possession.meet(open, began, exchanges, 'couldNot' in found ? found.couldNot : undefined);
    if ('couldNot' in found) {
      const evidence: JsonObject = { segment: segment.position, ...exchangesOf(exchanges) };
      await this.refusals.couldNotLook(possession, open, segment, found.couldNot, evidence);
      return 'ended';
    }
    return this.conclude(possession, open, segment, found);
  }

  /** Anything that was ever fenced is looked for before it is sent again, also when a person asked for it. */
  async beforeAnotherTry(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    draft: SegmentDraft,
    exchanges: Exchange[],
  ): Promise<Step | 'send'> {
    const found = await this.looking.look(possession, open, segment, draft, exchanges);
    exchanges.length = 0;
    const { told } = found;
    // The platform's word that nothing happened, or an earlier look's, is not weakened by one that shows less.
    const known = !segment.uncertain && (segment.outcome === 'refused' || segment.outcome === 'absent');
    switch (found.outcome) {
      case 'published':
        return this.recording.record(possession, open, segment, found.receipt, told);
      case 'absent':
        await this.outcomes.goOn(possession, { segment, outcome: 'absent', told });
        return 'send';
      case 'repeatable':
        await this.outcomes.goOn(possession, { segment, outcome: knownOr(segment, known), told });
        return 'send';
      case 'refused':
        await this.outcomes.goOn(possession, { segment, outcome: 'rejected', told });
        return 'send';
      case 'ambiguous':
        await this.outcomes.handBack(possession, AMBIGUOUS, this.afterOthers(possession));
        return 'ended';
      case 'pending':
        await this.stillPending(possession, open, segment, found);
        return 'ended';
      case 'unknown':
        if (known) {
          await this.outcomes.goOn(possession, { segment, outcome: knownOr(segment, known), told });
          return 'send';
        }
        await this.outcomes.unconfirmed(possession, open.adapter.manifest.name, told.evidence ?? {});
        return 'ended';
    }
  }

  private afterOthers(possession: Possession): Date {
    return new Date(possession.now().getTime() + OTHERS_FIRST_MS);
  }

  /** Accepted, and not to be seen yet: looked at again for a day, and by a person after that. */
  private async pending(
    possession: Possession,
    { adapter: { manifest } }: OpenChannel,
    segment: SegmentRecord,
    { told, checkAt }: Look & { outcome: 'pending' },
  ): Promise<void> {
    if (isPatienceOver(possession, segment)) {
      const why = `${manifest.name} accepted it a day ago, and still does not show it.`;
      return this.outcomes.unconfirmed(possession, manifest.name, { ...told.evidence, why });
    }
    const what = `${manifest.name} still works on it.`;
    await this.outcomes.accepted(possession, what, checkAt, told);
  }

  /** Before another try, the platform turns out to work on an earlier one: that one is waited for. */
  private async stillPending(
    possession: Possession,
    { adapter: { manifest } }: OpenChannel,
    segment: SegmentRecord,
    found: Look & { outcome: 'pending' },
  ): Promise<void> {
    const { told, checkAt } = found;
    if (isPatienceOver(possession, segment)) {
      return this.outcomes.unconfirmed(possession, manifest.name, told.evidence ?? {});
    }
    const what = `${manifest.name} still works on what was sent before.`;
    await this.outcomes.waitFor(possession, new StillProcessing(what, checkAt), told.evidence ?? {});
  }

  /** What the platform accepted is not there: it was taken away, or is late. It is not sent again without a person's word. */
  private async vanished(
    possession: Possession,
    { adapter: { manifest } }: OpenChannel,
    segment: SegmentRecord,
    { told }: Look,
  ): Promise<void> {
    const { settled_at: settled } = segment;
    if (settled && possession.now() < settled) {
      return this.outcomes.lookAt(possession, settled, {
        ...told.evidence,
        why: 'The platform may still be applying it.',
      });
    }
    const why = `${manifest.name} accepted it, and shows nothing of it now.`;
    return this.outcomes.unconfirmed(possession, manifest.name, { ...told.evidence, why });
  }

  private async look(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    exchanges: Exchange[],
  ): Promise<Look | { couldNot: Failure }> {
    try {
      const { draft } = await this.preparing.compose(possession, segment);
      return await this.looking.look(possession, open, segment, draft, exchanges);
    } catch (error) {
      if (error instanceof LostPublicationError || error instanceof HandBack) throw error;
      possession.signal.throwIfAborted();
      return { couldNot: failureOf(open, error, possession.now()) ?? genericFailure('unavailable', 'ClickPost') };
    }
  }

  private async conclude(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    found: Look,
  ): Promise<Step> {
    const { name } = open.adapter.manifest;
    const { told } = found;
    switch (found.outcome) {
      case 'published':
        return this.recording.record(possession, open, segment, found.receipt, told);
      case 'ambiguous':
        if (isPatienceOver(possession, segment)) {
          await this.outcomes.unconfirmed(possession, name, told.evidence ?? {});
          return 'ended';
        }
        await this.outcomes.lookAt(possession, this.afterOthers(possession), { ...told.evidence, why: AMBIGUOUS });
        return 'ended';
      case 'pending':
        await this.pending(possession, open, segment, found);
        return 'ended';
      case 'refused':
        await this.outcomes.rejected(possession, segment, found.failure, told);
        return 'ended';
      case 'absent':
      case 'repeatable': {
        if (possession.record.accepted_at) {
          await this.vanished(possession, open, segment, found);
          return 'ended';
        }
        const why = found.outcome === 'absent' ? 'It is not there.' : 'Sending it again cannot make a second one.';
        const until = found.outcome === 'repeatable' ? { until: found.until } : {};
        const closing = { segment, outcome: found.outcome, told, ...until };
        await this.outcomes.retryOrFail(possession, genericFailure('unavailable', name), { why }, closing);
        return 'ended';
      }
      case 'unknown':
        await this.outcomes.unconfirmed(possession, name, told.evidence ?? {});
        return 'ended';
    }
  }
}

/** Whether the platform has worked on it for longer than anybody should wait. */
function isPatienceOver(possession: Possession, { fenced_at: fenced }: SegmentRecord): boolean {
  const since = possession.record.accepted_at ?? fenced ?? possession.now();
  return possession.now().getTime() - since.getTime() > LONGEST_PROCESSING_MS;
}

function knownOr(segment: SegmentRecord, known: boolean): 'refused' | 'absent' | 'repeatable' {
  if (!known) return 'repeatable';
  return segment.outcome === 'absent' ? 'absent' : 'refused';
}
