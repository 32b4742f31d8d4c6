import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Some platforms give an edited post another id: then the publication owns that one, and no longer the one before. */
export class EditedObjects1795300050001 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function guard_segment() returns trigger language plpgsql as $$
      begin
        if new.fences < old.fences or new.first_fenced_at is distinct from coalesce(old.first_fenced_at, new.first_fenced_at) then
          raise exception 'The fences of a segment are never taken back' using errcode = 'check_violation';
        end if;
        if old.outcome = 'published' and (new.outcome, new.platform_account) is distinct from (old.outcome, old.platform_account) then
          raise exception 'A published segment stays published' using errcode = 'check_violation';
        end if;
        -- Only what is published as a whole is edited.
        if old.outcome = 'published' and new.platform_object_id is distinct from old.platform_object_id and not exists (
          select 1 from publications p where p.id = new.publication_id and p.state = 'published') then
          raise exception 'A published segment stays published' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
    `);
  }
}
