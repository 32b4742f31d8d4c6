import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { followEvents, forgetOldEvents, recordEvents } from '#kernel';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { until } from '../support/processes.js';

const READER = 'a reader of the tests';

describe('Events', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  beforeAll(async () => {
    engine = await TestEngine.start();
    tenant = await engine.tenant();
  });
  beforeEach(async () => {
    await engine.owner.query('delete from events');
    await engine.owner.query(
      `insert into event_readers (name, xid, id) values ($1, '0', '00000000-0000-0000-0000-000000000000')
         on conflict (name) do update set xid = excluded.xid, id = excluded.id`,
      [READER],
    );
  });
  afterAll(async () => {
    await engine.owner.query('delete from event_readers where name = $1', [READER]);
    await engine.close();
  });

  const database = () => engine.kernel.database;
  const happens = (type: string) => ({ ...place(), type, data: {} });
  const place = () => ({ organizationId: tenant.organizationId, workspaceId: tenant.workspaceId });
  const record = (...types: string[]) =>
    database().tenant(tenant.organizationId, (tx) => recordEvents(tx, ...types.map(happens)));
  /** Reads so many. What other tests write on the same server at the moment holds them up for a while. */
  const read = async (count: number): Promise<string[]> => {
    const all: string[] = [];
    return until(
      async () => {
        all.push(...(await follow()));
        return all.length >= count ? all : undefined;
      },
      () => `Only ${all.length} of ${count} events were read: ${all.join(', ')}`,
    );
  };
  const follow = async (): Promise<string[]> => {
    const read: string[] = [];
    await followEvents(database(), READER, (_, events) => {
      read.push(...events.map(({ type }) => type));
      return Promise.resolve();
    });
    return read;
  };

  it('are read once, in the order in which they were written', async () => {
    await record('post.one', 'post.two');
    await record('post.three');
    expect(await read(3)).toEqual(['post.one', 'post.two', 'post.three']);
    expect(await follow()).toEqual([]);
    await record('post.four');
    expect(await read(1)).toEqual(['post.four']);
  });

  it('keep their order where the numbers of transactions become longer', async () => {
    for (const xid of ['101', '99', '9', '100']) {
      await engine.owner.query(
        `insert into events (id, organization_id, workspace_id, type, data, xid) values ($1, $2, $3, $4, '{}', $5::xid8)`,
        [uuid(), tenant.organizationId, tenant.workspaceId, `post.in-${xid}`, xid],
      );
    }
    expect(await follow()).toEqual(['post.in-9', 'post.in-99', 'post.in-100', 'post.in-101']);
    expect(await follow()).toEqual([]);
  });

  it('are read again where what was made of them was not kept', async () => {
    await record('post.one');
    const fail = () => followEvents(database(), READER, () => Promise.reject(new Error('The disk is full.')));
    const refusal = await until(
      () =>
        fail().then(
          () => undefined,
          (error: Error) => error,
        ),
      () => 'Nothing was read.',
    );
    expect(refusal.message).toBe('The disk is full.');
    expect(await read(1)).toEqual(['post.one']);
  });

  it('are read by one process at a time', async () => {
    await record('post.one');
    let meanwhile: string[] | undefined;
    const round = () =>
      followEvents(database(), READER, async () => {
        meanwhile = await follow();
      });
    await until(
      async () => ((await round()) > 0 ? true : undefined),
      () => 'Nothing was read.',
    );
    expect(meanwhile).toEqual([]);
  });

  it('are not passed by in a transaction that ends later than younger ones', async () => {
    const slow = new pg.Client({ connectionString: engine.databaseUrl });
    await slow.connect();
    try {
      await slow.query('begin');
      await slow.query(`set local role clickpost_app`);
      await slow.query(`select set_config('app.organization_id', $1, true)`, [tenant.organizationId]);
      await slow.query(`insert into events (id, organization_id, type, data) values ($1, $2, 'post.slow', '{}')`, [
        uuid(),
        tenant.organizationId,
      ]);
      await record('post.quick');
      expect(await follow()).toEqual([]);
      await slow.query('commit');
      expect(await read(2)).toEqual(['post.slow', 'post.quick']);
    } finally {
      await slow.end();
    }
  });

  it('are forgotten when nobody will read them any more', async () => {
    await record('post.new');
    await engine.owner.query(
      `insert into events (id, organization_id, type, data, at) values ($1, $2, 'post.old', '{}', now() - interval '31 days')`,
      [uuid(), tenant.organizationId],
    );
    expect(await forgetOldEvents(database())).toBe(1);
    expect(await read(1)).toEqual(['post.new']);
  });
});
