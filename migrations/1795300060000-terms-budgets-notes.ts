import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What a commit learnt and what people still have to do, and how much of platforms' daily budgets is used. */
export class TermsBudgetsNotes1795300060000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table segments
        -- By what the platform calls what it accepted and still works on.
        add column accepted jsonb check (accepted is null or fences > 0),
        -- How much of the platform's budgets what is prepared has used, by the budget's id.
        add column budget_used jsonb not null default '{}' check (jsonb_typeof(budget_used) = 'object'),
        -- What people still have to know or to do, in words.
        add column note text check (length(note) between 1 and 500);

      alter table publications
        -- That of the first segment that has one.
        add column note text check (length(note) between 1 and 500),
        add check (note is null or state = 'published');

      -- What the installation's app has used of a platform's budget on a day, by everybody together.
      create table budget_uses (
        -- Whose budget: the network's, which may share its app with others.
        platform text not null,
        practice boolean not null,
        -- The app's id at the platform; empty where there are no apps.
        app text not null,
        budget text not null,
        -- In the budget's own time zone.
        day date not null,
        used bigint not null default 0 check (used >= 0),
        -- Since when something waits for the next day because of it.
        refused_at timestamptz,
        primary key (platform, practice, app, budget, day)
      );
      create index budget_uses_day on budget_uses (day);
      grant select, insert, update, delete on budget_uses to clickpost_engine;
      grant select on budget_uses to clickpost_app;
    `);
  }
}
