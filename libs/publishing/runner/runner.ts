import { Inject, Injectable, Logger } from '@nestjs/common';
import { hostname } from 'node:os';
import { type OpenChannel, PlatformAccess, TokenRefresh } from '#channels';
import { CONFIG, type Config, Database } from '#kernel';
import { genericFailure } from '#platforms/core';
import { type Actor, LostPublicationError } from '../store/index.js';
import { Delivery } from './delivery.js';
import { closedGate } from './gates.js';
import { Outcomes } from './outcomes.js';
import { HandBack, type Invitation, Possession } from './possession.js';

/** A token with less left than this is renewed before it is used. */
const REFRESH_AHEAD_MS = 60_000;
const REFRESH_TIMEOUT_MS = 20_000;

/** Carries out invitations: takes possession, delivers segment by segment, and tells how it ended. */
@Injectable()
export class PublicationRunner {
  private readonly logger = new Logger(PublicationRunner.name);
  private readonly actor: Actor = { type: 'worker', id: `${hostname()}:${process.pid}` };
  private readonly inHand = new Map<Possession, Promise<void>>();
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly access: PlatformAccess,
    private readonly tokens: TokenRefresh,
    private readonly delivery: Delivery,
    private readonly outcomes: Outcomes,
  ) {}

  /** Runs one invitation to its end. Nothing happens when it was used or withdrawn. */
  async run(invitation: Invitation): Promise<void> {
    if (this.stopping) return;
    const possession = await Possession.take(this.database, this.actor, this.config.publish.leaseMs, invitation);
    if (!possession) return;
    const work = this.attempt(possession).finally(() => {
      possession.close();
      this.inHand.delete(possession);
    });
    this.inHand.set(possession, work);
    await work;
  }

  /** Publications in hand. */
  get active(): number {
    return this.inHand.size;
  }

  /** Fences nothing any more, waits for requests in flight, hands back the rest. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const possession of this.inHand.keys()) possession.abort(new HandBack('The worker stops.'));
    await Promise.allSettled(this.inHand.values());
  }

  private async attempt(possession: Possession): Promise<void> {
    try {
      await this.deliver(possession);
    } catch (error) {
      await this.unexpected(possession, error);
    }
  }

  private async deliver(possession: Possession): Promise<void> {
    const open = await this.open(possession);
    if (possession.record.state === 'committing') {
      if (!open) return this.cannotLook(possession);
      if ((await this.delivery.lookAfterFence(possession, open)) === 'ended') return;
    }
    if (!open || (await this.closed(possession))) return this.holdOrHandBack(possession);
    for (const segment of possession.segments) {
      if (segment.outcome === 'published') continue;
      if ((await this.delivery.deliver(possession, open, segment)) === 'ended') return;
    }
  }

  /** The channel with live credentials, or undefined when there are none. */
  private async open(possession: Possession): Promise<OpenChannel | undefined> {
    const find = () => this.database.engine((tx) => this.access.open(tx, possession.record.channel_id));
    const open = await find();
    const expires = open?.connection.expires_at;
    if (!open || !expires || expires.getTime() - possession.now().getTime() > REFRESH_AHEAD_MS) return open;
    await this.tokens.refresh(open, { timeoutMs: REFRESH_TIMEOUT_MS });
    return find();
  }

  private async closed(possession: Possession): Promise<boolean> {
    const begun = possession.segments.some((segment) => segment.outcome === 'published');
    const reason = await this.database.engine((tx) => closedGate(tx, possession.record));
    return reason !== undefined && !(reason === 'too-late' && begun);
  }

  private async holdOrHandBack(possession: Possession): Promise<void> {
    const held = await this.outcomes.hold(possession, 'channel-disconnected');
    if (!held) await this.outcomes.handBack(possession, 'The way is free again.');
  }

  private async cannotLook(possession: Possession): Promise<void> {
    const at = new Date(possession.now().getTime() + 60_000);
    const failure = genericFailure('auth', 'The platform');
    await this.outcomes.lookAt(possession, at, failure, {
      why: 'The account is disconnected: it cannot be looked up.',
    });
  }

  /** Everything that no rule foresaw. Before the fence it is an ordinary failure; after it, only a look leads out. */
  private async unexpected(possession: Possession, error: unknown): Promise<void> {
    if (error instanceof LostPublicationError) return; // Somebody changed it: theirs counts.
    const reason: unknown = possession.signal.aborted ? possession.signal.reason : error;
    if (reason instanceof LostPublicationError) return;
    const { id, state } = possession.record;
    try {
      if (reason instanceof HandBack && state !== 'committing') {
        await this.outcomes.handBack(possession, reason.message);
        return;
      }
      this.logger.error({ err: error, publicationId: id }, 'Publishing met something unexpected.');
      // In `committing` the row keeps its time to be looked at; its lease runs out by itself.
      if (state === 'committing') return;
      const failure = {
        ...genericFailure('unknown', 'ClickPost'),
        message: 'Something unexpected happened inside ClickPost before anything was sent.',
        remedy: 'It is tried again; if it fails for good, tell support the id of this publication.',
      };
      await this.outcomes.retryOrFail(possession, failure, { error: error instanceof Error ? error.name : 'unknown' });
    } catch (second) {
      if (second instanceof LostPublicationError) return;
      // The database is away: the lease runs out, and the dispatcher hands it out again.
      this.logger.warn({ err: second, publicationId: id }, 'A publication was left to its lease.');
    }
  }
}
