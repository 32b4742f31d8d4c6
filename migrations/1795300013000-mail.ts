import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Mail that is to be sent, or was. */
export class Mail1795300013000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table mails (
        id uuid primary key,
        -- Null where it is about a person and no organization, such as a forgotten password.
        organization_id uuid references organizations (id),
        kind text not null check (length(kind) between 1 and 100),
        address text not null check (length(address) between 3 and 320),
        -- Encrypted for this row alone, since links in it sign people in. Gone once it was sent.
        body text,
        created_at timestamptz not null default now(),
        available_at timestamptz not null default now(),
        lease uuid,
        leased_until timestamptz,
        attempts integer not null default 0,
        last_error text,
        sent_at timestamptz,
        given_up_at timestamptz,
        check ((lease is null) = (leased_until is null)),
        check (sent_at is null or given_up_at is null),
        check (body is not null or sent_at is not null or given_up_at is not null)
      );
      create index mails_waiting on mails (available_at) where sent_at is null and given_up_at is null;
      create index mails_given_up on mails (given_up_at) where given_up_at is not null;
      create index mails_age on mails (created_at, id);

      alter table mails enable row level security;
      alter table mails force row level security;
      -- Written by whoever changes what the mail is about, and read by nobody but the worker.
      create policy tenant on mails for insert to clickpost_app with check (organization_id = current_organization());
      create policy identity on mails for insert to clickpost_identity with check (true);
      create policy engine on mails to clickpost_engine using (true) with check (true);
      create policy retention on mails to clickpost_retention using (sent_at is not null or given_up_at is not null);
      grant insert on mails to clickpost_app, clickpost_identity;
      grant select, insert, update on mails to clickpost_engine;
      grant select, delete on mails to clickpost_retention;
    `);
  }
}
