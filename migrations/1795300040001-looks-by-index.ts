import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What only has to be looked up is found by an index of its own: that of the open fences no longer holds all of it. */
export class LooksByIndex1795300040001 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index publications_to_look_up on publications (next_check_at) where state = 'committing';
    `);
  }
}
