import { jest } from '@jest/globals';
import { Vault } from '#kernel';
import { type Operated } from '../../apps/operator/src/connect.js';
import { keepVault, readVaultOrder, SEALED_COLUMNS } from '../../apps/operator/src/keep-vault.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

/** As `TestEngine` has it. */
const OLD = 'a secret key for tests alone, long enough';
const NEW = 'another secret key, for tests that rotate';

describe('the vault', () => {
  let engine: TestEngine;
  let tenant: TestTenant;

  beforeAll(async () => {
    engine = await TestEngine.start();
    tenant = await engine.tenant();
  });
  afterAll(() => engine.close());

  const keep = async (vault: Vault, ...args: string[]): Promise<Operated & { progress: string[] }> => {
    const order = readVaultOrder(args);
    if (typeof order !== 'string') return { ...order, progress: [] };
    const progress: string[] = [];
    const answer = await keepVault(engine.kernel.database, vault, order, (line) => progress.push(line));
    return { ...answer, progress };
  };
  const stored = async () => {
    const { rows } = await engine.owner.query<{ id: string; credentials: string }>(
      'select id, credentials from connections where credentials is not null order by id',
    );
    return rows;
  };

  /** Every text that looks like a JWE, by where it is stored: `table.column`, with the fields of its JSON. */
  async function sealedPlaces(): Promise<Set<string>> {
    const { rows: columns } = await engine.owner.query<{ place: string; table_name: string; column_name: string }>(
      `select c.table_name, c.column_name from information_schema.columns c
         join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'json', 'character varying')`,
    );
    expect(columns.length).toBeGreaterThan(50);
    const places = new Set<string>();
    for (const { table_name: table, column_name: column } of columns) {
      const { rows } = await engine.owner.query<{ value: string }>(
        `select ${column}::text as value from ${table} where ${column}::text ~ 'eyJ[\\w-]+\\.\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+'`,
      );
      for (const { value } of rows) {
        const path = /"(\w+)": *"eyJ/.exec(value)?.[1];
        places.add([table, column, ...(path ? [path] : [])].join('.'));
      }
    }
    return places;
  }

  it('knows every place where something sealed is stored', async () => {
    const channel = await engine.account(tenant, 'mastodon', 'sealed');
    await engine.connectFacebook(tenant, 'Sealed Person');
    const { rows } = await engine.owner.query<{ connection_id: string }>(
      'select connection_id from channels where id = $1',
      [channel],
    );
    await engine.connections.disconnect(tenant.organizationId, rows[0]?.connection_id ?? '');
    const { vault } = engine.kernel;
    await engine.owner.query(
      `insert into platform_apps (name, client_id, sealed, updated_by) values ('facebook', '1', $1, 'ada@example.com')`,
      [await vault.encrypt({ clientSecret: 'the secret of the app' }, 'platform-app:facebook')],
    );
    const request = '01a2036f-adae-7159-8fd3-343c9959fe0e';
    await engine.owner.query(
      `insert into deletion_requests (id, code, platform, practice, account_hash, sealed)
       values ($1, 'ABCDEFGHJKMNPQRSTUVWXYZ2', 'facebook', true, 'hash', $2)`,
      [request, await vault.encrypt({ practice: true, clientId: '1', accountId: '2' }, `deletion:${request}`)],
    );
    const listed = SEALED_COLUMNS.map(({ table, column, path }) => [table, column, ...(path ? [path] : [])].join('.'));
    const found = [...(await sealedPlaces())];
    expect(found).toEqual(
      expect.arrayContaining([
        ...['connections.credentials', 'channels.credentials'],
        ...['platform_apps.sealed', 'deletion_requests.sealed'],
      ]),
    );
    expect(found.filter((place) => !listed.includes(place))).toEqual([]);
    // What the list names exists, under the role that it names, with the purpose that it names.
    const { said, code } = await keep(new Vault(OLD), 'status');
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('0 cannot be read') });
    expect(said).not.toMatch(/[1-9]\d* cannot be read/);
  });

  it('seals everything anew while accounts are connected, and what is sealed stays readable', async () => {
    await Promise.all([1, 2, 3].map((number) => engine.account(tenant, 'mastodon', `rotate${number}`)));
    const before = await stored();
    const vault = new Vault(NEW, [OLD]);
    const [{ said, code, progress }] = await Promise.all([
      keep(vault, 'rotate'),
      engine.account(tenant, 'mastodon', 'meanwhile'),
    ]);
    expect(said).toMatch(/^[1-9]\d* values were sealed anew/);
    expect(progress.join('')).toContain('connections: ');
    // The account that was connected meanwhile was sealed with the old key, by a program that still has it.
    if (code === 1) expect(said).toContain('Run rotate again');
    const again = await keep(vault, 'rotate');
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('SECRET_KEY_PREVIOUS may go') });
    const after = await stored();
    expect(after).toHaveLength(before.length + 1);
    const alone = new Vault(NEW);
    for (const { id, credentials } of after) {
      await expect(alone.decrypt(credentials, `connection:${id}`)).resolves.toEqual(expect.any(Object));
    }
    expect((await keep(alone, 'rotate')).said).toMatch(/^0 values were sealed anew/);
  });

  it('leaves a value that changes under its hands as it is', async () => {
    const [first] = await stored();
    const [vault, back] = [new Vault(OLD, [NEW]), new Vault(NEW, [OLD])];
    await keep(back, 'rotate');
    const newer = await back.encrypt({ accessToken: 'renewed meanwhile' }, `connection:${first?.id}`);
    const encrypt = vault.encrypt.bind(vault);
    // Between reading and writing: at the worst moment.
    jest.spyOn(vault, 'encrypt').mockImplementation(async (value, purpose) => {
      if (purpose === `connection:${first?.id}`) {
        jest.restoreAllMocks();
        await engine.owner.query('update connections set credentials = $2 where id = $1', [first?.id, newer]);
      }
      return encrypt(value, purpose);
    });
    await keep(vault, 'rotate');
    const kept = (await stored()).find(({ id }) => id === first?.id);
    await expect(vault.decrypt(kept?.credentials ?? '', `connection:${first?.id}`)).resolves.toEqual({
      accessToken: 'renewed meanwhile',
    });
  });

  it('names what a lost key has sealed, and what to do', async () => {
    const { said, code } = await keep(new Vault('a third secret key that sealed nothing'), 'status');
    expect(code).toBe(1);
    expect(said).toMatch(/mastodon \S+.* of organization [\w-]{36}: Encrypted with a key that is not known/);
    expect(said).toContain('Connect the account again');
    expect(said).toContain('SECRET_KEY_PREVIOUS first');
    for (const { credentials } of await stored()) expect(said).not.toContain(credentials);
  });

  it.each([[[]], [['turn']], [['rotate', 'now']]])('does nothing for %j, and says what it understands', (args) => {
    expect(readVaultOrder(args)).toMatchObject({ code: 2, said: expect.stringContaining('Name one command') });
  });
});

describe('a publication whose credentials cannot be read', () => {
  let engine: TestEngine;
  let tenant: TestTenant;

  beforeAll(async () => {
    engine = await TestEngine.start();
    tenant = await engine.tenant();
  });
  afterAll(() => engine.close());

  it('fails once with a clear cause, sends nothing, and goes out after reconnecting and a retry', async () => {
    const channel = await engine.account(tenant, 'mastodon', 'lost');
    const foreign = await new Vault('the key of a machine that burnt down').encrypt({}, 'connection:x');
    await engine.owner.query('update connections set credentials = $1', [foreign]);
    const worker = await engine.startWorker();
    const { id } = await engine.publication(tenant, channel, 'Sealed away');
    const failed = await engine.until(id, 'failed');
    expect(failed.failure).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('their key is missing'),
      remedy: expect.stringContaining('Connect the account again'),
    });
    expect((await engine.log(id)).filter(({ kind }) => kind === 'attempt-started')).toHaveLength(1);
    expect(engine.shown('Sealed away')).toEqual([]);

    expect(await engine.account(tenant, 'mastodon', 'lost')).toBe(channel);
    await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
    await engine.until(id, 'published');
    expect(engine.shown('Sealed away')).toHaveLength(1);
    await worker.close();
  });

  it('with an unknown outcome waits for the reconnect, and is then looked up', async () => {
    await engine.withoutBreakers();
    const parts = await engine.parts();
    const channel = await engine.account(tenant, 'mastodon', 'lostlater');
    engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: 'Nobody knows' });
    const { id } = await engine.publication(tenant, channel, 'Nobody knows');
    await parts.carryOut(id);
    await engine.settle(id);
    const foreign = await new Vault('the key of a machine that burnt down').encrypt({}, 'connection:x');
    await engine.owner.query('update connections set credentials = $1', [foreign]);
    const waiting = await parts.carryOut(id);
    expect(waiting.state).toBe('committing');
    // Its next look has a time, and is no lease that runs out again and again.
    expect(waiting.lease).toBeNull();
    expect((await engine.log(id)).at(-1)).toMatchObject({ kind: 'retry-planned', failure: { kind: 'auth' } });

    expect(await engine.account(tenant, 'mastodon', 'lostlater')).toBe(channel);
    expect((await parts.carryOut(id)).state).toBe('published');
    expect(engine.shown('Nobody knows')).toHaveLength(1);
  });
});
