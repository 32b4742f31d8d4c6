import { Injectable } from '@nestjs/common';
import session, { type SessionData } from 'express-session';
import { v7 as uuid } from 'uuid';
import { Database, hashToken, row, type Transaction } from '#kernel';
import { StoredSession } from './entities.js';

/** A session ends after this many days without a request. */
export const SESSION_IDLE_DAYS = 14;
/** And after this many days in any case. */
const SESSION_ABSOLUTE_DAYS = 90;

/** How often a process removes expired sessions. They are dead before that: every read looks at the expiry. */
const SWEEP_INTERVAL_MS = 3_600_000;

/** What a session remembers of who signed in, and from where; passport keeps it under `passport.user`. */
export interface SessionSubject {
  userId: string;
  organizationId: string;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** Whoever has shown the password alone stands beside it: a new password ends both. */
type Data = SessionData & { passport?: { user?: SessionSubject }; secondFactor?: SessionSubject };
type Callback<T = void> = (error?: unknown, result?: T) => void;

const EXPIRY = `least(now() + interval '${SESSION_IDLE_DAYS} days',
                      sessions.created_at + interval '${SESSION_ABSOLUTE_DAYS} days')`;

/** Sessions of browsers in PostgreSQL, as express-session wants them. The id itself is stored nowhere. */
@Injectable()
export class SessionStore extends session.Store {
  private sweptAt = 0;

  constructor(private readonly database: Database) {
    super();
  }

  override get(id: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    const found = this.database.identity((tx) =>
      row<{ data: SessionData }>(tx, 'select data from sessions where id_hash = $1 and expires_at > now()', [
        hashToken(id),
      ]),
    );
    settle(
      found.then((session) => session?.data ?? null),
      callback,
    );
  }

  override set(id: string, data: Data, callback: Callback = ignore): void {
    const subject = data.passport?.user ?? data.secondFactor;
    const { userId = null, organizationId = null } = subject ?? {};
    const values = [hashToken(id), userId, organizationId, JSON.stringify(data), uuid()];
    settle(
      this.database.identity(async (tx) => {
        await this.sweep(tx);
        await tx.query(
          `insert into sessions (id_hash, user_id, organization_id, data, id, expires_at)
           values ($1, $2, $3, $4, $5, now() + interval '${SESSION_IDLE_DAYS} days')
           on conflict (id_hash) do update set user_id = excluded.user_id, organization_id = excluded.organization_id,
             data = excluded.data, last_seen_at = now(), expires_at = ${EXPIRY}`,
          values,
        );
      }),
      callback,
    );
  }

  /** Extends a session that is in use; at most once a minute, so that a page of requests writes once. */
  override touch(id: string, _data: SessionData, callback: Callback = ignore): void {
    settle(
      this.database.identity(async (tx) => {
        await tx.query(
          `update sessions set last_seen_at = now(), expires_at = ${EXPIRY}
            where id_hash = $1 and last_seen_at < now() - interval '1 minute'`,
          [hashToken(id)],
        );
      }),
      callback,
    );
  }

  override destroy(id: string, callback: Callback = ignore): void {
    settle(
      this.database.identity(async (tx) => {
        await tx.getRepository(StoredSession).delete({ idHash: hashToken(id) });
      }),
      callback,
    );
  }

  private async sweep(tx: Transaction): Promise<void> {
    if (Date.now() - this.sweptAt < SWEEP_INTERVAL_MS) return;
    this.sweptAt = Date.now();
    await tx.query('delete from sessions where expires_at <= now()');
  }
}

/** express-session leaves callbacks out only where it does not care for the outcome. */
function ignore(): void {}

function settle<T>(promise: Promise<T>, callback: (error: unknown, result?: T) => void): void {
  promise.then(
    (result) => callback(null, result),
    (error: unknown) => callback(error),
  );
}
