import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** People choose which of an account's places become channels. */
export class ChosenChannels1795300050011 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table oauth_flows
        -- Whether somebody chooses afterwards; otherwise every place becomes a channel.
        add column choose boolean not null default false;
      alter table connections
        -- The workspace in which somebody still has to choose; null where nobody has to.
        add column choosing_in uuid references workspaces (id);
    `);
  }
}
