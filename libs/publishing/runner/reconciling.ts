import { Injectable } from '@nestjs/common';
import { type OpenChannel } from '#channels';
import { type Exchange } from '#kernel';
import { type Failure, genericFailure, type JsonObject, type SegmentDraft } from '#platforms/core';
import { LostPublicationError, type SegmentRecord } from '../store/index.js';
import { failureOf } from './calls.js';
import { type Look, Looking } from './looking.js';
import { exchangesOf, Outcomes } from './outcomes.js';
import { HandBack, type Possession } from './possession.js';
import { Preparing } from './preparing.js';
import { Recording, type Step } from './recording.js';
import { Refusals } from './refusals.js';

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
    if (segment.settled_at && possession.now() < segment.settled_at) {
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
    possession.meet(open, began, exchanges, 'failure' in found ? found.failure : undefined);
    if ('failure' in found) {
      const evidence: JsonObject = { segment: segment.position, ...exchangesOf(exchanges) };
      await this.refusals.couldNotLook(possession, open, segment, found.failure, evidence);
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
      case 'unknown':
        if (known) {
          await this.outcomes.goOn(possession, { segment, outcome: knownOr(segment, known), told });
          return 'send';
        }
        await this.outcomes.unconfirmed(possession, open.adapter.manifest.name, told.evidence ?? {});
        return 'ended';
    }
  }

  private async look(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    exchanges: Exchange[],
  ): Promise<Look | { failure: Failure }> {
    try {
      const { draft } = await this.preparing.compose(possession, segment);
      return await this.looking.look(possession, open, segment, draft, exchanges);
    } catch (error) {
      if (error instanceof LostPublicationError || error instanceof HandBack) throw error;
      possession.signal.throwIfAborted();
      return { failure: failureOf(open, error, possession.now()) ?? genericFailure('unavailable', 'ClickPost') };
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
      case 'absent':
      case 'repeatable': {
        const why = found.outcome === 'absent' ? 'It is not there.' : 'Sending it again cannot make a second one.';
        const closing = { segment, outcome: found.outcome, told };
        await this.outcomes.retryOrFail(possession, genericFailure('unavailable', name), { why }, closing);
        return 'ended';
      }
      case 'unknown':
        await this.outcomes.unconfirmed(possession, name, told.evidence ?? {});
        return 'ended';
    }
  }
}

function knownOr(segment: SegmentRecord, known: boolean): 'refused' | 'absent' | 'repeatable' {
  if (!known) return 'repeatable';
  return segment.outcome === 'absent' ? 'absent' : 'refused';
}
