import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What people write: posts and their immutable revisions. */
export class Planning1795300004000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table posts (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        revision integer not null check (revision > 0),
        version integer not null default 1,
        created_by jsonb not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz
      );
      create index posts_workspace on posts (workspace_id, created_at desc, id) where deleted_at is null;

      create table post_revisions (
        post_id uuid not null references posts (id),
        number integer not null check (number > 0),
        organization_id uuid not null references organizations (id),
        content jsonb not null,
        content_hash text not null,
        author jsonb not null,
        created_at timestamptz not null default now(),
        primary key (post_id, number)
      );
      create trigger post_revisions_immutable before update or delete on post_revisions
        for each row execute function refuse_change();
      create trigger post_revisions_no_truncate before truncate on post_revisions
        for each statement execute function refuse_change();

      do $$ declare t text; begin
        foreach t in array array['posts', 'post_revisions'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
        end loop;
      end $$;
      grant select, insert, update on posts to clickpost_app;
      grant select, insert on post_revisions to clickpost_app;
    `);
  }
}
