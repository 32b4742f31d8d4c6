import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What a publication sends is told only as long as it may still send it. */
export class MediaOfPublications1795300033000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function forget_publication_media() returns trigger language plpgsql as $$
      begin
        delete from publication_media where publication_id = new.id;
        return null;
      end $$;
      create trigger publications_media_over after update of state on publications for each row
        when (old.state is distinct from new.state and new.state in ('published', 'cancelled'))
        execute function forget_publication_media();

      -- Those that wait for a version of a file are found when it is made.
      create index publications_media_held on publications (organization_id, due_at)
        where state = 'held' and held_reason in ('media-processing', 'media-failed');
    `);
  }
}
