import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The delivery engine: publications, their segments and the publishing log. */
export class Publishing1795300003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
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
        check (lease is null or state in ('preparing', 'ready', 'committing'))
      );
      -- One publication of a channel between fence and outcome: matching by content stays unambiguous.
      create unique index publications_one_committing on publications (channel_id) where state = 'committing';
      create index publications_dispatch on publications (next_check_at)
        where state in ('scheduled', 'preparing', 'ready', 'committing');
      create index publications_channel_active on publications (channel_id, due_at, id)
        where state in ('scheduled', 'preparing', 'ready', 'committing');
      create index publications_held on publications (channel_id, held_reason) where state = 'held';
      create index publications_post on publications (post_id);
      create index publications_calendar on publications (workspace_id, due_at);
      create index publications_attention on publications (organization_id, updated_at)
        where state in ('failed', 'held', 'unconfirmed');

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
        -- The fence, and what became of it.
        fences integer not null default 0,
        fenced_at timestamptz,
        settled_at timestamptz,
        outcome text check (outcome in ('published', 'refused', 'absent', 'repeatable')),
        platform_object_id text,
        platform_reference jsonb,
        permalink text,
        published_at timestamptz,
        unique (publication_id, position),
        check (fences > 0 or outcome is null),
        check ((outcome = 'published') = (platform_object_id is not null) or outcome is null)
      );
      -- What one publication owns on the platform, no other may claim.
      create unique index segments_platform_object on segments (channel_id, platform_object_id);

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
        unique (publication_id, version)
      );

      create function guard_publication() returns trigger language plpgsql as $$
      begin
        if new.state is distinct from old.state and not exists (
          select 1 from publication_transitions t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'A publication cannot go from % to %', old.state, new.state using errcode = 'check_violation';
        end if;
        if new.version < old.version then
          raise exception 'The version of a publication never goes back' using errcode = 'check_violation';
        end if;
        if old.first_fenced_at is not null and new.content_hash <> old.content_hash then
          raise exception 'The content of a publication is frozen by its first fence' using errcode = 'check_violation';
        end if;
        new.updated_at := now();
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
          execute format('create policy retention on %I to clickpost_retention using (true)', t);
        end loop;
      end $$;

      grant select on publication_transitions to clickpost_app, clickpost_engine, clickpost_retention;
      grant select, insert, update on publications, segments to clickpost_app, clickpost_engine;
      grant select, insert on publishing_log to clickpost_app, clickpost_engine;
      grant select, delete on publications, segments, publishing_log to clickpost_retention;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
