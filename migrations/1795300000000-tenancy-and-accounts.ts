import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Tenancy itself, and who may sign in. */
export class TenancyAndAccounts1795300000000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      grant usage on schema public to clickpost_app, clickpost_identity, clickpost_engine, clickpost_retention;

      create function current_organization() returns uuid language sql stable parallel safe
        as $$ select nullif(current_setting('app.organization_id', true), '')::uuid $$;

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% of % is not allowed: its rows are kept as they were written', tg_op, tg_table_name
          using errcode = 'insufficient_privilege';
      end $$;

      create table installation (
        id boolean primary key default true check (id),
        paused_at timestamptz
      );
      insert into installation default values;
      grant select on installation to clickpost_app;
      grant select, update (paused_at) on installation to clickpost_engine;

      create table organizations (
        id uuid primary key,
        name text not null check (length(name) between 1 and 200),
        paused_at timestamptz,
        created_at timestamptz not null default now()
      );

      create table users (
        id uuid primary key,
        email text not null check (length(email) <= 320),
        name text not null check (length(name) between 1 and 200),
        password_hash text not null,
        created_at timestamptz not null default now()
      );
      create unique index users_email on users (lower(email));

      create table members (
        organization_id uuid not null references organizations (id),
        user_id uuid not null references users (id),
        role text not null check (role in ('owner', 'admin', 'support', 'member')),
        created_at timestamptz not null default now(),
        primary key (organization_id, user_id)
      );
      create index members_user on members (user_id);

      create table workspaces (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        name text not null check (length(name) between 1 and 200),
        time_zone text not null,
        late_limit_minutes integer not null default 1440 check (late_limit_minutes between 1 and 43200),
        paused_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index workspaces_organization on workspaces (organization_id, created_at);

      create table sessions (
        id_hash text primary key,
        user_id uuid references users (id),
        organization_id uuid references organizations (id),
        data jsonb not null,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sessions_expiry on sessions (expires_at);
      create index sessions_user on sessions (user_id);

      create table api_keys (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        user_id uuid not null references users (id),
        name text not null check (length(name) between 1 and 200),
        secret_hash text not null unique,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      create index api_keys_organization on api_keys (organization_id, created_at);

      alter table organizations enable row level security;
      alter table organizations force row level security;
      alter table users enable row level security;
      alter table users force row level security;
      alter table members enable row level security;
      alter table members force row level security;
      alter table workspaces enable row level security;
      alter table workspaces force row level security;
      alter table sessions enable row level security;
      alter table sessions force row level security;
      alter table api_keys enable row level security;
      alter table api_keys force row level security;

      create policy tenant on organizations to clickpost_app
        using (id = current_organization()) with check (id = current_organization());
      create policy tenant on members to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy tenant on workspaces to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy tenant on api_keys to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy tenant on users for select to clickpost_app
        using (exists (select 1 from members m where m.user_id = users.id and m.organization_id = current_organization()));

      -- Signing up and in happens before a tenant is known.
      create policy identity on users to clickpost_identity using (true) with check (true);
      create policy identity on members to clickpost_identity using (true) with check (true);
      create policy identity on organizations to clickpost_identity using (true) with check (true);
      create policy identity on workspaces for insert to clickpost_identity with check (true);
      create policy identity on sessions to clickpost_identity using (true) with check (true);

      -- The engine reads and locks what can pause a publication.
      create policy engine on organizations to clickpost_engine using (true);
      create policy engine on workspaces to clickpost_engine using (true);

      grant select, update (name, paused_at) on organizations to clickpost_app;
      grant select on users to clickpost_app;
      grant select, insert, update, delete on members to clickpost_app;
      grant select, insert, update on workspaces to clickpost_app;
      grant select, insert, update on api_keys to clickpost_app;

      grant select, insert, update on users to clickpost_identity;
      grant select, insert on members, organizations to clickpost_identity;
      grant insert on workspaces to clickpost_identity;
      grant select, insert, update, delete on sessions to clickpost_identity;

      grant select (id, paused_at), update (paused_at) on organizations to clickpost_engine;
      grant select (id, organization_id, paused_at, late_limit_minutes, time_zone), update (paused_at) on workspaces to clickpost_engine;
    `);
  }
}
