import type pg from 'pg';
import { type Vault } from '#kernel';

/** A value that nobody but its owner may read, by what it is. */
export interface SecretValue {
  what: string;
  value: string;
}

/** Too short to be told from other words. */
const MIN_LENGTH = 12;

/** What a program writes to its terminal while it is watched. */
export class Terminal {
  private readonly parts: string[] = [];
  private readonly write = process.stdout.write.bind(process.stdout);

  /** From now on nothing goes to the terminal itself. */
  watch(): void {
    process.stdout.write = (chunk: string | Uint8Array) => {
      this.parts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
  }

  unwatch(): void {
    process.stdout.write = this.write;
  }

  get text(): string {
    return this.parts.join('');
  }
}

/** A row that was written to a table, kept when the table has lost it. */
export interface SeenRow {
  table: string;
  row: Record<string, unknown>;
}

/** Keeps every row that anybody writes to the outbox, and to the job queue. */
export async function watchRows(owner: pg.Client): Promise<void> {
  await owner.query(`
    create table seen_rows ("table" text, row jsonb);
    create function see_row() returns trigger language plpgsql security definer as $$
      begin insert into public.seen_rows values (tg_table_schema || '.' || tg_table_name, to_jsonb(new)); return null; end $$;
    do $$ declare t regclass; begin
      for t in select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and (n.nspname = 'bullmq' or c.oid = 'outbox'::regclass) loop
        execute format('create trigger see_row after insert or update on %s for each row execute function public.see_row()', t);
      end loop;
    end $$`);
}

/** What was written there so far. */
export async function seenRows(owner: pg.Client): Promise<SeenRow[]> {
  return (await owner.query<SeenRow>('select * from seen_rows')).rows;
}

/** Every row of every table of the database, the job queue's too, as text by table. */
export async function dump(owner: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await owner.query<{ text: string }>(`select to_jsonb(t)::text as text from ${name} t`);
    texts.set(name, rows.map(({ text }) => text).join('\n'));
  }
  return texts;
}

/** The credentials of all connections and channels as they are now, opened. */
export async function credentialsOf(owner: pg.Client, vault: Vault): Promise<SecretValue[]> {
  const { rows } = await owner.query<{ purpose: string; sealed: string }>(
    `select 'connection:' || id as purpose, credentials as sealed from connections where credentials is not null
     union all select 'channel:' || id, credentials from channels where credentials is not null`,
  );
  const opened = await Promise.all(rows.map(({ sealed, purpose }) => vault.decrypt(sealed, purpose)));
  return opened.flatMap((credentials) => leavesOf(credentials, ''));
}

/** Texts of fields whose names say that they are secret. */
function leavesOf(value: unknown, name: string): SecretValue[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, key));
  }
  const isSecret = /token|jwt|secret|password|key/i.test(name);
  return isSecret && typeof value === 'string' && value.length >= MIN_LENGTH ? [{ what: name, value }] : [];
}

/** Which secrets a text holds: as they are, in base64, or as part of an address. */
export function found(secrets: readonly SecretValue[], text: string): string[] {
  return secrets
    .filter(({ value }) =>
      [
        value,
        encodeURIComponent(value),
        Buffer.from(value).toString('base64'),
        Buffer.from(value).toString('base64url'),
      ]
        // The end of base64 depends on what follows.
        .some((form, index) => text.includes(index < 2 ? form : form.replace(/=*$/, '').slice(0, -1))),
    )
    .map(({ what }) => what);
}
