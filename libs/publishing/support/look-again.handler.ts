import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  costsAsEvidence,
  type OpenChannel,
  PlatformAccess,
  type Purse,
  purseOf,
  settle,
  TokenRefresh,
} from '#channels';
import { CONFIG, type Config, Database, type Exchange, type OutboxHandler, type OutboxMessage, publish } from '#kernel';
import { Renditions } from '#media';
import { type Failure, genericFailure, type Reconciliation } from '#platforms/core';
import { callAdapter, failureOf } from '../runner/calls.js';
import { composeSegment } from '../runner/compose.js';
import { claimedByOthers, learntOf } from '../store/index.js';
import { LOOK_AGAIN, type LookAgain } from './by-hand.js';
import { doubtful, type Doubtful, evidenceOf, writeDown, writeFailure } from './look-again.js';

const LOOK_TIMEOUT_MS = 20_000;
/** A token with less left than this is renewed before it is used. */
const REFRESH_AHEAD_MS = 60_000;
/** Waits after looks that could not be done because the platform was away or asked to slow down, in seconds. */
const AGAIN_AFTER_SECONDS = [30, 120, 600];

/**
 * Looks on the platform for an unconfirmed publication, because a person asked for it. It sends nothing: what is found is
 * published, what is not stays unconfirmed with the evidence in its log.
 */
@Injectable()
export class LookAgainHandler implements OutboxHandler {
  readonly topic = LOOK_AGAIN;
  private readonly logger = new Logger(LookAgainHandler.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly access: PlatformAccess,
    private readonly tokens: TokenRefresh,
    private readonly media: Renditions,
  ) {}

  async handle(message: OutboxMessage): Promise<void> {
    const request = readRequest(message);
    const doubt = await doubtful(this.database, request.publicationId);
    if (!doubt) return;
    const open = await this.open(doubt);
    const exchanges: Exchange[] = [];
    const purse = open && purseOf(open, doubt.record.id);
    if (!open || !purse) return this.couldNot(message, doubt, genericFailure('auth', 'The platform'), exchanges);
    let found: Reconciliation;
    try {
      found = await this.look(open, doubt, exchanges, purse);
    } catch (error) {
      const failure = failureOf(open, error, doubt.now);
      if (!failure) throw error;
      return await this.couldNot(message, doubt, failure, exchanges);
    } finally {
      await settle(this.database, purse);
    }
    await writeDown(this.database, open, doubt, { found, exchanges });
  }

  private async open({ record, now }: Doubtful): Promise<OpenChannel | undefined> {
    const find = () => this.database.engine((tx) => this.access.open(tx, record.channel_id));
    const open = await find();
    const expires = open?.connection.expires_at;
    if (!open || !expires || expires.getTime() - now.getTime() > REFRESH_AHEAD_MS) return open;
    await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs });
    return find();
  }

  private async look(open: OpenChannel, doubt: Doubtful, exchanges: Exchange[], purse: Purse): Promise<Reconciliation> {
    const { prepared, first_fenced_at: since } = doubt.segment;
    if (prepared === null || since === null) {
      return { outcome: 'unknown', evidence: { why: 'Nothing is known by which it could be looked for.' } };
    }
    const { draft } = await composeSegment(this.media, doubt.record, doubt.segments, doubt.segment);
    const claimed = await this.database.engine((tx) => claimedByOthers(tx, doubt.segment));
    const context = open.context({
      timeoutMs: LOOK_TIMEOUT_MS,
      record: (exchange) => exchanges.push(exchange),
      spend: purse.spend,
      now: () => doubt.now,
    });
    const input = { prepared, draft, since, claimed, ...learntOf(doubt.segment) };
    const answer = await callAdapter(() => open.adapter.reconcile(context, input));
    const found = { ...answer, evidence: { ...answer.evidence, ...costsAsEvidence(purse.spent) } };
    if (found.outcome !== 'published' || !claimed.has(found.receipt.id)) return found;
    const why = 'What was found belongs to another publication.';
    return { outcome: 'unknown', evidence: { ...found.evidence, why } };
  }

  /** Only what passes by itself is tried again, and not for ever: a person asked, and waits for an answer. */
  private async couldNot(
    message: OutboxMessage,
    doubt: Doubtful,
    failure: Failure,
    exchanges: readonly Exchange[],
  ): Promise<void> {
    const request = readRequest(message);
    const passes = failure.kind === 'unavailable' || failure.kind === 'rate-limit';
    const seconds = passes ? AGAIN_AFTER_SECONDS[request.failures] : undefined;
    const evidence = evidenceOf(doubt, 'unknown', { why: `It could not be looked up. ${failure.message}` }, exchanges);
    this.logger.debug({ publicationId: doubt.record.id, kind: failure.kind }, 'A look could not be done.');
    if (seconds === undefined) return writeFailure(this.database, doubt, { failure, evidence });
    const asked = failure.retryAt === undefined ? 0 : Date.parse(failure.retryAt);
    const at = new Date(Math.max(doubt.now.getTime() + seconds * 1_000, asked));
    const told = { failure, evidence: { ...evidence, at: at.toISOString() } };
    await writeFailure(this.database, doubt, told, (tx) =>
      publish(tx, {
        organizationId: message.organizationId,
        topic: LOOK_AGAIN,
        payload: { ...request, failures: request.failures + 1 },
        notBefore: at,
      }),
    );
  }
}

function readRequest({ payload }: OutboxMessage): LookAgain {
  return { publicationId: String(payload['publicationId']), failures: Number(payload['failures'] ?? 0) };
}
