import { Inject, Injectable } from '@nestjs/common';
import { type OpenChannel, PlatformAccess, type Purse, purseOf, settle, TokenRefresh } from '#channels';
import { CONFIG, type Config, Database, type Exchange } from '#kernel';
import { type AccountContext, type Failure } from '#platforms/core';
import { disconnected } from './failures.js';

/** One call at the most; a person waits for the answer. */
const CALL_TIMEOUT_MS = 15_000;
/** A token with less left than this is renewed before it is used. */
const REFRESH_AHEAD_MS = 60_000;

/** A call for a person who waits: what came of it, or why nothing did. */
export type Asked<T> = { answer: T } | { failure: Failure };

/** What was said in calls, and what they used that has a price. */
export interface Heard {
  exchanges: Exchange[];
  purse: Purse;
}

/** Speaks to platforms for people who wait for the answer: with live credentials, and at most twice. */
@Injectable()
export class ChannelDoor {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly access: PlatformAccess,
    private readonly tokens: TokenRefresh,
  ) {}

  /** The channel with credentials. @throws Problem 409 where it has none */
  async open(channelId: string): Promise<OpenChannel> {
    const find = () => this.database.engine((tx) => this.access.open(tx, channelId));
    const open = await find();
    if (!open) throw disconnected();
    const expires = open.connection.expires_at;
    if (!expires || expires.getTime() - Date.now() > REFRESH_AHEAD_MS) return open;
    await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs });
    return (await find()) ?? open;
  }

  /**
   * Makes a call that does no harm when it is made twice: once more with newer tokens after a refused sign-in, and once more
   * where the answer was lost. What it used that has a price is written down at once.
   */
  async ask<T>(open: OpenChannel, call: (context: AccountContext) => Promise<T>): Promise<Asked<T>> {
    const purse = purseOf(open);
    try {
      return await this.tell(open, { exchanges: [], purse }, call);
    } finally {
      await settle(this.database, purse);
    }
  }

  /** The same, where what was said and spent is told by an entry of the log: whoever asks writes both down. */
  async tell<T>(open: OpenChannel, heard: Heard, call: (context: AccountContext) => Promise<T>): Promise<Asked<T>> {
    const first = await this.once(open, heard, call);
    if ('answer' in first) return first;
    switch (first.failure.kind) {
      case 'auth': {
        const newer = await this.renewed(open, first.failure);
        return newer ? this.once(newer, heard, call) : first;
      }
      case 'unavailable':
      case 'unknown':
        return this.once(open, heard, call);
      case 'permission':
      case 'rate-limit':
      case 'media':
      case 'content':
      case 'duplicate':
        return first;
    }
  }

  private async once<T>(
    open: OpenChannel,
    { exchanges, purse }: Heard,
    call: (context: AccountContext) => Promise<T>,
  ): Promise<Asked<T>> {
    const record = (exchange: Exchange) => exchanges.push(exchange);
    const context = open.context({ timeoutMs: CALL_TIMEOUT_MS, record, spend: purse.spend });
    try {
      return { answer: await call(context) };
    } catch (error) {
      return { failure: open.adapter.classify(error, context.now()) };
    }
  }

  private async renewed(open: OpenChannel, failure: Failure): Promise<OpenChannel | undefined> {
    const outcome = await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs });
    if (outcome === 'not-refreshable') await this.tokens.markDead(open.connection, failure);
    if (outcome !== 'renewed') return undefined;
    return this.database.engine((tx) => this.access.open(tx, open.channel.id));
  }
}
