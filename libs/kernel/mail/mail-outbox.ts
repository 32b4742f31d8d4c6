import { type Database, row, rows } from '../database/index.js';
import { type SecretObject, type Vault, VaultError } from '../vault/index.js';
import { type CheckedMail, type Recipient } from './letter.js';
import { purposeOf } from './mail-queue.js';
import { renderLetter, type RenderedLetter } from './render.js';

/** A mail that nobody sent, to be read here. */
export interface OutboxMail extends RenderedLetter {
  id: string;
  at: Date;
  to: Recipient;
}

interface StoredMail {
  id: string;
  at: Date;
  address: string;
  body: string;
}

const SHOWN = 100;

/** What would have been sent, where no mail server is configured. It shows every organization's mail, links and all. */
export class MailOutbox {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** The last ones, the newest first. */
  async list(): Promise<OutboxMail[]> {
    const found = await this.database.engine((tx) =>
      rows<StoredMail>(
        tx,
        'select id, created_at as at, address, body from mails where body is not null order by created_at desc, id desc limit $1',
        [SHOWN],
      ),
    );
    return Promise.all(found.map((mail) => this.open(mail)));
  }

  /** One of them; undefined where there is none. */
  async find(id: string): Promise<OutboxMail | undefined> {
    const found = await this.database.engine((tx) =>
      row<StoredMail>(tx, 'select id, created_at as at, address, body from mails where id = $1 and body is not null', [
        id,
      ]),
    );
    return found && this.open(found);
  }

  private async open({ id, at, address, body }: StoredMail): Promise<OutboxMail> {
    try {
      const { to, letter } = await this.vault.decrypt<SecretObject & CheckedMail>(body, purposeOf(id));
      return { id, at, to, ...renderLetter(letter) };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      // One that was written under a lost key must not hide the others.
      return { id, at, to: { address }, ...renderLetter({ subject: 'Not readable', paragraphs: [error.message] }) };
    }
  }
}
