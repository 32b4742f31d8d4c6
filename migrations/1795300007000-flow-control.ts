import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What the dispatcher respects across processes: quotas, limits of a whole app, and breakers for outages. */
export class FlowControl1795300007000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The outside server it is on; empty where the platform is one service for all, null until it is found out.
      alter table channels add column server text;
      create index channels_without_server on channels (id)
        where server is null and health = 'healthy' and removed_at is null;

      -- One for each outside server in trouble; none for all that are well.
      create table breakers (
        platform text not null,
        practice boolean not null,
        server text not null,
        -- Publications that failed without a success between them, and when the last one did.
        failed uuid[] not null default '{}',
        failed_at timestamptz not null,
        -- How often it opened in a row, since when it is not closed, and until when nothing goes out.
        opened integer not null default 0,
        opened_at timestamptz,
        open_until timestamptz,
        -- It came back then, and so many were invited since.
        drain_from timestamptz,
        drained integer not null default 0,
        -- Its last change of state: whatever began earlier says nothing about now.
        changed_at timestamptz not null,
        -- The publication that was sent to find out.
        probe uuid,
        primary key (platform, practice, server),
        check (open_until is null or drain_from is null),
        check ((opened = 0) = (opened_at is null))
      );

      -- A platform's limit for everything that the installation's app does there.
      create table app_blocks (
        platform text not null,
        practice boolean not null,
        -- The app's id at the platform; empty where there are no apps.
        app text not null,
        blocked_at timestamptz not null default now(),
        blocked_until timestamptz not null,
        primary key (platform, practice, app)
      );

      create table quota_uses (
        -- Whose quota: the platform, practice or real, the account or app there, and the window.
        key text not null,
        bucket timestamptz not null,
        used integer not null check (used > 0),
        expires_at timestamptz not null,
        primary key (key, bucket)
      );
      create index quota_uses_expiry on quota_uses (expires_at);

      -- Who of a channel is invited or held: few at any time, however much is scheduled.
      create index publications_in_hand on publications (channel_id) where invitation is not null or lease is not null;

      grant select, insert, update, delete on breakers, app_blocks, quota_uses to clickpost_engine;
      grant select on breakers, app_blocks to clickpost_app;
    `);
  }
}
