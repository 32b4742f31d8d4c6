import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { type OpenChannel } from '#channels';
import { CONFIG, type Config, Database, violatedUnique } from '#kernel';
import { type Receipt, type StillProcessing } from '#platforms/core';
import {
  claimedByLikeness,
  type LogEntry,
  type LogKind,
  LostPublicationError,
  type SegmentRecord,
} from '../store/index.js';
import { Outcomes } from './outcomes.js';
import { type Possession } from './possession.js';

/** Whether the runner goes on with the next segment, or the publication is out of its hand. */
export type Step = 'next' | 'ended';

/** The constraint that an object belongs to one segment alone. */
const OWNED = 'segments_platform_object';
const PAUSE_MS = 250;
/** When a look found what somebody else claimed in that moment. */
const LOOK_AGAIN_MS = 1_000;
/** How much longer a worker that stops tries to record what it knows. */
const WHILE_STOPPING_MS = 2_000;

/** Writes down what is visible. */
@Injectable()
export class Recording {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly outcomes: Outcomes,
  ) {}

  /**
   * Records a receipt, for as long as the lease may last: the database may be restarting right now. Whoever takes over
   * after that looks on the platform.
   */
  async record(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    receipt: Receipt,
    { kind, evidence }: LogEntry,
  ): Promise<Step> {
    const story: LogEntry = { kind, evidence: { ...evidence, platformObjectId: receipt.id } };
    try {
      await this.keepTrying(possession, () => this.outcomes.visible(possession, segment, receipt, story));
      return segment.id === possession.segments.at(-1)?.id ? 'ended' : 'next';
    } catch (error) {
      if (violatedUnique(error) !== OWNED) throw error;
      return this.claimed(possession, open, segment, receipt, kind);
    }
  }

  /** Records that the platform accepted it and still works on it, with what it called that: as long as a receipt. */
  async accepted(
    possession: Possession,
    { id }: SegmentRecord,
    { what, checkAt, accepted }: StillProcessing,
    told: LogEntry,
  ): Promise<void> {
    const segment = accepted && { id, set: { accepted } };
    await this.keepTrying(possession, () => this.outcomes.accepted(possession, what, checkAt, told, segment));
  }

  private async keepTrying(possession: Possession, write: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (error instanceof LostPublicationError || violatedUnique(error) === OWNED) throw error;
        const lasts = possession.signal.aborted ? WHILE_STOPPING_MS : this.config.publish.leaseMs;
        if (performance.now() - begun > lasts) throw error;
        await wait(PAUSE_MS);
      }
    }
  }

  /**
   * The object is another publication's. What a look took for ours was claimed by somebody else in that moment, and the next
   * look leaves it out. As an answer to the commit it is no proof of ours, unless the other one only looks the same: then
   * what our key had made counts for the other, whose own request came to nothing, and ours is made anew.
   */
  private async claimed(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    receipt: Receipt,
    kind: LogKind,
  ): Promise<Step> {
    const why = 'The platform named an object that already belongs to another publication.';
    const evidence = { why, platformObjectId: receipt.id };
    const anew = 'What this key had made counts for a publication with the same content, so it is sent once more.';
    const soon = new Date(possession.now().getTime() + LOOK_AGAIN_MS);
    const { name } = open.adapter.manifest;
    if (kind !== 'reconciled') {
      const alike = await this.database.engine((tx) => claimedByLikeness(tx, segment, receipt.id));
      if (alike) await this.outcomes.beginAnew(possession, segment, soon, { ...evidence, why: anew });
      else await this.outcomes.unconfirmed(possession, name, evidence);
    } else if (possession.record.state === 'committing') await this.outcomes.lookAt(possession, soon, evidence);
    else await this.outcomes.handBack(possession, why, soon);
    return 'ended';
  }
}
