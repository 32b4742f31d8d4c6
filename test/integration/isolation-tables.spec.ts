import pg from 'pg';
import { readDescription } from '../fuzz/description.js';
import { has, ownedBy, readTables, type Table } from '../fuzz/tables.js';
import { makeWorld, type World } from '../fuzz/world.js';
import { PracticeApi } from '../support/practice-api.js';

/** Tables that hold nothing of any organization. Whatever is not here has forced row-level security. */
const OUTSIDE: Readonly<Record<string, string>> = {
  migrations: 'Which migrations ran: read by the owner alone.',
  installation: 'One row about the installation: whether the operator paused it.',
  installation_log: 'What the operator did to the installation as a whole.',
  platform_apps:
    'The installation’s own applications at platforms; their secrets are sealed, and only operators enter them.',
  publication_transitions: 'Which changes of state there are: a table of the state machine.',
  breakers: 'Which outside servers are away, for all who publish there.',
  app_blocks: 'Limits of the installation’s own applications at platforms.',
  budget_uses: 'How much of platforms’ daily budgets the installation’s own applications have used.',
  budget_reservations: 'What publications in hand will use of them; the application’s role cannot read it.',
  quota_uses: 'Counts against limits of platforms; the application’s role cannot read it.',
};

/** Tables with a workspace that all members of the organization may need to read, and why. */
const ACROSS_WORKSPACES: Readonly<Record<string, string>> = {
  workspace_members: 'From it follows which workspaces a request sees; the API tells it to whoever may see members.',
};

/** Roles that work across organizations: before one is known, or for all of them in turn. No request runs as one of these. */
const ACROSS_TENANTS = ['clickpost_identity', 'clickpost_engine', 'clickpost_retention'];
const APPLICATION = 'clickpost_app';

const REFUSED = '42501';

describe('every table', () => {
  let practice: PracticeApi;
  let application: pg.Client;
  let world: World;
  let tables: Table[];
  let tenantTables: { name: string; table: Table; owned: string }[];
  beforeAll(async () => {
    practice = await PracticeApi.start();
    const { url, databaseUrl } = practice.api;
    world = await makeWorld(url, practice.owner, await readDescription(url));
    application = new pg.Client({ connectionString: databaseUrl });
    await application.connect();
    tables = await readTables(practice.owner);
    tenantTables = tables.flatMap((table) => {
      const owned = ownedBy(table);
      return owned === undefined || table.name in OUTSIDE ? [] : [{ name: table.name, table, owned }];
    });
  });
  afterAll(async () => {
    await application?.end();
    await practice?.close();
  });

  /** Runs one statement as a role for a tenant, takes it back, and says how many rows it touched: none where it is refused. */
  const rowsFor = async (
    {
      role = APPLICATION,
      organization = '',
      workspaces = '',
    }: { role?: string; organization?: string; workspaces?: string },
    sql: string,
    parameters: unknown[] = [],
  ): Promise<number> => {
    await application.query('begin');
    try {
      if (role !== '') await application.query(`set local role ${role}`);
      await application.query(
        `select set_config('app.organization_id', $1, true), set_config('app.workspaces', $2, true)`,
        [organization, workspaces],
      );
      return (await application.query(sql, parameters)).rowCount ?? 0;
    } catch (error) {
      if ((error as pg.DatabaseError).code === REFUSED) return 0;
      throw error;
    } finally {
      await application.query('rollback');
    }
  };

  /** Tables of which `count` is not null, with that count. */
  const found = async (count: (table: (typeof tenantTables)[number]) => Promise<number>) => {
    const counts: Record<string, number> = {};
    for (const table of tenantTables) {
      const rows = await count(table);
      if (rows > 0) counts[table.name] = rows;
    }
    return counts;
  };

  it('holds something of both organizations', async () => {
    expect(tenantTables.length).toBeGreaterThan(15);
    for (const { home } of [world.own, world.foreign]) {
      const filled = await found(async ({ name, owned }) => {
        const { rowCount } = await practice.owner.query(`select 1 from ${name} where ${owned}`, [home.organizationId]);
        return rowCount ?? 0;
      });
      expect(Object.keys(filled)).toEqual(tenantTables.map(({ name }) => name));
    }
  });

  it('has forced row-level security and a policy, or a reason', () => {
    const open = tables.filter(({ forced, policies }) => !forced || policies.length === 0).map(({ name }) => name);
    expect(open.sort()).toEqual(Object.keys(OUTSIDE).sort());
    expect(tables.filter((table) => table.name in OUTSIDE && ownedBy(table) !== undefined)).toEqual([]);
  });

  it('speaks of the tenant in every policy of the application', () => {
    const loose = tables.flatMap(({ name, policies }) =>
      policies
        .filter(({ roles, permissive }) => permissive && roles.some((role) => !ACROSS_TENANTS.includes(role)))
        .filter((policy) => !/current_organization\(\)/.test(`${policy.using} ${policy.check}`))
        .map((policy) => `${policy.name} on ${name}`),
    );
    expect(loose).toEqual([]);
  });

  it('belongs to no role of ours, and none of them passes row-level security', async () => {
    const { rows } = await practice.owner.query(
      `select r.rolname from pg_roles r
        where r.rolname = any ($1)
          and (r.rolsuper or r.rolbypassrls or exists (select 1 from pg_class c
            where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace))`,
      [[APPLICATION, ...ACROSS_TENANTS, new URL(practice.api.databaseUrl).username]],
    );
    expect(rows).toEqual([]);
  });

  it('shows no row without a tenant', async () => {
    expect(await found(({ name }) => rowsFor({}, `select 1 from ${name}`))).toEqual({});
    // The login itself has no right to anything: it must say as whom it asks.
    expect(await found(({ name }) => rowsFor({ role: '' }, `select 1 from ${name}`))).toEqual({});
  });

  it('shows its own rows to a tenant, and none of another', async () => {
    const { organizationId: own } = world.own.home;
    const { organizationId: foreign } = world.foreign.home;
    const shown = await found(({ name }) => rowsFor({ organization: own }, `select 1 from ${name}`));
    expect(Object.keys(shown).length).toBeGreaterThan(15);
    for (const [asker, other] of [
      [own, foreign],
      [foreign, own],
    ] as const) {
      const across = ({ name, table, owned }: (typeof tenantTables)[number]) =>
        // Under the asker's own eyes the members of the other organization are not there to be named.
        table.name === 'users' || !has(table, 'organization_id')
          ? rowsFor({ organization: asker }, `select 1 from ${name} where not (${owned})`, [asker])
          : rowsFor({ organization: asker }, `select 1 from ${name} where ${owned}`, [other]);
      expect(await found(across)).toEqual({});
    }
  });

  it('lets no tenant change, remove or add a row of another', async () => {
    const { organizationId: foreign } = world.foreign.home;
    const { organizationId: own } = world.own.home;
    const changed = ({ name, table, owned }: (typeof tenantTables)[number]) => {
      const column = table.columns.find(({ generated }) => !generated)?.name ?? '';
      return rowsFor({ organization: foreign }, `update ${name} set ${column} = ${column} where ${owned}`, [own]);
    };
    expect(await found(changed)).toEqual({});
    const removed = ({ name, owned }: (typeof tenantTables)[number]) =>
      rowsFor({ organization: foreign }, `delete from ${name} where ${owned}`, [own]);
    expect(await found(removed)).toEqual({});
    const added = async ({ name, table, owned }: (typeof tenantTables)[number]) => {
      const { rows } = await practice.owner.query(`select to_jsonb(t) as row from ${name} t where ${owned} limit 1`, [
        own,
      ]);
      const columns = table.columns.filter(({ generated }) => !generated).map((column) => column.name);
      const copy = `insert into ${name} (${columns.join(', ')})
        select ${columns.join(', ')} from jsonb_populate_record(null::${name}, $1)`;
      return rowsFor({ organization: foreign }, copy, [rows[0].row]);
    };
    expect(await found(added)).toEqual({});
  });

  it('with a workspace hides those that a request may not see', async () => {
    const inWorkspaces = tenantTables.filter(({ table }) => has(table, 'workspace_id'));
    expect(inWorkspaces.length).toBeGreaterThan(4);
    const without = inWorkspaces.filter(
      ({ table }) =>
        !table.policies.some((p) => p.name === 'workspace' && !p.permissive && p.roles.includes(APPLICATION)),
    );
    expect(without.map(({ name }) => name)).toEqual(Object.keys(ACROSS_WORKSPACES));
    const hidden = inWorkspaces.filter(({ name }) => !(name in ACROSS_WORKSPACES));
    const { organizationId: organization, workspaceId } = world.own.home;
    const see = (name: string, workspaces: string) =>
      rowsFor({ organization, workspaces }, `select 1 from ${name} where workspace_id = $1`, [workspaceId]);
    for (const { name } of hidden) {
      expect({ name, rows: await see(name, '{01a2036f-adae-7159-8fd3-343c9959fe0e}') }).toEqual({ name, rows: 0 });
      expect({ name, rows: await see(name, `{${workspaceId}}`) }).toEqual({ name, rows: await see(name, '') });
    }
  });
});
