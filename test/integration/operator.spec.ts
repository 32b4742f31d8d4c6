import { installationLog, installationPause } from '#accounts';
import { operate, type Operated, readOrder } from '../../apps/operator/src/operate.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

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
  ])('does nothing for %j, and says what it understands', async (args, words) => {
    expect(await run(...args)).toMatchObject({ code: 2, said: expect.stringContaining(words) });
    expect((await run('status')).said).toMatch(/^Not paused/);
  });

  it('names the account of the machine where nobody is named', async () => {
    expect(readOrder(['pause'])).toMatchObject({ operator: expect.stringMatching(/.+@.+/), reason: undefined });
  });
});
