import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Room for what is written several times within a minute and then never again. */
export class RoomForUpdates1795300010000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A segment is changed about three times before its indexed columns are: with room on its page, in place.
      alter table segments set (fillfactor = 60);
      -- What was due leaves dead entries at the very place where the dispatcher looks for what is due.
      alter table publications set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
      alter table segments set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
    `);
  }
}
