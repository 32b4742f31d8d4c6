import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Uploads that come in pieces: what is known of each, so that its outcome can be told also when the last answer was lost. */
export class Uploads1795300031000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table uploads (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        user_id uuid not null,
        -- Who it is, as the audit log will say when the file is taken in.
        actor jsonb not null,
        filename text not null,
        alt_text text,
        folder_id uuid,
        bytes bigint not null check (bytes > 0),
        state text not null default 'receiving' check (state in ('receiving', 'checking', 'done', 'refused')),
        media_id uuid,
        -- Why it was refused, as the API says it.
        problem jsonb,
        -- Held by whoever writes to it or checks it.
        lease uuid,
        leased_until timestamptz,
        -- Is what was received still there beside the storage?
        received boolean not null default true,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        check ((state = 'done') = (media_id is not null)),
        check ((state = 'refused') = (problem is not null))
      );
      create index uploads_unfinished on uploads (organization_id, user_id) where state in ('receiving', 'checking');
      create index uploads_checking on uploads (leased_until) where state = 'checking';
      create index uploads_received on uploads (id) where received and state in ('done', 'refused');
      create index uploads_expiry on uploads (expires_at);
      create index uploads_workspace on uploads (workspace_id);
      alter table uploads enable row level security;
      alter table uploads force row level security;
      create policy tenant on uploads to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on uploads as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      create policy engine on uploads to clickpost_engine using (true) with check (true);
      grant select, insert, update, delete on uploads to clickpost_app;
      grant select, update, delete on uploads to clickpost_engine;
    `);
  }
}
