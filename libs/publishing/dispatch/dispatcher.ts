import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Queue } from 'bullmq';
import { v4 as uuid } from 'uuid';
import { CONFIG, type Config, Database, QUEUES, rows, type Transaction } from '#kernel';
import { FlowControl, FlowUpkeep, type Limit } from '../flow/index.js';
import { HoldSweep } from './hold-sweep.js';
import { INVITE } from './invite.js';
import { jobsOf, type PublishJob } from './jobs.js';

/** An invitation that nobody used after this long was lost on the way: another one is sent. */
const INVITATION_MS = 15_000;
/** Long enough that a round finds several to invite, and short beside what those in hand still have to do. */
const BUSY_PAUSE_MS = 100;
/** How often what is held, and what should be, is looked at again. */
const SWEEP_EVERY_MS = 5_000;

/** So many of what is due soonest are looked at in a round, and so many channels and organizations in turn, for each invitation there is room for. */
const SOONEST_PER_ROOM = 4;
const IN_TURN_PER_ROOM = 2;
const LEAST_LOOKED_AT = 100;
/** Before the first channel, or organization. */
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** A row of `INVITE`. */
interface RoundRow {
  room: number;
  backlog: boolean;
  after_channel: string | null;
  after_organization: string | null;
  /** Null when the round invites nobody. */
  id: string | null;
  invitation: string;
  delay_ms: number;
  /** Null for what only has to be looked up. */
  platform: string | null;
  practice: boolean;
  server: string;
}

/** Whose turn was last. */
interface Turn {
  channel: string;
  organization: string;
}

type InvitedRow = RoundRow & { id: string };

/**
 * Hands out what is due: a single-use invitation to each publication, with its exact delay. Any number of dispatchers may
 * run. Nothing depends on the queue: what it loses is invited again, what it doubles finds nothing to take.
 */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly stopped = new AbortController();
  private loop: Promise<void> | undefined;
  private lastSweep = -Infinity;
  /** What to go on after while there is a backlog. */
  private after: Turn = { channel: BEGINNING, organization: BEGINNING };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue(QUEUES.publish) private readonly queue: Queue<PublishJob>,
    private readonly database: Database,
    private readonly sweep: HoldSweep,
    private readonly flow: FlowControl,
    private readonly upkeep: FlowUpkeep,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  /** One round. Returns how many were invited. */
  async dispatch(): Promise<number> {
    return (await this.handOut()).invited;
  }

  /** @returns `again`: there may be more to hand out at once */
  private async handOut(): Promise<{ invited: number; again: boolean }> {
    const found = await this.database.engine((tx) => this.invite(tx));
    const [round] = found;
    if (!round) throw new Error('A dispatch round told nothing about itself.');
    const invited = found.filter((row): row is InvitedRow => row.id !== null);
    if (round.backlog) {
      this.after = { channel: round.after_channel ?? BEGINNING, organization: round.after_organization ?? BEGINNING };
    }
    const jobs = jobsOf(
      invited.map(({ id, invitation, delay_ms: delayMs }) => ({ publicationId: id, invitation, delayMs })),
    );
    if (jobs.length > 0) {
      await this.queue.addBulk(
        jobs.map(({ data, delayMs }) => ({ name: QUEUES.publish, data, opts: { delay: delayMs, jobId: uuid() } })),
      );
    }
    // No room is soon over; a backlog is looked through to its end before it is left alone for a while.
    const again = invited.length > 0 || round.room === 0 || (round.backlog && round.after_channel !== null);
    return { invited: invited.length, again };
  }

  private async invite(tx: Transaction): Promise<RoundRow[]> {
    const { horizonMs, concurrency } = this.config.publish;
    const limits = await this.flow.limits(tx);
    const parameters = inviteParameters({ horizonMs, room: concurrency * 2, limits, after: this.after });
    const found = await rows<RoundRow>(tx, INVITE, parameters);
    const counted = found.flatMap(({ id, platform, practice, server }) =>
      id !== null && platform !== null ? [{ id, platform, practice, server }] : [],
    );
    await this.flow.noteInvited(tx, limits, counted);
    return found;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const again = await this.round();
      await pause(again ? BUSY_PAUSE_MS : this.config.publish.pollMs, this.stopped.signal);
    }
  }

  /** Whether the next round should come at once. */
  private async round(): Promise<boolean> {
    try {
      const { again } = await this.handOut();
      if (performance.now() - this.lastSweep < SWEEP_EVERY_MS) return again;
      await this.sweep.sweep();
      await this.upkeep.tend();
      this.lastSweep = performance.now();
      return again;
    } catch (error) {
      // The database or the queue is away: the next round finds everything as it is.
      this.logger.warn({ err: error }, 'A dispatch round did not succeed.');
      return false;
    }
  }
}

/** The parameters of `INVITE`. `room`: invitations that may be open at once. */
export function inviteParameters(input: {
  horizonMs: number;
  room: number;
  limits: readonly Limit[];
  after: Turn;
}): unknown[] {
  const { horizonMs, room, limits, after } = input;
  return [
    horizonMs / 1000,
    room,
    INVITATION_MS / 1000,
    JSON.stringify(limits),
    after.channel,
    after.organization,
    Math.max(LEAST_LOOKED_AT, room * SOONEST_PER_ROOM),
    Math.max(LEAST_LOOKED_AT, room * IN_TURN_PER_ROOM),
  ];
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
