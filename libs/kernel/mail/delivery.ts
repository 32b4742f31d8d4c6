import { Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { type Config } from '../config/index.js';
import { type Database, row, rows } from '../database/index.js';
import { type SecretObject, type Vault } from '../vault/index.js';
import { type CheckedMail } from './letter.js';
import { purposeOf } from './mail-queue.js';
import { type MailTransport, openTransport } from './transport.js';

/** A mail is tried for so long, in days. */
export const GIVE_UP_DAYS = 3;
/** What became of a mail is known for so long, in days. */
export const KEEP_MAIL_DAYS = 30;

const BATCH = 6;
/** Longer than one try takes. */
const LEASE_SECONDS = 180;
/** Back-off between tries of one mail. */
const RETRY_SECONDS = [5, 30, 120, 600, 3_600, 10_800, 21_600];
const ERROR_MAX = 500;

interface LeasedMail {
  id: string;
  kind: string;
  body: string;
  lease: string;
}

/**
 * Sends what waits. Any number of workers may do it: each mail is leased. A worker that dies between the server's yes and
 * its own record leaves a mail that is sent once more, under the same Message-ID; none is lost.
 */
export class MailDelivery {
  private readonly logger = new Logger(MailDelivery.name);
  private transport: MailTransport | undefined;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly config: Config,
  ) {}

  /** One round: all that is due. @param stopped whether to begin no further mail */
  async deliver(stopped: () => boolean = () => false): Promise<void> {
    const { mail, production } = this.config;
    if (!mail) return production ? this.giveUpOld() : this.putIntoOutbox();
    this.transport ??= await openTransport(mail);
    const transport = this.transport;
    while (!stopped()) {
      const leased = await this.lease();
      if (leased.length === 0) return;
      await Promise.all(leased.map((one) => this.send(transport, one)));
    }
  }

  close(): void {
    this.transport?.close();
  }

  private lease(): Promise<LeasedMail[]> {
    return this.database.engine((tx) =>
      rows<LeasedMail>(
        tx,
        `with free as (
           select id from mails
            where sent_at is null and given_up_at is null and available_at <= now()
              and (leased_until is null or leased_until < now())
            order by available_at limit $1 for update skip locked)
         update mails m set lease = $2, leased_until = now() + make_interval(secs => $3), attempts = attempts + 1
           from free where m.id = free.id returning m.id, m.kind, m.body, m.lease`,
        [BATCH, uuid(), LEASE_SECONDS],
      ),
    );
  }

  private async send(transport: MailTransport, leased: LeasedMail): Promise<void> {
    const { id, body } = leased;
    try {
      await transport.send(id, await this.vault.decrypt<SecretObject & CheckedMail>(body, purposeOf(id)));
    } catch (error) {
      return this.postpone(leased, error);
    }
    // Whoever holds it meanwhile: it is sent, and what it said is nobody's business any more.
    await this.database.engine((tx) =>
      tx.query(
        `update mails set sent_at = now(), given_up_at = null, body = null, lease = null, leased_until = null, last_error = null
          where id = $1`,
        [id],
      ),
    );
  }

  private async postpone({ id, kind, lease }: LeasedMail, error: unknown): Promise<void> {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_MAX);
    const left = await this.database.engine((tx) =>
      row<{ attempts: number; given_up: boolean }>(
        tx,
        `update mails m set lease = null, leased_until = null, last_error = $3,
                available_at = now() + make_interval(secs => ($4::int[])[least(m.attempts, cardinality($4::int[]))]),
                given_up_at = case when o.old then now() end, body = case when o.old then null else m.body end
           from (select created_at < now() - $5::interval as old from mails where id = $1) o
          where m.id = $1 and m.lease = $2 returning m.attempts, m.given_up_at is not null as given_up`,
        [id, lease, reason, RETRY_SECONDS, `${GIVE_UP_DAYS} days`],
      ),
    );
    if (left?.given_up) this.logger.error({ mailId: id, kind, reason }, GIVEN_UP);
    else
      this.logger.warn(
        { mailId: id, kind, reason, attempts: left?.attempts },
        'A mail was not taken; it is tried again.',
      );
  }

  /** In production nobody reads an outbox on the server: mail waits for `SMTP_URL`, and not for ever. */
  private async giveUpOld(): Promise<void> {
    const given = await this.database.engine((tx) =>
      rows<{ id: string; kind: string }>(
        tx,
        `update mails set given_up_at = now(), body = null, lease = null, leased_until = null,
                last_error = 'No mail server is configured: SMTP_URL is missing.'
          where sent_at is null and given_up_at is null and created_at < now() - $1::interval returning id, kind`,
        [`${GIVE_UP_DAYS} days`],
      ),
    );
    for (const { id, kind } of given) this.logger.error({ mailId: id, kind }, GIVEN_UP);
  }

  /** It stays readable there. A server that is configured later is not given it. */
  private async putIntoOutbox(): Promise<void> {
    await this.database.engine((tx) =>
      tx.query(
        `update mails set sent_at = now(), lease = null, leased_until = null
          where sent_at is null and given_up_at is null and available_at <= now()`,
      ),
    );
  }
}

const GIVEN_UP = `A mail was given up after ${GIVE_UP_DAYS} days.`;

/** How much mail waits, and how much was given up in the time that rows are kept. */
export async function countMail(db: Database): Promise<{ waiting: number; givenUp: number }> {
  const counted = await db.engine((tx) =>
    row<{ waiting: number; givenUp: number }>(
      tx,
      `select (select count(*)::int from mails where sent_at is null and given_up_at is null) as waiting,
              (select count(*)::int from mails where given_up_at is not null) as "givenUp"`,
    ),
  );
  return counted ?? { waiting: 0, givenUp: 0 };
}

/** Forgets mail that has long come to its end. Returns how many. */
export async function forgetOldMail(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(tx, 'delete from mails where created_at < now() - make_interval(days => $1) returning id', [KEEP_MAIL_DAYS]),
  );
  return forgotten.length;
}
