import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Work that is enqueued with the change that causes it, and answers that are given again. */
export class OutboxAndIdempotency1795300001000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table outbox (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        topic text not null,
        payload jsonb not null,
        created_at timestamptz not null default now(),
        available_at timestamptz not null default now(),
        lease uuid,
        leased_until timestamptz,
        attempts integer not null default 0
      );
      create index outbox_available on outbox (available_at);

      create table idempotency_keys (
        organization_id uuid not null references organizations (id),
        key text not null check (length(key) between 1 and 255),
        route text not null,
        request_hash text not null,
        answer jsonb not null,
        created_at timestamptz not null default now(),
        primary key (organization_id, key)
      );
      create index idempotency_keys_age on idempotency_keys (created_at);

      alter table outbox enable row level security;
      alter table outbox force row level security;
      alter table idempotency_keys enable row level security;
      alter table idempotency_keys force row level security;

      create policy tenant on outbox to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy engine on outbox to clickpost_engine using (true) with check (true);
      create policy tenant on idempotency_keys to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy retention on idempotency_keys to clickpost_retention using (true);

      grant select, insert, delete on outbox to clickpost_app;
      grant select, insert, update, delete on outbox to clickpost_engine;
      grant select, insert on idempotency_keys to clickpost_app;
      grant select, delete on idempotency_keys to clickpost_retention;
    `);
  }
}
