import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** How workspaces approve, what waits for it, and every decision. */
export class Approvals1795300020000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table approval_workflows (
        workspace_id uuid primary key references workspaces (id),
        organization_id uuid not null references organizations (id),
        mode text not null check (mode in ('none', 'optional', 'required')),
        self_approval boolean not null,
        reschedule_needs_approval boolean not null,
        steps jsonb not null check (jsonb_typeof(steps) = 'array'),
        updated_at timestamptz not null default now()
      );

      -- A post of which somebody asked for approval. Its steps are those of the moment when they asked.
      create table approvals (
        post_id uuid primary key references posts (id),
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        round integer not null default 1 check (round > 0),
        steps jsonb not null,
        self_approval boolean not null,
        time_matters boolean not null,
        requested_by jsonb not null,
        requested_at timestamptz not null default now(),
        -- Who wrote what is asked about.
        author_id uuid,
        content_hash text not null,
        -- By channel: what that content is there.
        hashes jsonb not null,
        -- What the required approvers agreed to last, if anything.
        approved_hash text,
        approved_hashes jsonb,
        check ((approved_hash is null) = (approved_hashes is null))
      );
      create index approvals_workspace on approvals (workspace_id, requested_at desc);

      create table approval_decisions (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        post_id uuid not null references posts (id),
        round integer not null,
        step integer not null check (step >= 0),
        content_hash text not null,
        approver text not null,
        name text not null,
        verdict text not null check (verdict in ('approve', 'request-changes')),
        comment text check (length(comment) between 1 and 5000),
        at timestamptz not null default clock_timestamp()
      );
      create index approval_decisions_post on approval_decisions (post_id, at);
      create trigger approval_decisions_append_only before update or delete on approval_decisions
        for each row execute function refuse_change();
      create trigger approval_decisions_no_truncate before truncate on approval_decisions
        for each statement execute function refuse_change();

      do $$ declare t text; begin
        foreach t in array array['approval_workflows', 'approvals', 'approval_decisions'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
          execute format('create policy workspace on %I as restrictive to clickpost_app
            using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true))', t);
        end loop;
      end $$;
      grant select, insert, update on approval_workflows, approvals to clickpost_app;
      grant select, insert on approval_decisions to clickpost_app;
    `);
  }
}
