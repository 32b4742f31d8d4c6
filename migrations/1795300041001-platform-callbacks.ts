import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What platforms tell of their own accord: people who want their data deleted, and news that came once already. */
export class PlatformCallbacks1795300041001 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table deletion_requests (
        id uuid primary key,
        -- What the person was told; it opens the page that says how far it is.
        code text not null unique check (code ~ '^[A-Z0-9]{20,40}$'),
        platform text not null,
        practice boolean not null,
        -- HMAC of app and account: the id itself is not kept.
        account_hash text not null unique,
        -- Encrypted, and only until it is done: what the job has to look for.
        sealed text,
        received_at timestamptz not null default now(),
        completed_at timestamptz,
        -- How much was deleted, by what it was; null until it is done for the first time.
        deleted jsonb,
        check ((completed_at is null) = (sealed is not null)),
        check (completed_at is null or deleted is not null)
      );
      create index deletion_requests_open on deletion_requests (received_at) where completed_at is null;

      -- News that were acted upon: platforms send them until they hear that they arrived.
      create table platform_notices (
        digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
        platform text not null,
        received_at timestamptz not null default now()
      );
      create index platform_notices_age on platform_notices (received_at);

      do $$ declare t text; begin
        foreach t in array array['deletion_requests', 'platform_notices'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
        end loop;
      end $$;
      grant select, insert, update on deletion_requests to clickpost_engine;
      grant select, insert, delete on platform_notices to clickpost_engine;

      -- A consent page that is still open leads nowhere once the person withdrew the app.
      create policy engine on oauth_flows to clickpost_engine using (true);
      grant select, delete on oauth_flows to clickpost_engine;
    `);
  }
}
