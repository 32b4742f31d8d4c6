import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Apps that operators enter on a page, several ways to connect one network, and what ends with a sign-in. */
export class PlatformApps1795300041000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The installation's applications at platforms, which belong to no organization. A secret is a JWE.
      create table platform_apps (
        name text primary key check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
        client_id text not null check (length(client_id) between 1 and 500),
        sealed text not null,
        updated_by text not null check (length(updated_by) between 1 and 200),
        updated_at timestamptz not null default now()
      );
      grant select, insert, update, delete on platform_apps to clickpost_engine;
      grant select on platform_apps to clickpost_app;

      alter table installation_log
        drop constraint installation_log_kind_check,
        add constraint installation_log_kind_check check (kind in ('paused', 'resumed', 'app-set', 'app-removed')),
        -- What it was done to, where it was not the installation as a whole: the name of an app.
        add column subject text check (length(subject) between 1 and 200),
        add constraint installation_log_subject check ((subject is not null) = (kind in ('app-set', 'app-removed')));

      alter table connections
        -- Which of the ways that the manifest names; null where there is only one.
        add column way text check (length(way) between 1 and 64),
        -- What ends at expires_at, where it is not the sign-in as a whole.
        add column expiry_note text check (length(expiry_note) between 1 and 300),
        -- When the person took the permission back at the platform; null again with the next sign-in.
        add column withdrawn_at timestamptz,
        add constraint connections_withdrawn check (withdrawn_at is null or (status = 'disconnected' and credentials is null));
      -- A platform names an account, and no organization.
      create index connections_outside_account on connections (account_id, platform) where account_id is not null;
    `);
  }
}
