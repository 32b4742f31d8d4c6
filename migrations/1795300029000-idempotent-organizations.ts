import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** A further organization is made where no tenant is known; so is the answer that is given again. */
export class IdempotentOrganizations1795300029000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create policy identity on idempotency_keys for insert to clickpost_identity with check (true);
      grant insert on idempotency_keys to clickpost_identity;
    `);
  }
}
