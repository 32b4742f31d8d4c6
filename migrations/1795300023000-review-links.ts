import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Links by which somebody without an account looks at a post, comments on it and decides about it. */
export class ReviewLinks1795300023000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The address of a link is signed and worked out anew whenever it is shown: no secret of it is kept here.
      create table review_links (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        post_id uuid not null references posts (id),
        -- Of the client, in lower case. Null = for whoever has the link; nobody decides by it.
        email text check (email = lower(email) and length(email) between 3 and 254),
        name text check (length(name) between 1 and 100),
        passcode_hash text,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        last_used_at timestamptz,
        -- The post's, when the client looked first: nothing older is ever told of it.
        first_revision integer check (first_revision > 0),
        created_by jsonb not null,
        created_at timestamptz not null default now()
      );
      create index review_links_post on review_links (post_id, id desc);

      alter table review_links enable row level security;
      alter table review_links force row level security;
      create policy tenant on review_links to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy workspace on review_links as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      grant select, insert, update on review_links to clickpost_app;

      -- Somebody without an account, by such a link.
      alter table audit_log drop constraint audit_log_via_check,
        add constraint audit_log_via_check
          check (via in ('session', 'api-key', 'operator', 'sign-in', 'review-link'));
    `);
  }
}
