import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { v4 as uuid } from 'uuid';
import { CLOCK, type Clock, Database, row } from '#kernel';
import { type Failure, type JsonObject } from '#platforms/core';
import { ConnectionStore } from './connection-store.js';
import { merged } from './credentials.js';
import { type CallOptions, type OpenConnection } from './platform-access.js';
import { type ConnectionRecord } from './records.js';
import { renewalPause } from './renewal.js';
import { purseOf, settle } from './spending.js';

/** Longer than any refresh request may take. */
const REFRESH_LEASE_SECONDS = 60;
/** How long storing a new pair is tried; within the lease. */
const KEEP_TRYING_MS = 20_000;
const KEEP_PAUSE_MS = 250;

type RefreshedCredentials = { credentials: JsonObject; expiresAt?: Date };

/** How a refresh ended. `renewed` = newer credentials are stored, by us or somebody else: open the channel again. */
export type RefreshOutcome = 'renewed' | 'busy' | 'not-refreshable' | { dead: Failure } | { failed: Failure };

/** Renews tokens under a lease that works across processes; never a transaction across HTTP. */
@Injectable()
export class TokenRefresh {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: Database,
    private readonly store: ConnectionStore,
  ) {}

  /** Renews the credentials that `open` was opened with. A network error is never a dead token. */
  async refresh(open: OpenConnection, options: CallOptions): Promise<RefreshOutcome> {
    const { adapter, connection } = open;
    if (!adapter.refresh) return 'not-refreshable';
    const lease = uuid();
    const held = await this.lease(connection, lease);
    if (held !== 'leased') return held;
    const purse = purseOf(open);
    const context = open.context({ ...options, spend: purse.spend });
    let next: RefreshedCredentials;
    try {
      next = await adapter.refresh(context);
    } catch (error) {
      const failure = adapter.classify(error, this.clock.now());
      const dead = failure.kind === 'auth' && (await this.markDead(connection, failure));
      await this.release(connection.id, lease, failure);
      if (failure.kind !== 'auth') return { failed: failure };
      return dead ? { dead: failure } : 'renewed';
    } finally {
      await settle(this.database, purse);
    }
    const credentials = merged(context.credentials, next.credentials);
    // A token that is too young to be renewed is handed back as it is, and ends when it ends.
    const same = next.expiresAt === undefined && isDeepStrictEqual(credentials, context.credentials);
    await this.keep(connection, { ...next, credentials, same });
    return 'renewed';
  }

  /** The old pair is used up: the new one must not be lost because the database restarts in this very moment. */
  private async keep(connection: ConnectionRecord, next: RefreshedCredentials & { same: boolean }): Promise<void> {
    const begun = this.clock.monotonic();
    for (;;) {
      try {
        await this.database.engine((tx) => this.store.rotate(tx, connection, next));
        return;
      } catch (error) {
        if (this.clock.monotonic() - begun > KEEP_TRYING_MS) throw error;
        await wait(KEEP_PAUSE_MS);
      }
    }
  }

  /** Only a refusal of the current generation counts: false when newer credentials are already there. */
  async markDead(connection: ConnectionRecord, failure: Failure): Promise<boolean> {
    return this.database.engine((tx) => this.store.markDead(tx, connection, failure));
  }

  private async lease(connection: ConnectionRecord, lease: string): Promise<'leased' | 'renewed' | 'busy'> {
    return this.database.engine(async (tx) => {
      const leased = await row(
        tx,
        `update connections set refresh_lease = $3, refresh_leased_until = now() + make_interval(secs => $4)
          where id = $1 and credential_generation = $2
            and (refresh_leased_until is null or refresh_leased_until < now()) returning id`,
        [connection.id, connection.credential_generation, lease, REFRESH_LEASE_SECONDS],
      );
      if (leased) return 'leased';
      const current = await row<{ credential_generation: number }>(
        tx,
        'select credential_generation from connections where id = $1',
        [connection.id],
      );
      return current?.credential_generation === connection.credential_generation ? 'busy' : 'renewed';
    });
  }

  /** Ends a try that did not succeed; the next one ahead of expiry comes after a growing pause. */
  private async release(connectionId: string, lease: string, failure: Failure): Promise<void> {
    await this.database.engine((tx) =>
      tx.query(
        `update connections set refresh_lease = null, refresh_leased_until = null, renew_failures = renew_failures + 1,
                last_failure = $4, last_failure_at = now(), renew_at = case when renew_at is not null
                  then greatest(now() + ${renewalPause('renew_failures')}, $3::timestamptz) end
          where id = $1 and refresh_lease = $2`,
        [connectionId, lease, failure.retryAt ?? null, JSON.stringify(failure)],
      ),
    );
  }
}
