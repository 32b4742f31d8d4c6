import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Repeated requests belong to whoever sent them, the audit log is searched, and what is sealed can be sealed anew. */
export class KeysAndAudit1795300017000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Whose request it was. Nobody's = answered by a version that did not tell users apart; such rows are gone in a week.
      alter table idempotency_keys
        add column user_id uuid not null default '00000000-0000-0000-0000-000000000000',
        drop constraint idempotency_keys_pkey,
        add primary key (organization_id, key, user_id);
      grant update (answer) on idempotency_keys to clickpost_retention;

      alter table audit_log
        -- As it was called then: what is renamed or gone keeps its name here.
        add column subject_name text,
        -- Where it was done, if in one workspace alone.
        add column workspace_id uuid;
      create index audit_log_user on audit_log (organization_id, user_id, at desc, id desc);
      create index audit_log_subject on audit_log (organization_id, subject_id, at desc, id desc);
      create index audit_log_workspace on audit_log (organization_id, workspace_id, at desc, id desc);
      -- A case, and no "or": of that the planner believes that it leaves next to nothing, and sorts the whole log for a page.
      create policy workspace on audit_log as restrictive for select to clickpost_app
        using (case when (select visible_workspaces()) is null then true
          else workspace_id = any ((select visible_workspaces())::uuid[]) end);
    `);
  }
}
