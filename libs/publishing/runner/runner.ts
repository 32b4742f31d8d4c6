import { Inject, Injectable, Logger } from '@nestjs/common';
import { hostname } from 'node:os';
import { type OpenChannel, PlatformAccess, TokenRefresh } from '#channels';
import { CONFIG, type Config, Database, endWithin, isOutage, VaultError } from '#kernel';
import { type Actor, LostPublicationError } from '../store/index.js';
import { Delivery } from './delivery.js';
import { GroupCommit } from './group-commit.js';
import { lostKey, Outcomes, ownFault } from './outcomes.js';
import { decline, HandBack, Possession } from './possession.js';
import { Reconciling } from './reconciling.js';
import { Slots } from './slots.js';
import { type Invitation } from './take.js';

/** A token with less left than this is renewed before it is used. */
const REFRESH_AHEAD_MS = 60_000;
/** How much longer than one request a stop waits, for what has to be written down. */
const STOP_MARGIN_MS = 2_500;
const SOON_MS = 1_000;

/** Carries out invitations: takes possession, delivers segment by segment, and tells how it ended. */
@Injectable()
export class PublicationRunner {
  private readonly logger = new Logger(PublicationRunner.name);
  private readonly actor: Actor = { type: 'worker', id: `${hostname()}:${process.pid}` };
  private readonly work = new Set<Promise<void>>();
  private readonly inHand = new Set<Possession>();
  /** No more are in hand at once: as many again as may send, which are made ready meanwhile or write down their end. */
  private readonly slots: Slots;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly group: GroupCommit,
    private readonly access: PlatformAccess,
    private readonly tokens: TokenRefresh,
    private readonly delivery: Delivery,
    private readonly reconciling: Reconciling,
    private readonly outcomes: Outcomes,
  ) {
    this.slots = new Slots(2 * config.publish.concurrency);
  }

  /** Runs one invitation to its end, as soon as a slot is free. Nothing happens when it was used or withdrawn. */
  async run(invitation: Invitation): Promise<void> {
    const work = this.slots.use(() => this.carryOut(invitation)).finally(() => this.work.delete(work));
    this.work.add(work);
    await work;
  }

  /** Publications in hand. */
  get active(): number {
    return this.inHand.size;
  }

  /** Fences nothing any more, waits for requests in flight up to their T, hands back the rest. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const possession of this.inHand) possession.abort(stopped());
    const { startWithinMs, timeoutMs } = this.config.publish;
    const bound = startWithinMs + timeoutMs + STOP_MARGIN_MS;
    const ended = await endWithin(bound, () => Promise.allSettled(this.work));
    if (!ended) this.logger.warn(`${this.active} publications were cut off; they are looked up later.`);
  }

  private async carryOut(invitation: Invitation): Promise<void> {
    if (this.stopping) return decline(this.database, invitation);
    const { database, group, actor, config } = this;
    const means = { database, group, actor, leaseMs: config.publish.leaseMs };
    const possession = await Possession.take(means, invitation);
    if (!possession) return;
    this.inHand.add(possession);
    // The stop may have come while it was being taken.
    if (this.stopping) possession.abort(stopped());
    try {
      await this.attempt(possession);
    } finally {
      this.inHand.delete(possession);
      await possession.close();
    }
  }

  private async attempt(possession: Possession): Promise<void> {
    try {
      possession.signal.throwIfAborted();
      await this.deliver(possession);
    } catch (error) {
      await this.unexpected(possession, error);
    }
  }

  private async deliver(possession: Possession): Promise<void> {
    const open = await this.open(possession);
    if (possession.record.state === 'committing') {
      if ((await this.reconciling.afterFence(possession, open)) === 'ended') return;
    }
    if (!open || possession.closedAtFirst) return this.holdOrHandBack(possession);
    for (const segment of possession.segments) {
      if (segment.outcome === 'published') continue;
      if ((await this.delivery.deliver(possession, open, segment)) === 'ended') return;
    }
  }

  /** The channel with live credentials, or undefined when there are none. */
  private async open(possession: Possession): Promise<OpenChannel | undefined> {
    const open = await this.openStored(possession);
    const expires = open?.connection.expires_at;
    if (!open || !expires || expires.getTime() - possession.now().getTime() > REFRESH_AHEAD_MS) return open;
    await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs });
    return this.database.engine((tx) => this.access.open(tx, possession.record.channel_id));
  }

  /** After the fence, credentials that cannot be read are like none: it is looked up later, and in the end by a person. */
  private async openStored(possession: Possession): Promise<OpenChannel | undefined> {
    try {
      return await this.access.openStored(possession.channel);
    } catch (error) {
      if (!(error instanceof VaultError) || possession.record.state !== 'committing') throw error;
      this.logger.error({ err: error, publicationId: possession.record.id }, 'Credentials cannot be read.');
      return undefined;
    }
  }

  private async holdOrHandBack(possession: Possession): Promise<void> {
    const held = await this.outcomes.hold(possession);
    const soon = new Date(possession.now().getTime() + SOON_MS);
    if (!held) await this.outcomes.handBack(possession, 'The way is free again.', soon);
  }

  /** Everything that no rule foresaw. Before the fence it is an ordinary failure; after it, only a look leads out. */
  private async unexpected(possession: Possession, error: unknown): Promise<void> {
    if (error instanceof LostPublicationError) return; // Somebody changed it: theirs counts.
    const reason: unknown = possession.signal.aborted ? possession.signal.reason : error;
    if (reason instanceof LostPublicationError) return;
    const { id, state } = possession.record;
    try {
      if (reason instanceof HandBack) return await this.giveBack(possession, reason);
      if (isOutage(error)) return await this.giveBack(possession, new HandBack('The database was away.', SOON_MS));
      this.logger.error({ err: error, publicationId: id }, 'Publishing met something unexpected.');
      // In `committing` the row keeps its time to be looked at; its lease runs out by itself.
      if (state === 'committing') return;
      const evidence = { error: error instanceof Error ? error.name : 'unknown' };
      const failure = error instanceof VaultError ? lostKey() : ownFault();
      await this.outcomes.retryOrFail(possession, failure, evidence);
    } catch (second) {
      if (second instanceof LostPublicationError) return;
      // The database is away: the lease runs out, and the dispatcher hands it out again.
      this.logger.warn({ err: second, publicationId: id }, 'A publication was left to its lease.');
    }
  }

  private async giveBack(possession: Possession, reason: HandBack): Promise<void> {
    const at = new Date(possession.now().getTime() + reason.afterMs);
    if (possession.record.state !== 'committing') return this.outcomes.handBack(possession, reason.message, at);
    await this.outcomes.lookAt(possession, at, { why: reason.message });
  }
}

function stopped(): HandBack {
  return new HandBack('The worker stops.');
}
