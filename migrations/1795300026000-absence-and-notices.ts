import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Who decides for whom while they are away, when approvals are reminded of, and what people are told of posts. */
export class AbsenceAndNotices1795300026000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table absences (
        organization_id uuid not null,
        user_id uuid not null,
        from_at timestamptz not null,
        until_at timestamptz not null,
        -- Who decides in their place meanwhile.
        delegate_id uuid not null,
        primary key (organization_id, user_id),
        foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade,
        foreign key (organization_id, delegate_id) references members (organization_id, user_id) on delete cascade,
        check (from_at < until_at),
        check (user_id <> delegate_id)
      );
      create index absences_delegate on absences (organization_id, delegate_id);

      -- Hours before the due time; and who is asked as well, so long before it.
      alter table approval_workflows
        add column reminders integer[] not null default '{24,2}',
        add column escalation jsonb;
      -- As the workflow was when it was asked for.
      alter table approvals
        add column reminders integer[] not null default '{24,2}',
        add column escalation jsonb;
      alter table approval_decisions
        -- The name of whoever decided in the place of the approver.
        add column decided_by_name text,
        -- Whether it was given by right of the escalation; then it counts also where the due time was moved afterwards.
        add column escalated boolean not null default false;

      -- What one person was told: of an alert that many share, or of a post, which closes for each of them alone.
      alter table notifications
        alter column alert_id drop not null,
        add column post_id uuid references posts (id),
        add column cause text check (length(cause) between 1 and 100),
        -- The comment that it is about.
        add column comment_id uuid,
        -- What its words need.
        add column about jsonb,
        add column closed_at timestamptz,
        add check ((alert_id is null) = (post_id is not null)),
        add check ((post_id is null) = (cause is null)),
        add check ((post_id is null) = (about is null));
      create unique index notifications_of_post on notifications
        (post_id, user_id, cause, coalesce(comment_id, '00000000-0000-0000-0000-000000000000')) where post_id is not null;
      create policy retention on notifications to clickpost_retention using (alert_id is null);
      grant select, delete on notifications to clickpost_retention;
      create index notifications_age on notifications (at) where alert_id is null;

      -- Whom was told that which approval waits for them: members, and clients by mail.
      create table approval_asks (
        post_id uuid not null references posts (id),
        -- Who is asked: 'member:' and a user's id, or 'client:' and an e-mail address.
        asked text not null check (asked ~ '^(member|client):'),
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        round integer not null,
        step integer not null,
        -- Of what they were asked to look at.
        content_hash text not null,
        told_at timestamptz not null,
        -- When it waited for them no more; null while it does.
        closed_at timestamptz,
        primary key (post_id, asked)
      );

      -- Posts about which somebody is told something, or may have to be: when they are looked at next.
      create table notice_posts (
        post_id uuid primary key references posts (id),
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        look_at timestamptz not null default now()
      );
      create index notice_posts_next on notice_posts (look_at);
      create index notice_posts_organization on notice_posts (organization_id, look_at);
      insert into notice_posts (post_id, organization_id, workspace_id)
        select post_id, organization_id, workspace_id from approvals where state = 'pending';

      -- What happened and was not told yet.
      create table notice_events (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        post_id uuid not null references posts (id),
        type text not null,
        data jsonb not null,
        at timestamptz not null
      );
      create index notice_events_post on notice_events (post_id, id);

      do $$ declare t text; begin
        foreach t in array array['absences', 'approval_asks', 'notice_posts', 'notice_events'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
        end loop;
        foreach t in array array['approval_asks', 'notice_posts', 'notice_events'] loop
          execute format('create policy workspace on %I as restrictive to clickpost_app
            using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true))', t);
        end loop;
        foreach t in array array['notice_posts', 'notice_events'] loop
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
        end loop;
      end $$;
      grant select, insert, update, delete on absences to clickpost_app;
      grant select, insert, update on approval_asks to clickpost_app;
      grant select, update, delete on notice_posts to clickpost_app;
      grant select, delete on notice_events to clickpost_app;
      grant select, insert, update on notice_posts to clickpost_engine;
      grant select, insert on notice_events to clickpost_engine;
    `);
  }
}
