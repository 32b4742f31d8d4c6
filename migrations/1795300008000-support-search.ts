import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** What support looks for and does: a hold by a person, indexes of what needs attention, and what a bulk action was shown. */
export class SupportSearch1795300008000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table publications drop constraint publications_held_reason_check;
      alter table publications add constraint publications_held_reason_check check (held_reason in
        ('approval-missing', 'changed-after-approval', 'channel-disconnected', 'channel-paused', 'workspace-paused',
         'organization-paused', 'installation-paused', 'media-processing', 'media-failed', 'too-late', 'held-by-person'));

      -- Columns and not expressions: behind row-level security an index is searched by a comparison that cannot leak, and
      -- reading inside JSON may. Null wherever nothing went wrong.
      alter table publications
        add column failure_kind text generated always as (failure ->> 'kind') stored,
        add column platform_code text generated always as (failure ->> 'platformCode') stored;
      -- The request that failed, and the last one of a look; what went well is in no index.
      alter table publishing_log add column request_id text generated always as (
        case when failure is not null or kind = 'reconciled'
          then coalesce(failure ->> 'requestId', evidence #>> '{exchanges,-1,requestId}') end) stored;

      create index publishing_log_request on publishing_log (organization_id, request_id) where request_id is not null;

      create index publications_attention_state on publications (organization_id, state, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed');
      create index publications_attention_workspace on publications (workspace_id, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed');
      create index publications_attention_channel on publications (channel_id, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed');
      create index publications_attention_due on publications (organization_id, due_at)
        where state in ('failed', 'held', 'unconfirmed');
      create index publications_attention_kind on publications (organization_id, failure_kind, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed') and failure_kind is not null;
      create index publications_attention_code on publications (organization_id, platform_code, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed') and platform_code is not null;
      create index publications_attention_held on publications (organization_id, held_reason, updated_at, id)
        where state = 'held';

      -- What a person was shown before a bulk action: it is carried out on exactly these, as they were then.
      create table support_previews (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        user_id uuid not null references users (id),
        action text not null check (action in ('retry', 'hold', 'release', 'resolve', 'reconcile')),
        outcome text check (outcome in ('published', 'not-published')),
        -- Ids with their versions, in the order of the ids.
        items jsonb not null,
        -- What became of each, by its id.
        results jsonb not null default '{}',
        created_at timestamptz not null default now(),
        check ((action = 'resolve') = (outcome is not null))
      );
      create index support_previews_age on support_previews (organization_id, created_at);
      alter table support_previews enable row level security;
      alter table support_previews force row level security;
      create policy tenant on support_previews to clickpost_app
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      grant select, insert, update, delete on support_previews to clickpost_app;
    `);
  }
}
