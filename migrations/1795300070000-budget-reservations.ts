import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What publications in hand are about to use of platforms' daily budgets, so that all workers together keep to them. */
export class BudgetReservations1795300070000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table budget_reservations (
        -- Whose budget, as in budget_uses; of no day: it holds for whichever day it is used on.
        platform text not null,
        practice boolean not null,
        app text not null,
        budget text not null,
        -- No foreign key: a row counts only while this very lease of the publication lasts, and nothing waits for the other.
        publication_id uuid not null,
        lease uuid not null,
        -- What is not yet counted in budget_uses.
        amount bigint not null check (amount >= 0),
        made_at timestamptz not null default clock_timestamp(),
        primary key (platform, practice, app, budget, publication_id)
      );
      grant select, insert, update, delete on budget_reservations to clickpost_engine;
    `);
  }
}
