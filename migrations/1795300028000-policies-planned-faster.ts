import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/**
 * Every query plans the policies of every table that it reads, and with them these functions. A body that is stored as it was
 * parsed is put in place at once; one that is stored as text is parsed again each time.
 */
export class PoliciesPlannedFaster1795300028000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function current_organization() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.organization_id', true), '')::uuid;
      create or replace function visible_workspaces() returns uuid[] language sql stable parallel safe
        return nullif(current_setting('app.workspaces', true), '')::uuid[];

      -- One look at the setting for a query, and not two.
      alter policy workspace on alerts
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
      alter policy workspace on notifications
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true));
    `);
  }
}
