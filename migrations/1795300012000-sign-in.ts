import { type QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only.js';

/** Links by mail, the second factor, sign-in with Facebook, sessions that people see, and the counts of tries. */
export class SignIn1795300012000 extends ForwardOnly {
  override async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table users
        add column email_verified_at timestamptz,
        -- Since when a second factor is asked for; what it is lies where only signing in looks.
        add column second_factor_at timestamptz;

      alter table organizations add column second_factor_required boolean not null default false;
      grant update (second_factor_required) on organizations to clickpost_app;

      -- What a session is called by whoever may see it, which is not what signs in.
      alter table sessions add column id uuid not null default gen_random_uuid() unique;
      alter table sessions alter column id drop default;

      create table mailed_tokens (
        token_hash text primary key,
        user_id uuid not null references users (id),
        purpose text not null check (purpose in ('password-reset', 'verify-email')),
        -- Where it was sent: it proves this address and no later one.
        email text not null,
        expires_at timestamptz not null
      );
      create index mailed_tokens_user on mailed_tokens (user_id, purpose);

      create table second_factors (
        user_id uuid primary key references users (id),
        -- Sealed by the vault.
        secret text not null,
        -- Null while it is being set up.
        confirmed_at timestamptz,
        -- The time step of the last code that was accepted: no code counts twice.
        last_step bigint not null default 0
      );

      create table recovery_codes (
        user_id uuid not null references second_factors (user_id) on delete cascade,
        code_hash text not null,
        primary key (user_id, code_hash)
      );

      create table outside_identities (
        provider text not null,
        external_id text not null,
        user_id uuid not null references users (id),
        created_at timestamptz not null default now(),
        primary key (provider, external_id),
        unique (user_id, provider)
      );

      -- As rate-limiter-flexible expects it; expire in milliseconds since 1970.
      create table rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
      create index rate_limits_expire on rate_limits (expire);

      do $$ declare t text; begin
        foreach t in array array['mailed_tokens', 'second_factors', 'recovery_codes', 'outside_identities', 'rate_limits'] loop
          execute format('alter table %I enable row level security', t);
          execute format('alter table %I force row level security', t);
          execute format('create policy identity on %I to clickpost_identity using (true) with check (true)', t);
          execute format('grant select, insert, update, delete on %I to clickpost_identity', t);
        end loop;
      end $$;
    `);
  }
}
