import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';

/** A table of ours as PostgreSQL knows it. */
export interface Table {
  name: string;
  columns: Column[];
  /** Whether row-level security holds, for its owner too. */
  forced: boolean;
  policies: Policy[];
}

interface Column {
  name: string;
  type: string;
  /** A row cannot be written without it. */
  required: boolean;
  /** Computed by PostgreSQL itself. */
  generated: boolean;
  /** The only values that a check lets through, where there is such a check. */
  values: string[];
  /** What it refers to. */
  references: { table: string; column: string } | null;
}

interface Policy {
  name: string;
  permissive: boolean;
  roles: string[];
  using: string | null;
  check: string | null;
}

const TABLES = `
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
    (select json_agg(json_build_object(
       'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
       'required', a.attnotnull and not a.atthasdef and a.attidentity = '', 'generated', a.attgenerated <> '',
       'checks', (select json_agg(pg_get_constraintdef(k.oid)) from pg_constraint k
                   where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]),
       'references', (select json_build_object('table', k.confrelid::regclass::text, 'column', f.attname)
                        from pg_constraint k join pg_attribute f
                          on f.attrelid = k.confrelid and f.attnum = k.confkey[array_position(k.conkey, a.attnum)]
                       where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
                       order by cardinality(k.conkey) desc limit 1)) order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(json_build_object('name', p.policyname, 'permissive', p.permissive = 'PERMISSIVE',
       'roles', p.roles, 'using', p.qual, 'check', p.with_check)), '[]')
       from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;

/** Every table of our schema. That of the job queue is BullMQ's own: `QUEUE_SCHEMA`. */
export async function readTables(owner: pg.Client): Promise<Table[]> {
  type Row = Omit<Table, 'columns'> & { columns: (Omit<Column, 'values'> & { checks: string[] | null })[] };
  const { rows } = await owner.query<Row>(TABLES);
  return rows.map((table) => ({
    ...table,
    columns: table.columns.map(({ checks, ...column }) => ({ ...column, values: valuesOf(checks ?? []) })),
  }));
}

/** From `CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text])))`. */
function valuesOf(checks: readonly string[]): string[] {
  const list = checks.map((check) => /= ANY \(\(?ARRAY\[([^\]]*)\]/.exec(check)?.[1]).find((found) => found);
  return [...(list ?? '').matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
}

/** Whether a table has a column of this name. */
export function has(table: Table, column: string): boolean {
  return table.columns.some(({ name }) => name === column);
}

/** The condition under which a row belongs to the organization `$1`; undefined for what belongs to none. */
export function ownedBy(table: Table): string | undefined {
  const people = '(select user_id from members where organization_id = $1)';
  if (has(table, 'organization_id')) return 'organization_id = $1';
  if (table.name === 'organizations') return 'id = $1';
  if (table.name === 'users') return `id in ${people}`;
  if (has(table, 'user_id')) return `user_id in ${people}`;
  return undefined;
}

/** Whose rows are made. */
export interface Home {
  organizationId: string;
  workspaceId: string;
  userId: string;
}

/**
 * Writes a row for an organization into a table, by what PostgreSQL knows of its columns. Throws, with what to do, where
 * PostgreSQL wants more than that.
 */
export async function writeRow(owner: pg.Client, table: Table, home: Home): Promise<void> {
  const needed = table.columns.filter(({ required, name }) => required || ownValue(name, home) !== undefined);
  const texts = table.columns.filter(({ type, references }) => type === 'text' && !references);
  try {
    // A check may want one of the texts that can be left out, and another one not.
    await insert(owner, table, needed, home).catch(() =>
      insert(owner, table, [...new Set([...needed, ...texts])], home),
    );
  } catch (cause) {
    throw new Error(
      `No row of "${table.name}" could be made up. Let test/fuzz/world.ts make one through the API, or write it there.`,
      { cause },
    );
  }
}

async function insert(owner: pg.Client, { name }: Table, columns: readonly Column[], home: Home): Promise<void> {
  const values: unknown[] = [];
  for (const column of columns) values.push(ownValue(column.name, home) ?? (await someValue(owner, column, home)));
  const names = columns.map((column) => column.name);
  const places = names.map((_, index) => `$${index + 1}`);
  await owner.query(`insert into ${name} (${names.join(', ')}) values (${places.join(', ')})`, values);
}

function ownValue(name: string, { organizationId, workspaceId, userId }: Home): unknown {
  const own: Record<string, unknown> = {
    organization_id: organizationId,
    workspace_id: workspaceId,
    workspace_ids: [workspaceId],
    user_id: userId,
  };
  return own[name];
}

async function someValue(owner: pg.Client, column: Column, home: Home): Promise<unknown> {
  const { name, type, values, references } = column;
  if (references) {
    const found = await owner.query<{ value: unknown }>(
      `select ${references.column} as value from ${references.table} t
        order by to_jsonb(t) ->> 'organization_id' = $1 desc nulls last, to_jsonb(t) ->> 'user_id' = $2 desc nulls last
        limit 1`,
      [home.organizationId, home.userId],
    );
    if (found.rows[0]) return found.rows[0].value;
  }
  if (values[0] !== undefined) return values[0];
  if (type === 'uuid') return uuid();
  if (/^(timestamp|date)/.test(type)) return new Date(Date.now() + 3_600_000);
  if (/^(integer|bigint|smallint|numeric)/.test(type)) return 1;
  if (type === 'boolean') return true;
  if (/^jsonb?$/.test(type)) return '{}';
  if (type.endsWith('[]')) return [];
  if (/email|address/.test(name)) return `${randomUUID()}@example.com`;
  return `made-up-${randomUUID()}`;
}
