import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** How a connection fares, channels that were lost, and sign-ins that wait for a yes before they replace another. */
export class ConnectionHealth1795300016000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table connections
        -- When the sign-in itself was last good; what was published through it is known by its segments.
        add column last_success_at timestamptz,
        add column last_failure jsonb,
        add column last_failure_at timestamptz,
        -- Whether the authorization was given back at the platform after disconnecting.
        add column revocation text check (revocation in ('pending', 'done', 'failed')),
        add column revocation_at timestamptz,
        add column revocation_failure jsonb,
        add constraint connections_last_failure check ((last_failure is null) = (last_failure_at is null)),
        add constraint connections_revocation check ((revocation is null) = (revocation_at is null));

      -- Why this channel alone is down, while its connection may be well.
      alter table channels add column failure jsonb,
        add constraint channels_failure check (failure is null or health = 'disconnected');

      alter table oauth_flows
        -- Proof key for code exchange (RFC 7636), encrypted; it never leaves for the browser.
        add column code_verifier text,
        add column reconnect boolean not null default false;

      create table reconnections (
        connection_id uuid primary key references connections (id) on delete cascade,
        organization_id uuid not null references organizations (id),
        -- Where channels go that the account did not have before.
        workspace_id uuid not null references workspaces (id),
        -- JWE of the finished sign-in with its channels; null while nobody has finished it.
        sealed text,
        failure jsonb,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        check (sealed is null or failure is null)
      );
      create index reconnections_expiry on reconnections (expires_at);
      alter table reconnections enable row level security;
      alter table reconnections force row level security;
      create policy tenant on reconnections to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on reconnections as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      create policy engine on reconnections to clickpost_engine using (true);
      grant select, insert, update, delete on reconnections to clickpost_app;
      grant select, delete on reconnections to clickpost_engine;
    `);
  }
}
