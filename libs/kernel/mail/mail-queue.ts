import { v7 as uuid } from 'uuid';
import { type Transaction } from '../database/index.js';
import { type Vault } from '../vault/index.js';
import { checkedMail, type Letter, type Recipient } from './letter.js';

/** A mail to be sent. */
export interface OutgoingMail {
  to: Recipient;
  /** The organization that it is about; in a transaction of a tenant this one and no other. */
  organizationId?: string | undefined;
  /** What kind of mail, for operators: `password-reset`. */
  kind: string;
  letter: Letter;
}

/** Takes mail in the transaction of the change that causes it: both are there afterwards, or neither. */
export class MailQueue {
  constructor(private readonly vault: Vault) {}

  /** @throws MailError for an address that is none */
  async add(tx: Transaction, { to, organizationId, kind, letter }: OutgoingMail): Promise<void> {
    const id = uuid();
    const mail = checkedMail(to, letter);
    const body = await this.vault.encrypt({ ...mail }, purposeOf(id));
    await tx.query('insert into mails (id, organization_id, kind, address, body) values ($1, $2, $3, $4, $5)', [
      id,
      organizationId ?? null,
      kind,
      mail.to.address,
      body,
    ]);
  }
}

/** What the body of a mail is encrypted for. */
export function purposeOf(id: string): string {
  return `mail:${id}`;
}
