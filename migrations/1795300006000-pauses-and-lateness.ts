import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What is scheduled looks at the gates as what is fenced does; a workspace may want nothing to go out late. */
export class PausesAndLateness1795300006000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A row is locked FOR SHARE only by whoever may update something of it. This column has one possible value.
      grant update (id) on installation to clickpost_app;

      alter table workspaces drop constraint workspaces_late_limit_minutes_check;
      alter table workspaces add constraint workspaces_late_limit_minutes_check
        check (late_limit_minutes between 0 and 43200);
    `);
  }
}
