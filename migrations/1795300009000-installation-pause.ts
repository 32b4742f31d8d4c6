import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** The operator pauses everything, and it is kept who did it; what concerns all organizations is told as well. */
export class InstallationPause1795300009000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table installation
        add column paused_reason text check (length(paused_reason) between 1 and 500),
        -- With which version of the time zones' rules all future publications were compared last.
        add column zone_rules text,
        add constraint installation_reason_of_pause check (paused_at is not null or paused_reason is null);
      grant update (paused_reason, zone_rules) on installation to clickpost_engine;

      create table installation_log (
        id uuid primary key,
        at timestamptz not null default clock_timestamp(),
        kind text not null check (kind in ('paused', 'resumed')),
        operator text not null check (length(operator) between 1 and 200),
        reason text check (length(reason) between 1 and 500)
      );
      create index installation_log_at on installation_log (at);
      create trigger installation_log_append_only before update or delete on installation_log
        for each row execute function refuse_change();
      create trigger installation_log_no_truncate before truncate on installation_log
        for each statement execute function refuse_change();
      grant select, insert on installation_log to clickpost_engine;

      -- A message without an organization concerns all of them. The application writes for its own organization alone.
      alter table outbox alter column organization_id drop not null;
    `);
  }
}
