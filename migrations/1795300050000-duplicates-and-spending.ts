import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What a platform says is there already, and what using platforms costs. */
export class DuplicatesAndSpending1795300050000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The last commit was answered with "the same is there already": {of: its id} where the platform named it.
      alter table segments add column duplicate jsonb check (duplicate is null or fences > 0);

      -- Every use of a platform that its price list names, at the price of that moment.
      create table spending (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        -- Null = for the sign-in as a whole, which may serve several workspaces.
        workspace_id uuid references workspaces (id),
        channel_id uuid references channels (id),
        publication_id uuid references publications (id) on delete set null,
        platform text not null,
        practice boolean not null,
        price text not null,
        label text not null,
        count integer not null check (count > 0),
        usd numeric(14, 6) not null check (usd >= 0),
        at timestamptz not null default clock_timestamp(),
        check (channel_id is null or workspace_id is not null),
        check (publication_id is null or channel_id is not null)
      );
      create index spending_workspace on spending (workspace_id, at) where workspace_id is not null;
      create index spending_publication on spending (publication_id) where publication_id is not null;
      alter table spending enable row level security;
      alter table spending force row level security;
      create policy tenant on spending to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on spending as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      create policy engine on spending to clickpost_engine using (true) with check (true);
      grant select, insert on spending to clickpost_app, clickpost_engine;
    `);
  }
}
