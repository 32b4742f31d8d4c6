import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What one channel can do less, or more, than its platform says. */
export class ChannelDifferences1795300050010 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table channels
        -- Null where the channel can do what the platform says.
        add column capabilities jsonb,
        -- Names of settings of a post that this channel does not have.
        add column without_settings text[] not null default '{}';

      -- What adapters say of new channels, for those that are there: Instagram deletes posts and finds places through Facebook alone.
      alter table channels no force row level security;
      alter table connections no force row level security;
      update channels set capabilities = '{"remove": false}', without_settings = '{location}'
       where platform = 'instagram'
         and connection_id in (select id from connections where way = 'instagram-login');
      alter table channels force row level security;
      alter table connections force row level security;
    `);
  }
}
