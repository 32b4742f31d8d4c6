import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { CONFIG, type Config, Database, Problem, rows } from '#kernel';

/** What is tried by whoever is not signed in, or not yet all the way. */
export type TryKind =
  'sign-up' | 'log-in' | 'second-factor' | 'password-reset' | 'verify-email' | 'facebook' | 'review-passcode';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
/** Tries of one address are counted over this many seconds. */
const ADDRESS_WINDOW_S = 10 * MINUTE_S;

/** How often one account may be tried: for unknown accounts the same, so that nobody learns which exist. */
interface AccountLimit {
  tries: number;
  /** In this many seconds, and locked for as long afterwards. */
  seconds: number;
}

const ACCOUNT_LIMITS: Readonly<Record<Exclude<TryKind, 'facebook'>, AccountLimit>> = {
  'log-in': { tries: 10, seconds: 15 * MINUTE_S },
  'second-factor': { tries: 10, seconds: 15 * MINUTE_S },
  'password-reset': { tries: 5, seconds: 60 * MINUTE_S },
  'verify-email': { tries: 5, seconds: 60 * MINUTE_S },
  'sign-up': { tries: 10, seconds: 60 * MINUTE_S },
  // A passcode may be four digits: within the life of its link there must be no time to try a part of them worth naming.
  'review-passcode': { tries: 10, seconds: 24 * HOUR_S },
};

const SWEEP_INTERVAL_MS = 3_600_000;
/** Longer than Redis takes where it is there; where it is not, the start goes on without it. */
const CONNECT_WITHIN_MS = 2_000;

/**
 * Counts tries to get in, for all processes together: in Redis where there is one, else in PostgreSQL. While that cannot
 * be reached each process counts for itself, so that neither everybody is locked out nor anybody may try without end.
 */
@Injectable()
export class Throttle implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Throttle.name);
  private readonly redis: Redis | undefined;
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private sweptAt = Date.now();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {
    const { redisUrl } = config;
    this.redis = redisUrl ? new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }) : undefined;
    let away = false;
    this.redis?.on('ready', () => (away = false));
    // It tries again by itself, and would say so each time.
    this.redis?.on('error', (error: Error) => {
      if (!away) this.logger.warn(`Redis is away, so each process counts tries for itself: ${error.message}`);
      away = true;
    });
  }

  /** So that no first tries are counted apart from the others, Redis is given a moment to answer. */
  async onModuleInit(): Promise<void> {
    if (!this.redis || this.redis.status === 'ready') return;
    const patience = AbortSignal.timeout(CONNECT_WITHIN_MS);
    await once(this.redis, 'ready', { signal: patience }).catch(() => undefined);
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }

  /** Counts a try from an address. @throws Problem 429 when it has too many */
  async fromAddress(kind: TryKind, ip: string | undefined): Promise<void> {
    await this.sweep();
    const limit = { tries: this.config.signInTriesPerAddress, seconds: ADDRESS_WINDOW_S };
    await this.count(`${kind}:address`, limit, networkOf(ip ?? 'unknown'));
  }

  /**
   * Counts a try on an account.
   * @param account its e-mail address as it was entered, or its id; for a passcode the id of its link
   * @throws Problem 429 when it has too many, whether or not there is such an account
   */
  async onAccount(kind: Exclude<TryKind, 'facebook'>, account: string): Promise<void> {
    await this.count(`${kind}:account`, ACCOUNT_LIMITS[kind], keyOf(account));
  }

  /** Forgets the tries on an account: who tried was its owner. */
  async forgive(kind: Exclude<TryKind, 'facebook'>, account: string): Promise<void> {
    await this.limiter(`${kind}:account`, ACCOUNT_LIMITS[kind]).delete(keyOf(account));
  }

  private async count(name: string, limit: AccountLimit, key: string): Promise<void> {
    try {
      await this.limiter(name, limit).consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw Problem.tooManyRequests(seconds, `There were too many tries. Wait ${inWords(seconds)}, then try again.`);
    }
  }

  private limiter(name: string, { tries, seconds }: AccountLimit): RateLimiterAbstract {
    const known = this.limiters.get(name);
    if (known) return known;
    const limit = { keyPrefix: name, points: tries, duration: seconds, blockDuration: seconds };
    const shared = { ...limit, insuranceLimiter: new RateLimiterMemory(limit) };
    const made = this.redis
      ? new RateLimiterRedis({ ...shared, storeClient: this.redis, rejectIfRedisNotReady: true })
      : new RateLimiterPostgres({
          ...shared,
          storeClient: this.store(),
          storeType: 'client',
          tableName: 'rate_limits',
          // The migration made it, and what has expired goes with `sweep`.
          ...{ tableCreated: true, clearExpiredByTimeout: false },
        });
    this.limiters.set(name, made);
    return made;
  }

  /** What the limiter takes for a client of PostgreSQL: there is no way past the roles of `Database`. */
  private store() {
    return {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const found = await this.database.identity((tx) => rows(tx, text, values));
        return { rows: found, rowCount: found.length };
      },
    };
  }

  private async sweep(): Promise<void> {
    if (this.redis || Date.now() - this.sweptAt < SWEEP_INTERVAL_MS) return;
    this.sweptAt = Date.now();
    await this.database.identity((tx) => tx.query('delete from rate_limits where expire < $1', [Date.now()]));
  }
}

/** Whoever has one address of IPv6 has the 64 bits below it as well. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [head = '', tail] = ip.split('::');
  const before = head.split(':').filter((part) => part !== '');
  const after = (tail ?? '').split(':').filter((part) => part !== '');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/** Addresses are of any length, and nobody who reads the counts needs to know them. */
function keyOf(account: string): string {
  return createHash('sha256').update(account.trim().toLowerCase()).digest('hex');
}

function inWords(seconds: number): string {
  if (seconds < 2 * MINUTE_S) return `${seconds} seconds`;
  if (seconds > 3 * HOUR_S) return `${Math.ceil(seconds / HOUR_S)} hours`;
  return `${Math.ceil(seconds / MINUTE_S)} minutes`;
}
