import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Who sees which workspace, limits of API keys, and what people did. */
export class Access1795300011000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table workspace_members (
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        user_id uuid not null,
        role text not null check (role in ('manager', 'author', 'approver', 'viewer')),
        created_at timestamptz not null default now(),
        primary key (workspace_id, user_id),
        foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
      );
      create index workspace_members_user on workspace_members (organization_id, user_id);
      alter table workspace_members enable row level security;
      alter table workspace_members force row level security;
      create policy tenant on workspace_members to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      grant select, insert, update, delete on workspace_members to clickpost_app;

      -- Until now members worked in every workspace; that is what they may go on doing.
      insert into workspace_members (organization_id, workspace_id, user_id, role)
        select m.organization_id, w.id, m.user_id, 'manager'
          from members m join workspaces w on w.organization_id = m.organization_id where m.role = 'member';

      alter table workspaces add column archived_at timestamptz;

      alter table api_keys
        add column workspace_ids uuid[],
        add column actions text[],
        add column expires_at timestamptz;

      -- The workspaces that a request may see; null = all of the organization.
      create function visible_workspaces() returns uuid[] language sql stable parallel safe
        as $$ select nullif(current_setting('app.workspaces', true), '')::uuid[] $$;

      do $$ declare t text; begin
        foreach t in array array['channels', 'oauth_flows', 'media_assets', 'posts', 'publications'] loop
          execute format('create policy workspace on %I as restrictive to clickpost_app
            using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true))', t);
        end loop;
      end $$;
      create policy workspace on workspaces as restrictive for select to clickpost_app
        using (coalesce(id = any ((select visible_workspaces())::uuid[]), true));
      create policy workspace_update on workspaces as restrictive for update to clickpost_app
        using (coalesce(id = any ((select visible_workspaces())::uuid[]), true));

      create table audit_log (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        at timestamptz not null default clock_timestamp(),
        -- Null where nobody who is a user did it: an operator, or somebody who only tried to sign in.
        user_id uuid,
        name text not null check (length(name) between 1 and 200),
        via text not null check (via in ('session', 'api-key', 'operator', 'sign-in')),
        api_key_id uuid,
        -- What was asked for, as the API names it, and under which permission.
        operation text not null check (length(operation) between 1 and 100),
        action text,
        subject_type text,
        subject_id text,
        details jsonb not null default '{}',
        ip text,
        user_agent text
      );
      create index audit_log_organization on audit_log (organization_id, at desc, id desc);
      create trigger audit_log_append_only before update or delete on audit_log
        for each row execute function refuse_change();
      create trigger audit_log_no_truncate before truncate on audit_log
        for each statement execute function refuse_change();
      alter table audit_log enable row level security;
      alter table audit_log force row level security;
      create policy tenant on audit_log to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy identity on audit_log for insert to clickpost_identity with check (true);
      grant select, insert on audit_log to clickpost_app;
      grant insert on audit_log to clickpost_identity;
    `);
  }
}
