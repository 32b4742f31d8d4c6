import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Renditions are made by jobs: each has an address, a place in the line, and is told of while it is made. */
export class RenditionJobs1795300032000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table renditions
        add column id uuid not null default gen_random_uuid(),
        -- Not taken up before: it was given back because of a fault of ours.
        add column available_at timestamptz not null default now(),
        -- How often it was given back so, since it last was wanted.
        add column setbacks integer not null default 0,
        -- How often whoever made it ended in the middle of it.
        add column deaths integer not null default 0,
        add column begun_at timestamptz,
        add column finished_at timestamptz,
        -- The transaction that changed it last: those who watch follow behind the oldest one that has not ended.
        add column xid xid8 not null default pg_current_xact_id();
      create unique index renditions_id on renditions (id);
      create index renditions_begun on renditions (organization_id, begun_at);
      create index renditions_finished on renditions (finished_at);
      create index renditions_changed on renditions (xid);

      create function note_rendition_change() returns trigger language plpgsql as $$
      begin
        new.xid = pg_current_xact_id();
        new.updated_at = now();
        return new;
      end $$;
      -- Being looked at is no news.
      create trigger renditions_noted before update on renditions for each row
        when ((old.state, old.progress, old.remaining_ms) is distinct from (new.state, new.progress, new.remaining_ms))
        execute function note_rendition_change();

      -- Files of renditions that belong to nothing: written down before a file is made, and taken away with its row's being ready.
      create table stray_files (
        storage_key text primary key,
        organization_id uuid not null references organizations (id),
        -- Then the file goes.
        due_at timestamptz not null
      );
      create index stray_files_due on stray_files (due_at);

      -- Originals whose last asset is gone: their files go later.
      create table discarded_originals (
        organization_id uuid not null references organizations (id),
        digest text not null,
        storage_key text not null,
        discarded_at timestamptz not null default now(),
        -- When somebody began to take the file away, and whether it is away.
        removed_at timestamptz,
        gone boolean not null default false,
        primary key (organization_id, digest)
      );
      create index discarded_originals_due on discarded_originals (discarded_at);
      do $$ declare t text; begin
        foreach t in array array['stray_files', 'discarded_originals'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
          execute format('grant select, insert, update, delete on %I to clickpost_app, clickpost_engine', t);
        end loop;
      end $$;

      create policy retention on discarded_originals to clickpost_retention using (true) with check (true);
      grant select, insert, update on discarded_originals to clickpost_retention;

      create function discard_original() returns trigger language plpgsql as $$
      begin
        insert into discarded_originals (organization_id, digest, storage_key)
          values (old.organization_id, old.digest, old.storage_key)
          on conflict (organization_id, digest) do update set discarded_at = now(), removed_at = null, gone = false;
        return null;
      end $$;
      create trigger media_assets_discarded after delete on media_assets
        for each row execute function discard_original();

      -- An asset that is added keeps its original: it waits for whoever takes that file away, and does not refer to one that is gone.
      create function keep_original() returns trigger language plpgsql as $$
      declare removed timestamptz;
      begin
        delete from discarded_originals where organization_id = new.organization_id and digest = new.digest
          returning removed_at into removed;
        if removed > now() - interval '1 minute' then
          raise exception 'The file of this asset was taken away a moment ago. Upload it again.' using errcode = '40001';
        end if;
        return new;
      end $$;
      create trigger media_assets_kept before insert on media_assets
        for each row execute function keep_original();

      -- The engine reads what is known of an original that it works on.
      create policy making on media_assets for select to clickpost_engine using (true);
      grant select (id, organization_id, workspace_id, digest, facts) on media_assets to clickpost_engine;
    `);
  }
}
