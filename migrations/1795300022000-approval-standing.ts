import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** How far approvals are, to be found without working them all out; and which revision a decision was about. */
export class ApprovalStanding1795300022000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table approvals
        add column state text not null default 'pending' check (state in ('pending', 'approved', 'changes-requested')),
        -- Since when it is so, for the step that is open.
        add column since timestamptz not null default now();
      update approvals set state = 'approved' where approved_hash = content_hash;
      create index approvals_pending on approvals (organization_id, workspace_id) where state = 'pending';

      alter table approval_decisions
        add column revision integer not null default 1 check (revision > 0),
        -- Who decided in the place of the approver; null = the approver.
        add column decided_by uuid;
    `);
  }
}
