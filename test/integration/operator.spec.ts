import { AuditService, installationLog, installationPause } from '#accounts';
import { type Operated } from '../../apps/operator/src/connect.js';
import { operate } from '../../apps/operator/src/operate.js';
import { READABLE, readOrder } from '../../apps/operator/src/orders.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('rule 9: the operator pauses the installation', () => {
  let engine: TestEngine;
  let tenant: TestTenant;

  beforeAll(async () => {
    engine = await TestEngine.start();
    tenant = await engine.tenant();
  });
  afterAll(() => engine.close());

  const run = async (...args: string[]): Promise<Operated> => {
    const order = readOrder(args);
    return 'said' in order ? order : operate(engine.kernel.database, order);
  };

  it('holds everything of everybody at once, says why, and releases it', async () => {
    const other = await engine.tenant();
    const ids: string[] = [];
    for (const who of [tenant, other]) {
      const channel = await engine.account(who, 'mastodon', `pause${ids.length}`);
      ids.push((await engine.publication(who, channel, 'Later', { dueIn: 3_600 })).id);
    }
    const worker = await engine.startWorker();
    try {
      const paused = await run('pause', '--reason', 'The database moves to another machine', '--by', 'Ada');
      expect(paused).toMatchObject({ code: 0, said: expect.stringContaining('Nothing goes out') });
      for (const id of ids) {
        expect(await engine.until(id, 'held')).toMatchObject({ held_reason: 'installation-paused' });
      }
      expect((await run('status')).said).toMatch(
        /^Paused since .+: The database moves to another machine\n.+paused by Ada/,
      );
      // Everybody who uses the installation may read why.
      const seen = await engine.kernel.database.tenant(other.organizationId, installationPause);
      expect(seen).toMatchObject({ paused: true, reason: 'The database moves to another machine' });
      const created = await engine.publication(tenant, (await engine.find(ids[0]!)).channel_id, 'Meanwhile', {
        dueIn: 60,
      });
      expect(created).toMatchObject({ state: 'held', held_reason: 'installation-paused' });

      expect((await run('resume', '--by', 'Grace')).said).toBe('This installation publishes again.\n');
      for (const id of [...ids, created.id]) await engine.until(id, 'scheduled');
      expect((await run('resume')).said).toContain('was not paused');
      expect((await run('status')).said).toMatch(/^Not paused/);
    } finally {
      await worker.close();
    }
    const log = await installationLog(engine.kernel.database);
    expect(log.map(({ kind, operator, reason }) => ({ kind, operator, reason }))).toEqual([
      { kind: 'resumed', operator: 'Grace', reason: null },
      { kind: 'paused', operator: 'Ada', reason: 'The database moves to another machine' },
    ]);
  });

  it('what operators did is kept as it was written', async () => {
    await run('pause', '--by', 'Ada');
    await run('resume', '--by', 'Ada');
    await expect(engine.owner.query(`update installation_log set operator = 'nobody'`)).rejects.toThrow(/not allowed/);
    await expect(engine.owner.query('delete from installation_log')).rejects.toThrow(/not allowed/);
  });

  it('paused twice keeps its first moment and the newer reason', async () => {
    const first = (await run('pause', '--reason', 'one')).said;
    const second = (await run('pause', '--reason', 'two')).said;
    expect(second).toBe(first);
    expect((await run('status')).said).toMatch(/^Paused since .+: two\n/);
    await run('resume');
  });

  it.each([
    [[], 'Name one command'],
    [['stop'], 'Name one command'],
    [['pause', 'now'], 'Name one command'],
    [['pause', '--why', 'x'], '--why'],
    [['pause', '--reason', 'x'.repeat(501)], 'Shorten it'],
    [['organizations', '--name', 'Roast'], 'Say why'],
    [['organizations', '--reason', 'why', '--name', 'x'], 'at least 2 letters'],
    [['read', '--organization', UNKNOWN, '--what', 'members'], 'Say why'],
    [['read', '--organization', UNKNOWN, '--what', 'members', '--reason', ' '], 'Say why'],
    [['read', '--organization', 'North', '--what', 'members', '--reason', 'why'], 'id of the organization'],
    [['read', '--organization', UNKNOWN, '--what', 'credentials', '--reason', 'why'], 'Say what to read'],
    [['read', '--organization', UNKNOWN, '--what', 'log', '--reason', 'why', '--limit', '0'], '--limit'],
  ])('does nothing for %j, and says what it understands', async (args, words) => {
    expect(await run(...args)).toMatchObject({ code: 2, said: expect.stringContaining(words) });
    expect((await run('status')).said).toMatch(/^Not paused/);
  });

  it('names the account of the machine where nobody is named', async () => {
    expect(readOrder(['pause'])).toMatchObject({ operator: expect.stringMatching(/.+@.+/), reason: undefined });
  });
});

describe('the operator reads what belongs to a customer', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let other: TestTenant;

  beforeAll(async () => {
    engine = await TestEngine.start();
    [tenant, other] = [await engine.tenant(), await engine.tenant()];
    await engine.owner.query(`update organizations set name = 'North \u001b[31mRoast' where id = $1`, [
      tenant.organizationId,
    ]);
  });
  afterAll(() => engine.close());

  const run = async (...args: string[]): Promise<Operated> => {
    const order = readOrder([...args, '--by', 'Grace', '--reason', 'Ticket 12: a post did not go out']);
    return 'said' in order ? order : operate(engine.kernel.database, order);
  };
  const read = (what: string, ...more: string[]) =>
    run('read', '--organization', tenant.organizationId, '--what', what, ...more);
  const told = async ({ organizationId }: TestTenant) => {
    const entries = await new AuditService(engine.kernel.database).list(organizationId, {}, { limit: 50 });
    return entries.map(({ name, via, operation, details, user_id: user }) => ({ name, via, operation, details, user }));
  };

  it('with a reason, and tells the customer each time', async () => {
    const channel = await engine.account(tenant, 'mastodon', 'northroast');
    const { id } = await engine.publication(tenant, channel, 'Good morning', { dueIn: 3_600 });
    expect(await read('publications')).toMatchObject({ code: 0, said: expect.stringMatching(`${id} +scheduled`) });
    expect((await read('log')).said).toMatch(`${id}  scheduled`);
    expect((await read('connections')).said).toContain('mastodon');
    const members = await read('members', '--limit', '5');
    expect(members).toMatchObject({ code: 0, said: expect.stringContaining('Nothing.') });
    const reason = 'Ticket 12: a post did not go out';
    expect(await told(tenant)).toEqual(
      ['operatorReadMembers', 'operatorReadConnections', 'operatorReadLog', 'operatorReadPublications'].map(
        (operation) => ({
          ...{ name: 'Grace', via: 'operator', operation, user: null },
          details: { reason, rows: expect.any(Number) },
        }),
      ),
    );
    expect(await told(other)).toEqual([]);
  });

  it('never shows credentials, nor anything of another organization', async () => {
    await engine.account(other, 'mastodon', 'elsewhere');
    const { rows: sealed } = await engine.owner.query<{ credentials: string }>(
      'select credentials from connections union select credentials from channels where credentials is not null',
    );
    expect(sealed.length).toBeGreaterThan(1);
    for (const what of READABLE) {
      const { said } = await read(what);
      for (const { credentials } of sealed) expect(said).not.toContain(credentials);
      expect(said).not.toMatch(/practice-northroast|elsewhere|eyJ/);
    }
  });

  it('lets no text of a customer steer the terminal', async () => {
    const { said } = await read('members');
    expect(said).toMatch(/^North {1,2}\[31mRoast: /);
  });

  it('finds an organization by its name, and tells it', async () => {
    const before = (await told(tenant)).length;
    const found = await run('organizations', '--name', 'roast');
    expect(found).toMatchObject({ code: 0, said: expect.stringContaining(tenant.organizationId) });
    expect(found.said).not.toContain(other.organizationId);
    const [entry] = await told(tenant);
    expect(entry).toMatchObject({ operation: 'operatorFindOrganization', via: 'operator' });
    expect(await told(tenant)).toHaveLength(before + 1);
    expect(await run('organizations', '--name', '%%')).toMatchObject({ code: 1 });
  });

  it('says that there is no such organization', async () => {
    const answer = await run('read', '--organization', UNKNOWN, '--what', 'members');
    expect(answer).toEqual({ code: 1, said: 'There is no organization with this id.\n' });
  });
});
