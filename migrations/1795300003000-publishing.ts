import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** The delivery engine: publications, their segments and the publishing log. */
export class Publishing1795300003000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table publications (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid not null references workspaces (id),
        channel_id uuid not null references channels (id),
        -- What planning calls it; the engine only hands them back.
        post_id uuid not null,
        revision integer not null,
        content jsonb not null,
        content_hash text not null,
        cleared_hash text,
        due_at timestamptz not null,
        time_zone text not null,
        local_due text not null,
        state text not null check (state in
          ('scheduled', 'preparing', 'ready', 'committing', 'published', 'failed', 'unconfirmed', 'cancelled', 'held')),
        held_reason text check (held_reason in
          ('approval-missing', 'changed-after-approval', 'channel-disconnected', 'channel-paused', 'workspace-paused',
           'organization-paused', 'installation-paused', 'media-processing', 'media-failed', 'too-late')),
        version integer not null check (version > 0),
        attempts integer not null default 0,
        failure jsonb,
        -- Transport and possession: never both of them open to two runners.
        invitation uuid,
        invited_until timestamptz,
        lease uuid,
        leased_until timestamptz,
        next_check_at timestamptz not null,
        first_fenced_at timestamptz,
        published_at timestamptz,
        permalink text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check ((state = 'held') = (held_reason is not null)),
        check ((state = 'published') = (published_at is not null)),
        check (state not in ('failed', 'unconfirmed') or failure is not null),
        check (state <> 'committing' or first_fenced_at is not null),
        check ((lease is null) = (leased_until is null)),
        check ((invitation is null) = (invited_until is null)),
        check (invitation is null or state in ('scheduled', 'preparing', 'ready', 'committing')),
        check (lease is null or state in ('preparing', 'ready', 'committing'))
      );
      -- One publication of a channel between fence and outcome: matching by content stays unambiguous.
      create unique index publications_one_committing on publications (channel_id) where state = 'committing';
      create index publications_dispatch on publications (next_check_at)
        where state in ('scheduled', 'preparing', 'ready', 'committing');
      create index publications_channel_active on publications (channel_id, due_at, id)
        where state in ('scheduled', 'preparing', 'ready', 'committing');
      create index publications_held on publications (due_at) where state = 'held';
      -- What stops a channel that is set to strict order.
      create index publications_channel_stopped on publications (channel_id, due_at, id)
        where state in ('held', 'failed', 'unconfirmed');
      create index publications_post on publications (post_id);
      create index publications_calendar on publications (workspace_id, due_at, id) where state <> 'cancelled';
      create index publications_attention on publications (organization_id, updated_at, id)
        where state in ('failed', 'held', 'unconfirmed');
      create index publications_late on publications (organization_id, due_at)
        where state in ('scheduled', 'preparing', 'ready', 'committing');

      create table segments (
        id uuid primary key,
        publication_id uuid not null references publications (id) on delete cascade,
        organization_id uuid not null references organizations (id),
        channel_id uuid not null references channels (id),
        position integer not null check (position >= 0),
        -- The prepared set: what was made on the platform for one content hash.
        set_id uuid,
        set_hash text,
        checkpoints jsonb not null default '{}',
        prepared jsonb,
        prepared_until timestamptz,
        -- The fences, and what became of the last one. Nothing on the platform from before the first can be ours.
        fences integer not null default 0,
        first_fenced_at timestamptz,
        fenced_at timestamptz,
        settled_at timestamptz,
        outcome text check (outcome in ('published', 'refused', 'absent', 'repeatable')),
        -- A request may have had its effect unseen: it may be sent again under the same key alone, and never ends as failed.
        uncertain boolean not null default false,
        -- What it became on the platform: the account there, by platform and its own id, and the object.
        platform_account text,
        platform_object_id text,
        platform_reference jsonb,
        permalink text,
        published_at timestamptz,
        unique (publication_id, position),
        check ((fences > 0) = (first_fenced_at is not null)),
        check ((fences > 0) = (fenced_at is not null)),
        check ((fences > 0) = (settled_at is not null)),
        check (fences > 0 or outcome is null),
        check ((set_id is null) = (set_hash is null)),
        check (prepared is null or (set_id is not null and prepared_until is not null)),
        check ((outcome is not distinct from 'published') = (platform_object_id is not null)),
        check ((platform_object_id is null) = (platform_account is null)),
        check ((platform_object_id is null) = (published_at is null))
      );
      -- What one publication owns on the platform no other may claim, through whichever channel it reaches the account.
      create unique index segments_platform_object on segments (platform_account, platform_object_id);
      create index segments_claimed on segments (platform_account, published_at) where platform_object_id is not null;

      create table publishing_log (
        id uuid primary key,
        publication_id uuid not null references publications (id),
        organization_id uuid not null references organizations (id),
        version integer not null,
        at timestamptz not null default clock_timestamp(),
        kind text not null check (kind in
          ('scheduled', 'revised', 'rescheduled', 'cleared', 'clearance-withdrawn', 'held', 'released', 'attempt-started',
           'step-done', 'fenced', 'committed', 'segment-published', 'published', 'retry-planned', 'reconciled', 'failed',
           'unconfirmed', 'cancelled', 'resolved', 'removed')),
        actor jsonb not null,
        attempt integer not null,
        state text not null,
        failure jsonb,
        evidence jsonb,
        -- The transaction that wrote it. Entries become visible when it commits, in another order than they were numbered or
        -- timed; whoever follows the log reads only below the oldest transaction still open, and so passes none by.
        xid xid8 not null default pg_current_xact_id(),
        unique (publication_id, version)
      );
      create index publishing_log_feed on publishing_log (organization_id, xid, publication_id, version);

      create function guard_publication() returns trigger language plpgsql as $$
      begin
        if new.state is distinct from old.state and not exists (
          select 1 from publication_transitions t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'A publication cannot go from % to %', old.state, new.state using errcode = 'check_violation';
        end if;
        if new.version < old.version then
          raise exception 'The version of a publication never goes back' using errcode = 'check_violation';
        end if;
        if new.version = old.version and (new.state, new.content_hash, new.cleared_hash, new.due_at)
             is distinct from (old.state, old.content_hash, old.cleared_hash, old.due_at) then
          raise exception 'Every change of a publication is counted by its version' using errcode = 'check_violation';
        end if;
        if old.first_fenced_at is not null then
          if (new.content_hash, new.content, new.channel_id) is distinct from (old.content_hash, old.content, old.channel_id) then
            raise exception 'The content of a publication is frozen by its first fence' using errcode = 'check_violation';
          end if;
          if new.first_fenced_at is distinct from old.first_fenced_at then
            raise exception 'The first fence of a publication stays the first' using errcode = 'check_violation';
          end if;
        end if;
        new.updated_at := now();
        return new;
      end $$;

      create function guard_segment() returns trigger language plpgsql as $$
      begin
        if new.fences < old.fences or new.first_fenced_at is distinct from coalesce(old.first_fenced_at, new.first_fenced_at) then
          raise exception 'The fences of a segment are never taken back' using errcode = 'check_violation';
        end if;
        if old.outcome = 'published' and (new.outcome, new.platform_account, new.platform_object_id)
             is distinct from (old.outcome, old.platform_account, old.platform_object_id) then
          raise exception 'A published segment stays published' using errcode = 'check_violation';
        end if;
        return new;
      end $$;

      create table publication_transitions (
        from_state text not null,
        to_state text not null,
        primary key (from_state, to_state)
      );
      insert into publication_transitions values
        ('scheduled', 'preparing'), ('scheduled', 'held'), ('scheduled', 'cancelled'),
        ('preparing', 'ready'), ('preparing', 'scheduled'), ('preparing', 'held'), ('preparing', 'failed'),
        ('preparing', 'published'), ('preparing', 'unconfirmed'), ('preparing', 'cancelled'),
        ('ready', 'committing'), ('ready', 'preparing'), ('ready', 'scheduled'), ('ready', 'held'), ('ready', 'failed'),
        ('ready', 'cancelled'),
        ('committing', 'published'), ('committing', 'preparing'), ('committing', 'scheduled'), ('committing', 'held'),
        ('committing', 'failed'), ('committing', 'unconfirmed'),
        ('held', 'scheduled'), ('held', 'cancelled'),
        ('failed', 'scheduled'), ('failed', 'cancelled'),
        ('unconfirmed', 'published'), ('unconfirmed', 'scheduled'), ('unconfirmed', 'cancelled');

      create trigger publications_guard before update on publications
        for each row execute function guard_publication();

      create trigger segments_guard before update on segments
        for each row execute function guard_segment();

      create function guard_log() returns trigger language plpgsql as $$
      begin
        -- Deleting is retention's, with the whole publication; changing is nobody's.
        if tg_op = 'DELETE' and current_user = 'clickpost_retention' then return old; end if;
        raise exception 'The publishing log is append-only' using errcode = 'insufficient_privilege';
      end $$;
      create trigger publishing_log_append_only before update or delete on publishing_log
        for each row execute function guard_log();
      create trigger publishing_log_no_truncate before truncate on publishing_log
        for each statement execute function refuse_change();

      do $$ declare t text; begin
        foreach t in array array['publications', 'segments', 'publishing_log'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
        end loop;
      end $$;

      -- Whole publications that have come to their end, and nothing of any other.
      create policy retention on publications to clickpost_retention using (state in ('published', 'failed', 'cancelled'));
      create policy retention on segments to clickpost_retention using (exists (
        select 1 from publications p where p.id = publication_id and p.state in ('published', 'failed', 'cancelled')));
      create policy retention on publishing_log to clickpost_retention using (exists (
        select 1 from publications p where p.id = publication_id and p.state in ('published', 'failed', 'cancelled')));

      grant select on publication_transitions to clickpost_app, clickpost_engine, clickpost_retention;
      grant select, insert, update on publications, segments to clickpost_app, clickpost_engine;
      grant select, insert on publishing_log to clickpost_app, clickpost_engine;
      grant select, delete on publications, segments, publishing_log to clickpost_retention;
    `);
  }
}
