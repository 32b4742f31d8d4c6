import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/**
 * Videos and documents beside images; a rendition is there from when somebody wants it, so that it can be made ahead, waited
 * for and told of; and which publication sends which.
 */
export class Media1795300030000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table media_assets
        drop constraint media_assets_kind_check,
        add constraint media_assets_kind check (kind in ('image', 'video', 'document'));

      alter table renditions
        alter column digest drop not null,
        alter column facts drop not null,
        alter column storage_key drop not null,
        add column plan jsonb,
        add column state text not null default 'ready'
          check (state in ('waiting', 'running', 'ready', 'failed', 'cancelled')),
        -- When the first who sends it is due: what is due soon is made first. Null = nobody sends it yet.
        add column needed_at timestamptz,
        -- From 0 to 1, and how long the rest may take.
        add column progress real check (progress between 0 and 1),
        add column remaining_ms integer,
        add column failure jsonb,
        -- How often somebody began to make it.
        add column attempts integer not null default 0,
        add column lease uuid,
        add column leased_until timestamptz,
        add column updated_at timestamptz not null default now(),
        add column last_used_at timestamptz not null default now(),
        add constraint renditions_made
          check ((state = 'ready') = (digest is not null and facts is not null and storage_key is not null)),
        add constraint renditions_planned check (state = 'ready' or plan is not null),
        add constraint renditions_leased check ((state = 'running') = (lease is not null));
      create index renditions_waiting on renditions (needed_at, created_at) where state = 'waiting';
      create index renditions_running on renditions (leased_until) where state = 'running';
      create index renditions_unused on renditions (last_used_at);

      alter table media_assets no force row level security;
      alter table renditions no force row level security;
      update media_assets set facts = facts || '{"kind": "image"}';
      update renditions set facts = facts || '{"kind": "image"}';
      alter table media_assets force row level security;
      alter table renditions force row level security;

      -- What a publication sends, as long as it may still send it.
      create table publication_media (
        publication_id uuid not null references publications (id) on delete cascade,
        organization_id uuid not null references organizations (id),
        asset_id uuid not null,
        source_digest text not null,
        plan_hash text not null,
        -- It cannot go out before it is made.
        awaited boolean not null,
        primary key (publication_id, source_digest, plan_hash, asset_id)
      );
      create index publication_media_rendition on publication_media (organization_id, source_digest, plan_hash);
      create index publication_media_asset on publication_media (asset_id);
      alter table publication_media enable row level security;
      alter table publication_media force row level security;
      create policy tenant on publication_media to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy engine on publication_media to clickpost_engine using (true) with check (true);
      create policy engine on renditions to clickpost_engine using (true) with check (true);
      grant select, insert, delete on publication_media to clickpost_app, clickpost_engine;
      grant select, insert, update, delete on renditions to clickpost_engine;
      grant update on renditions to clickpost_app;
    `);
  }
}
