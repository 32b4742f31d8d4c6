import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/**
 * The library of a workspace: folders, tags, versions, words to search by, how much it may hold, and which posts use what.
 */
export class MediaLibrary1795300034000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(EXISTING);
    await db.query(RIGHTS);
  }
}

const TABLES = `
  create table media_folders (
    id uuid primary key,
    organization_id uuid not null references organizations (id),
    workspace_id uuid not null references workspaces (id),
    parent_id uuid references media_folders (id),
    name text not null check (length(name) between 1 and 100),
    depth integer not null check (depth between 1 and 5),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    check ((parent_id is null) = (depth = 1))
  );
  create unique index media_folders_name
    on media_folders (workspace_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name));
  create index media_folders_parent on media_folders (parent_id);

  alter table media_assets
    add column folder_id uuid references media_folders (id),
    add column version integer not null default 1,
    add column uploaded_by jsonb,
    -- All versions of one thing; one of them stands in the library.
    add column series_id uuid,
    add column file_version integer not null default 1 check (file_version > 0),
    add column current boolean not null default true,
    add column deleted_at timestamptz,
    add column bytes bigint generated always as ((facts ->> 'bytes')::bigint) stored,
    add column sort_name text collate "C" generated always as (left(lower(filename), 200)) stored;

  -- Sorted and found by columns alone: behind row-level security no index is searched by what could leak.
  create index media_assets_newest on media_assets (workspace_id, created_at desc, id desc) where current and deleted_at is null;
  create index media_assets_name on media_assets (workspace_id, sort_name, id) where current and deleted_at is null;
  create index media_assets_size on media_assets (workspace_id, bytes desc, id desc) where current and deleted_at is null;
  create index media_assets_folder on media_assets (folder_id, created_at desc, id desc) where current and deleted_at is null;
  create index media_assets_digest on media_assets (workspace_id, digest) where deleted_at is null;
  create index media_assets_stored on media_assets (organization_id, digest);
  create index media_assets_deleted on media_assets (deleted_at) where deleted_at is not null;
  drop index media_assets_workspace;

  create table media_tags (
    asset_id uuid not null references media_assets (id) on delete cascade,
    tag text collate "C" not null check (length(tag) between 1 and 40),
    organization_id uuid not null references organizations (id),
    workspace_id uuid not null references workspaces (id),
    primary key (asset_id, tag)
  );
  create index media_tags_tag on media_tags (workspace_id, tag, asset_id);

  -- What a search finds an asset by: the beginnings of these.
  create table media_words (
    asset_id uuid not null references media_assets (id) on delete cascade,
    word text collate "C" not null,
    organization_id uuid not null references organizations (id),
    workspace_id uuid not null references workspaces (id),
    primary key (asset_id, word)
  );
  create index media_words_word on media_words (workspace_id, word, asset_id);

  create table media_storage (
    workspace_id uuid primary key references workspaces (id),
    organization_id uuid not null references organizations (id),
    -- Null = what the installation gives to each.
    allowed_bytes bigint check (allowed_bytes >= 0),
    -- Equal files of the workspace count once.
    used_bytes bigint not null default 0 check (used_bytes >= 0)
  );

  -- Which files the revisions of a post name.
  create table post_media (
    post_id uuid not null references posts (id) on delete cascade,
    asset_id uuid not null references media_assets (id) on delete cascade,
    organization_id uuid not null references organizations (id),
    workspace_id uuid not null references workspaces (id),
    -- Whether the present revision does.
    current boolean not null,
    primary key (post_id, asset_id)
  );
  create index post_media_asset on post_media (asset_id);
`;

const EVERY_TABLE = ['media_assets', 'posts', 'post_revisions'];
const EXISTING = `
  ${EVERY_TABLE.map((table) => `alter table ${table} no force row level security;`).join('\n')}

  update media_assets set series_id = id;
  alter table media_assets alter column series_id set not null;
  create unique index media_assets_series on media_assets (series_id, file_version);
  create unique index media_assets_current on media_assets (series_id) where current and deleted_at is null;

  insert into media_words (asset_id, word, organization_id, workspace_id)
    select distinct a.id, left(word, 60), a.organization_id, a.workspace_id
      from media_assets a,
           regexp_split_to_table(lower(a.filename || ' ' || coalesce(left(a.alt_text, 2000), '')), '[^[:alnum:]]+') word
     where word <> '';

  insert into media_storage (workspace_id, organization_id, used_bytes)
    select workspace_id, organization_id, sum(bytes)
      from (select distinct workspace_id, organization_id, digest, bytes from media_assets) files group by 1, 2;

  insert into post_media (post_id, asset_id, organization_id, workspace_id, current)
    select p.id, a.id, p.organization_id, p.workspace_id, bool_or(r.number = p.revision)
      from posts p
      join post_revisions r on r.post_id = p.id
      cross join unnest(array['$.media[*].id', '$.content.thread[*].media[*].id', '$.channels[*].media[*].id',
                              '$.channels[*].content.thread[*].media[*].id']::jsonpath[]) place
      cross join jsonb_path_query(r.content, place) named
      join media_assets a on a.id::text = lower(named #>> '{}') and a.workspace_id = p.workspace_id
     group by 1, 2, 3, 4;

  ${EVERY_TABLE.map((table) => `alter table ${table} force row level security;`).join('\n')}
`;

const RIGHTS = `
  do $$ declare t text; begin
    foreach t in array array['media_folders', 'media_tags', 'media_words', 'media_storage', 'post_media'] loop
      execute format('alter table %I enable row level security', t);
      execute format('alter table %I force row level security', t);
      execute format('create policy tenant on %I to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
      execute format('create policy workspace on %I as restrictive to clickpost_app
        using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true))', t);
    end loop;
  end $$;
  grant select, insert, update, delete on media_folders to clickpost_app;
  grant select, insert, delete on media_tags, media_words to clickpost_app;
  grant select, insert, update on media_storage, post_media to clickpost_app;

  -- What was deleted goes when no post names it any more.
  grant select (deleted_at) on media_assets to clickpost_engine;
  create policy retention on media_assets to clickpost_retention using (deleted_at is not null);
  create policy retention on post_media for select to clickpost_retention using (true);
  create policy retention on publication_media for select to clickpost_retention using (true);
  create policy media_retention on posts for select to clickpost_retention using (deleted_at is null);
  grant select, delete on media_assets to clickpost_retention;
  grant select on post_media, publication_media, posts to clickpost_retention;
`;
