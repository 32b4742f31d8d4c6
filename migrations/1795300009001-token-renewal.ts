import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Tokens are renewed before they expire: when next, and how often in a row it did not succeed. */
export class TokenRenewal1795300009001 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table connections
        add column renew_at timestamptz,
        add column renew_failures integer not null default 0 check (renew_failures >= 0);
      update connections set renew_at = now() + (expires_at - now()) * 0.75
        where status = 'connected' and expires_at is not null;
      create index connections_renewal on connections (renew_at) where status = 'connected' and renew_at is not null;
    `);
  }
}
