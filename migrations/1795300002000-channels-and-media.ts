import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Connections, channels, consent flows under way, media and their renditions. */
export class ChannelsAndMedia1795300002000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table connections (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        platform text not null,
        practice boolean not null,
        status text not null check (status in ('authorizing', 'connected', 'disconnected')),
        account_id text,
        account_name text,
        account_handle text,
        account_url text,
        credentials text,
        credential_generation integer not null default 0,
        scopes text[] not null default '{}',
        expires_at timestamptz,
        failure jsonb,
        refresh_lease uuid,
        refresh_leased_until timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check (status = 'authorizing' or account_id is not null),
        check (status <> 'connected' or credentials is not null)
      );
      create unique index connections_account on connections (organization_id, platform, practice, account_id);

      create table channels (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        connection_id uuid not null references connections (id),
        platform text not null,
        practice boolean not null,
        external_id text not null,
        name text not null,
        handle text,
        url text,
        avatar_url text,
        credentials text,
        details jsonb not null default '{}',
        limits jsonb,
        health text not null default 'healthy' check (health in ('healthy', 'disconnected')),
        paused_at timestamptz,
        blocked_until timestamptz,
        strict_order boolean not null default false,
        created_at timestamptz not null default now(),
        removed_at timestamptz
      );
      create unique index channels_place on channels (workspace_id, platform, practice, external_id) where removed_at is null;
      create index channels_connection on channels (connection_id);
      create index channels_account on channels (organization_id, platform, external_id) where removed_at is null;

      create table oauth_flows (
        state_hash text primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        connection_id uuid not null references connections (id),
        session_hash text,
        -- The same outside account in two workspaces needs an explicit yes.
        accept_shared boolean not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index oauth_flows_expiry on oauth_flows (expires_at);

      create table media_assets (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        kind text not null check (kind in ('image')),
        filename text not null,
        alt_text text,
        digest text not null,
        facts jsonb not null,
        storage_key text not null,
        created_at timestamptz not null default now()
      );
      create index media_assets_workspace on media_assets (workspace_id, created_at desc);

      create table renditions (
        organization_id uuid not null references organizations (id),
        source_digest text not null,
        plan_hash text not null,
        digest text not null,
        facts jsonb not null,
        storage_key text not null,
        created_at timestamptz not null default now(),
        primary key (organization_id, source_digest, plan_hash)
      );

      do $$ declare t text; begin
        foreach t in array array['connections', 'channels', 'oauth_flows', 'media_assets', 'renditions'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
        end loop;
      end $$;

      create policy engine on connections to clickpost_engine using (true) with check (true);
      create policy engine on channels to clickpost_engine using (true) with check (true);

      grant select, insert, update on connections, channels, media_assets to clickpost_app;
      grant delete on connections to clickpost_app;
      grant select, insert, delete on oauth_flows to clickpost_app;

      -- Sign-ins that nobody finished.
      create policy retention on oauth_flows to clickpost_retention using (true);
      create policy retention on connections to clickpost_retention using (status = 'authorizing');
      grant select, delete on oauth_flows, connections to clickpost_retention;
      grant select, insert on renditions to clickpost_app;
      grant select, update on connections to clickpost_engine;
      grant select, update on channels to clickpost_engine;
    `);
  }
}
