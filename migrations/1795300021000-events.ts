import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What happened, for whoever tells people and programs of it. */
export class Events1795300021000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table events (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid references workspaces (id),
        type text not null check (length(type) between 3 and 100),
        data jsonb not null,
        at timestamptz not null default clock_timestamp(),
        -- The transaction that wrote it: readers follow behind the oldest one that has not ended, so that none is passed by.
        xid xid8 not null default pg_current_xact_id()
      );
      create index events_order on events (xid, id);
      create index events_at on events (at);
      create trigger events_immutable before update on events for each row execute function refuse_change();

      -- How far each reader is.
      create table event_readers (
        name text primary key,
        xid xid8 not null,
        id uuid not null
      );
      insert into event_readers (name, xid, id)
        select name, '0'::xid8, '00000000-0000-0000-0000-000000000000' from unnest(array['webhooks', 'notices']) as name;

      alter table events enable row level security;
      alter table events force row level security;
      alter table event_readers enable row level security;
      alter table event_readers force row level security;
      create policy tenant on events to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on events as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      create policy engine on events to clickpost_engine using (true) with check (true);
      create policy retention on events to clickpost_retention using (true);
      create policy engine on event_readers to clickpost_engine using (true) with check (true);
      grant select, insert on events to clickpost_app, clickpost_engine;
      grant select, delete on events to clickpost_retention;
      grant select, insert, update on event_readers to clickpost_engine;
    `);
  }
}
