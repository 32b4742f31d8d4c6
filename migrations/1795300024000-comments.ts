import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What people say about posts: threads of one level, among colleagues or with the client. */
export class Comments1795300024000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table comments (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        post_id uuid not null references posts (id),
        -- The thread that it answers in; null = it begins one.
        parent_id uuid references comments (id),
        -- Of the post, when it was written.
        revision integer not null check (revision > 0),
        visibility text not null check (visibility in ('internal', 'client')),
        author_type text not null check (author_type in ('member', 'client')),
        -- A user's id, or a client's e-mail address where it is known.
        author_id text,
        author_name text not null,
        -- By which review link a client came.
        link_id uuid,
        text text not null check (length(text) <= 5000),
        anchor jsonb,
        -- Who is spoken to, with the names of then.
        mentions jsonb not null default '[]',
        -- Media of the workspace's library.
        attachments uuid[] not null default '{}',
        created_at timestamptz not null default clock_timestamp(),
        edited_at timestamptz,
        resolved_at timestamptz,
        resolved_by jsonb,
        -- Its words are gone then.
        deleted_at timestamptz,
        check ((text = '') = (deleted_at is not null)),
        check ((resolved_at is null) = (resolved_by is null)),
        check (parent_id is null or resolved_at is null),
        check (author_type = 'member' or visibility = 'client')
      );
      create index comments_post on comments (post_id, id) where parent_id is null;
      create index comments_parent on comments (parent_id, id) where parent_id is not null;

      alter table comments enable row level security;
      alter table comments force row level security;
      create policy tenant on comments to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on comments as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      grant select, insert, update on comments to clickpost_app;
    `);
  }
}
