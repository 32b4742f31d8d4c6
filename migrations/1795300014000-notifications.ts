import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What needs a person, whom it was told, and how they want to hear of it. */
export class Notifications1795300014000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One for each cause at one place, however many publications share it. It is opened and closed by comparing it with
      -- how things stand, so it can neither be missed nor forgotten.
      create table alerts (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        cause text not null check (length(cause) between 1 and 100),
        subject_type text not null check (subject_type in ('channel', 'connection')),
        subject_id uuid not null,
        -- Publications that share it, or did when it was closed.
        count integer not null check (count >= 0),
        opened_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        closed_at timestamptz,
        -- When people were told of it, since it was opened.
        told_at timestamptz,
        unique (workspace_id, cause, subject_id)
      );
      create index alerts_organization on alerts (organization_id);
      create index alerts_open on alerts (subject_type, subject_id) where closed_at is null;
      create index alerts_untold on alerts (opened_at) where told_at is null and closed_at is null;
      create index alerts_closed on alerts (closed_at) where closed_at is not null;

      -- How far the comparison is.
      create table alert_rounds (
        id boolean primary key default true check (id),
        -- Changes before that were looked at.
        seen_until timestamptz not null default '-infinity',
        -- When everything was compared last, and when what is open was counted last.
        compared_at timestamptz not null default '-infinity',
        counted_at timestamptz not null default '-infinity'
      );
      insert into alert_rounds default values;

      create table notifications (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        alert_id uuid not null references alerts (id) on delete cascade,
        user_id uuid not null,
        at timestamptz not null default now(),
        read_at timestamptz,
        -- When it is to go out by mail; null when it is not, or has.
        mail_at timestamptz,
        mailed_at timestamptz,
        -- The transaction that changed it last: live connections read behind it.
        xid xid8 not null default pg_current_xact_id(),
        unique (alert_id, user_id),
        foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
      );
      create index notifications_mine on notifications (organization_id, user_id, at desc, id desc);
      create index notifications_mail on notifications (mail_at) where mail_at is not null;
      create index notifications_feed on notifications (xid);

      create table notification_preferences (
        organization_id uuid not null,
        user_id uuid not null,
        email text not null check (email in ('immediate', 'digest', 'off')),
        primary key (organization_id, user_id),
        foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
      );

      -- What changed lately, of what needs a person, and which sign-ins do.
      create index publications_attention_changed on publications (updated_at)
        where state in ('failed', 'held', 'unconfirmed');
      create index connections_expiry on connections (expires_at) where status = 'connected';
      create index connections_dead on connections (id) where status = 'disconnected';
      create index connections_changed on connections (updated_at);

      do $$ declare t text; begin
        foreach t in array array['alerts', 'notifications', 'notification_preferences', 'alert_rounds'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
        end loop;
        foreach t in array array['alerts', 'notifications', 'notification_preferences'] loop
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
        end loop;
        foreach t in array array['alerts', 'notifications'] loop
          execute format('create policy workspace on %I as restrictive to clickpost_app
            using ((select visible_workspaces()) is null or workspace_id = any ((select visible_workspaces())::uuid[]))', t);
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
        end loop;
      end $$;
      create policy engine on alert_rounds to clickpost_engine using (true) with check (true);
      create policy retention on alerts to clickpost_retention using (closed_at is not null);

      grant select, update (told_at) on alerts to clickpost_app;
      grant select, insert, update on alerts to clickpost_engine;
      grant select, delete on alerts to clickpost_retention;
      grant select, update on alert_rounds to clickpost_engine;
      grant select (archived_at) on workspaces to clickpost_engine;
      grant select, insert, update on notifications to clickpost_app;
      grant select, update (xid) on notifications to clickpost_engine;
      grant select, insert, update on notification_preferences to clickpost_app;
    `);
  }
}
