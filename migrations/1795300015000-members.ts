import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Invitations, members who are removed, workspaces that are put away. */
export class Members1795300015000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table invitations (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        email text not null check (length(email) between 3 and 320),
        role text not null check (role in ('owner', 'admin', 'support', 'member')),
        -- What a member becomes where: [{id, role}].
        workspaces jsonb not null default '[]' check (jsonb_typeof(workspaces) = 'array'),
        token_hash text not null unique,
        invited_by uuid not null references users (id),
        -- As it was: whoever is invited may know the person after they left.
        inviter_name text not null,
        created_at timestamptz not null default now(),
        sent_at timestamptz not null default now(),
        expires_at timestamptz not null,
        accepted_at timestamptz,
        revoked_at timestamptz,
        check (accepted_at is null or revoked_at is null)
      );
      create unique index invitations_open on invitations (organization_id, lower(email))
        where accepted_at is null and revoked_at is null;
      alter table invitations enable row level security;
      alter table invitations force row level security;
      create policy tenant on invitations to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      -- Whoever opens the link in a mail belongs to no organization yet.
      create policy identity on invitations to clickpost_identity using (true) with check (true);
      grant select, insert, update on invitations to clickpost_app;
      grant select, update (accepted_at) on invitations to clickpost_identity;

      -- Who accepts becomes a member, with what was meant for them.
      create policy identity on workspace_members for insert to clickpost_identity with check (true);
      grant insert on workspace_members to clickpost_identity;

      -- The sessions of a removed member end with the membership, in one transaction.
      create policy removal on sessions for select to clickpost_app using (organization_id = current_organization());
      create policy removal_end on sessions for delete to clickpost_app using (organization_id = current_organization());
      grant select (user_id, organization_id), delete on sessions to clickpost_app;

      -- What is put away publishes nothing.
      update workspaces set paused_at = coalesce(paused_at, now()) where archived_at is not null;
      alter table workspaces add constraint workspaces_archived_is_paused
        check (archived_at is null or paused_at is not null);
    `);
  }
}
