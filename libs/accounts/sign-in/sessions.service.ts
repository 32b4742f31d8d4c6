import { Injectable } from '@nestjs/common';
import { Database, hashToken, Problem, rows, type Transaction } from '#kernel';
import { deviceWords } from './device.js';
import { recordByUser, type Where } from './where.js';

/** A browser in which somebody is signed in. */
export interface SessionSummary {
  id: string;
  /** In words: "Firefox on Windows". */
  device: string;
  /** Where it signed in from; null where that is not known. */
  ip: string | null;
  signedInAt: string;
  /** Accurate to a minute. */
  lastSeenAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
}

interface SessionRow {
  id: string;
  id_hash: string;
  ip: string | null;
  user_agent: string | null;
  created_at: Date;
  last_seen_at: Date;
}

/** The sessions of one person, wherever they are signed in. */
@Injectable()
export class SessionsService {
  constructor(private readonly database: Database) {}

  /** The one that asks first, then those seen last. */
  async list(userId: string, sessionId: string): Promise<SessionSummary[]> {
    const found = await this.database.identity((tx) =>
      rows<SessionRow>(
        tx,
        `select id, id_hash, data #>> '{passport,user,ip}' as ip, data #>> '{passport,user,userAgent}' as user_agent,
                created_at, last_seen_at
           from sessions where user_id = $1 and expires_at > now() and data #> '{passport,user}' is not null
          order by (id_hash = $2) desc, last_seen_at desc, id`,
        [userId, hashToken(sessionId)],
      ),
    );
    return found.map((session) => ({
      id: session.id,
      device: deviceWords(session.user_agent),
      ip: session.ip,
      signedInAt: session.created_at.toISOString(),
      lastSeenAt: session.last_seen_at.toISOString(),
      current: session.id_hash === hashToken(sessionId),
    }));
  }

  /** @throws Problem 404 when the person has no such session */
  async end(userId: string, id: string, where: Where): Promise<void> {
    await this.database.identity(async (tx) => {
      const ended = await rows(tx, 'delete from sessions where id = $1 and user_id = $2 returning 1', [id, userId]);
      if (ended.length === 0) throw Problem.notFound('There is no such session.');
      await recordByUser(tx, userId, { operation: 'endSession', where });
    });
  }

  /** Ends all but the one that asks. */
  async endOthers(userId: string, keep: string, where: Where): Promise<void> {
    await this.database.identity(async (tx) => {
      await endSessionsOf(tx, userId, keep);
      await recordByUser(tx, userId, { operation: 'endOtherSessions', where });
    });
  }
}

/**
 * Ends somebody's sessions. For `Database.identity`.
 * @param keep the id of one that stays
 */
export async function endSessionsOf(tx: Transaction, userId: string, keep?: string): Promise<void> {
  await tx.query('delete from sessions where user_id = $1 and id_hash is distinct from $2', [
    userId,
    keep === undefined ? null : hashToken(keep),
  ]);
}
