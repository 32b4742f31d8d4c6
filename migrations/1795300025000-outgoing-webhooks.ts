import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Where events are sent, what was sent, and what came of it. */
export class OutgoingWebhooks1795300025000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table webhooks (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        url text not null check (length(url) between 8 and 2000),
        description text not null check (length(description) <= 200),
        -- Null = all that there are, also those that are added later.
        event_types text[] check (cardinality(event_types) > 0),
        -- Null = all of the organization.
        workspace_ids uuid[] check (cardinality(workspace_ids) > 0),
        -- Both encrypted for this row. The former one signs along until its time is up.
        secret text not null,
        former_secret text,
        former_secret_until timestamptz,
        -- Since when nothing was taken any more.
        failing_since timestamptz,
        last_delivered_at timestamptz,
        disabled_at timestamptz,
        disabled_reason text check (disabled_reason in ('gone', 'failing', 'by-hand')),
        version integer not null default 1,
        created_by uuid not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check ((former_secret is null) = (former_secret_until is null)),
        check ((disabled_at is null) = (disabled_reason is null))
      );
      create index webhooks_organization on webhooks (organization_id, id);

      -- What is sent of an event: once, however many webhooks want it. Its id is the event's.
      create table webhook_messages (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid references workspaces (id),
        type text not null check (length(type) between 3 and 100),
        -- Exactly as it is signed and sent.
        payload text not null,
        created_at timestamptz not null default now()
      );
      create index webhook_messages_age on webhook_messages (created_at);
      create trigger webhook_messages_immutable before update on webhook_messages
        for each row execute function refuse_change();

      -- One message on its way to one webhook.
      create table webhook_deliveries (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        workspace_id uuid references workspaces (id),
        webhook_id uuid not null references webhooks (id) on delete cascade,
        message_id uuid not null references webhook_messages (id) on delete cascade,
        type text not null check (length(type) between 3 and 100),
        -- What it is about. First tries keep the order of what happened to one thing.
        subject uuid not null,
        position bigint generated always as identity,
        state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
        -- Tries since it was begun, or repeated, last.
        tries integer not null default 0 check (tries >= 0),
        next_try_at timestamptz not null default now(),
        lease uuid,
        leased_until timestamptz,
        last_status integer,
        last_error text,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        unique (webhook_id, message_id),
        check ((lease is null) = (leased_until is null)),
        check ((ended_at is null) = (state = 'waiting'))
      );
      create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, next_try_at) where state = 'waiting';
      create index webhook_deliveries_subject on webhook_deliveries (webhook_id, subject, position) where state = 'waiting';
      create index webhook_deliveries_list on webhook_deliveries (webhook_id, id);
      create index webhook_deliveries_failed on webhook_deliveries (webhook_id, created_at) where state = 'failed';
      create index webhook_deliveries_message on webhook_deliveries (message_id);

      create table webhook_tries (
        id uuid primary key,
        organization_id uuid not null references organizations (id),
        delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
        at timestamptz not null,
        duration_ms integer not null check (duration_ms >= 0),
        -- Null where no answer came.
        status integer,
        -- The beginning of the answer's body.
        answer text,
        error text
      );
      create index webhook_tries_delivery on webhook_tries (delivery_id, at);

      -- How far each organization's publishing log is read, for those that have webhooks.
      create table webhook_log_positions (
        organization_id uuid primary key references organizations (id),
        xid xid8 not null,
        publication_id uuid not null,
        version integer not null
      );

      -- For which end of a sign-in it was told that it comes near.
      alter table connections add column expiry_told timestamptz;

      do $$ declare t text; begin
        foreach t in array array['webhooks', 'webhook_messages', 'webhook_deliveries', 'webhook_tries',
                                 'webhook_log_positions'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy tenant on %I to clickpost_app
            using (organization_id = current_organization()) with check (organization_id = current_organization())', t);
        end loop;
        foreach t in array array['webhook_messages', 'webhook_deliveries'] loop
          execute format('create policy workspace on %I as restrictive to clickpost_app
            using (coalesce(workspace_id = any ((select visible_workspaces())::uuid[]), true))', t);
        end loop;
        foreach t in array array['webhooks', 'webhook_messages', 'webhook_deliveries', 'webhook_log_positions'] loop
          execute format('create policy engine on %I to clickpost_engine using (true) with check (true)', t);
        end loop;
      end $$;
      create policy retention on webhook_messages to clickpost_retention using (true);

      grant select, insert, update, delete on webhooks to clickpost_app;
      grant select, insert on webhook_messages, webhook_tries to clickpost_app;
      grant select, insert, update on webhook_deliveries to clickpost_app;
      grant select, insert, delete on webhook_log_positions to clickpost_app;
      -- The keys of the vault are exchanged by it.
      grant select, update on webhooks to clickpost_engine;
      grant select, insert on webhook_messages to clickpost_engine;
      grant select, insert, update on webhook_deliveries to clickpost_engine;
      grant select, update on webhook_log_positions to clickpost_engine;
      grant select, delete on webhook_messages to clickpost_retention;
    `);
  }
}
