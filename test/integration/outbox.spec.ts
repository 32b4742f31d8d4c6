import { getQueueToken } from '@nestjs/bullmq';
import { type INestApplicationContext } from '@nestjs/common';
import { type Job, type Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  complete,
  leaseMessages,
  type OutboxHandler,
  type OutboxJob,
  type OutboxMessage,
  postpone,
  publish,
  QUEUES,
  takeMessage,
} from '#kernel';
import { OutboxJobHandler } from '../../apps/worker/src/outbox.handler.js';
import { startParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const TOPIC = 'test.happened';

describe('rule 16: the outbox', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let context: INestApplicationContext;
  let queue: Queue<OutboxJob>;

  beforeAll(async () => {
    engine = await TestEngine.start();
    ({ context } = await startParts(engine));
    queue = context.get<Queue<OutboxJob>>(getQueueToken(QUEUES.background), { strict: false });
    tenant = await engine.tenant();
  });
  beforeEach(async () => {
    await engine.owner.query('delete from outbox');
    await queue.drain();
  });
  afterAll(async () => {
    await context.close();
    await engine.close();
  });

  const database = () => engine.kernel.database;
  const send = (payload: Record<string, unknown> = {}, topic = TOPIC): Promise<void> =>
    database().tenant(tenant.organizationId, (tx) =>
      publish(tx, { organizationId: tenant.organizationId, topic, payload }),
    );
  const leaseAll = (limit = 100) => leaseMessages(database(), limit);
  const letLeasesRunOut = () => engine.owner.query(`update outbox set leased_until = now() - interval '1 ms'`);
  const stored = async () =>
    (
      await engine.owner.query<{ id: string; attempts: number; wait: number; lease: string | null }>(
        'select id, attempts, extract(epoch from available_at - now())::float as wait, lease from outbox order by id',
      )
    ).rows;
  const consumer = (handle: (message: OutboxMessage) => Promise<void>, topic = TOPIC): OutboxJobHandler => {
    const handler: OutboxHandler = { topic, handle };
    return new OutboxJobHandler(database(), queue, [handler]);
  };
  const job = (data: OutboxJob) => ({ data }) as Job<OutboxJob>;
  const jobOf = ({ id, lease }: { id: string; lease: string }) => job({ messageId: id, lease });

  it('two relays at once take each message once', async () => {
    for (let i = 0; i < 60; i += 1) await send({ i });
    const taken = (await Promise.all([leaseAll(40), leaseAll(40), leaseAll(40)])).flat();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    expect([...taken, ...(await leaseAll())]).toHaveLength(60);
    expect(await leaseAll()).toEqual([]);
  });

  it('is skipped by nobody: a message that commits late with a smaller id is taken after those that came before', async () => {
    const late = new pg.Client({ connectionString: engine.ownerUrl });
    await late.connect();
    try {
      await late.query('begin');
      await late.query(
        `insert into outbox (id, organization_id, topic, payload) values ('00000000-0000-7000-8000-000000000001', $1, $2, '{"late": true}')`,
        [tenant.organizationId, TOPIC],
      );
      await send({ late: false });
      expect((await leaseAll()).map(({ payload }) => payload)).toEqual([{ late: false }]);
      expect(await leaseAll()).toEqual([]);
      await late.query('commit');
      expect((await leaseAll()).map(({ payload }) => payload)).toEqual([{ late: true }]);
    } finally {
      await late.end();
    }
  });

  it('a message that somebody has locked holds up no other', async () => {
    await send({ i: 1 });
    const [first] = await stored();
    await send({ i: 2 });
    const locker = new pg.Client({ connectionString: engine.ownerUrl });
    await locker.connect();
    try {
      await locker.query('begin');
      await locker.query('select 1 from outbox where id = $1 for update', [first!.id]);
      expect((await leaseAll()).map(({ payload }) => payload)).toEqual([{ i: 2 }]);
    } finally {
      await locker.end();
    }
  });

  it('a change that was taken back tells nothing', async () => {
    await expect(
      database().tenant(tenant.organizationId, async (tx) => {
        await publish(tx, { organizationId: tenant.organizationId, topic: TOPIC, payload: {} });
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await stored()).toEqual([]);
  });

  it('is relayed again until its consumer has ended it, also when the queue lost it', async () => {
    await send({ again: true });
    const relay = consumer(() => Promise.resolve());
    expect(await relay.relay()).toBe(1);
    await queue.drain();
    expect(await relay.relay()).toBe(0);
    await letLeasesRunOut();
    expect(await relay.relay()).toBe(1);
    const jobs = await queue.getJobs(['waiting', 'prioritized']);
    expect(jobs).toHaveLength(1);
    await relay.process(jobs[0]!);
    expect(await stored()).toEqual([]);
  });

  it('a consumer that dies between handling and ending it: another one handles it again', async () => {
    await send({ dies: true });
    const [message] = await leaseAll();
    // The first one took it, did its work, and was never heard of again.
    expect(await takeMessage(database(), { messageId: message!.id, lease: message!.lease })).toBeDefined();
    expect(await leaseAll()).toEqual([]);
    await letLeasesRunOut();
    const handled: OutboxMessage[] = [];
    const [again] = await leaseAll();
    const second = consumer(async (got) => void handled.push(got));
    await second.process(jobOf(again!));
    expect(handled.map(({ payload }) => payload)).toEqual([{ dies: true }]);
    expect(await stored()).toEqual([]);
  });

  it('a doubled or late job handles nothing', async () => {
    await send();
    const handled: string[] = [];
    const one = consumer(async ({ id }) => void handled.push(id));
    const [message] = await leaseAll();
    await Promise.all([one.process(jobOf(message!)), one.process(jobOf(message!)), one.process(jobOf(message!))]);
    expect(handled).toEqual([message!.id]);
    await one.process(jobOf(message!));
    expect(handled).toHaveLength(1);

    await send();
    const [late] = await leaseAll();
    await letLeasesRunOut();
    const [current] = await leaseAll();
    await one.process(jobOf(late!));
    expect(handled).toHaveLength(1);
    await one.process(jobOf(current!));
    expect(handled).toEqual([message!.id, current!.id]);
  });

  it('a message that fails every time waits longer each time, and blocks no other', async () => {
    await send({ poison: true });
    const [poison] = await stored();
    const handled: unknown[] = [];
    const one = consumer((message) => {
      if (message.payload['poison']) return Promise.reject(new Error('poison'));
      handled.push(message.payload);
      return Promise.resolve();
    });
    const waits: number[] = [];
    for (let i = 1; i <= 3; i += 1) {
      await engine.owner.query('update outbox set available_at = now() where id = $1', [poison!.id]);
      await send({ i });
      for (const message of await leaseAll()) await one.process(jobOf(message));
      const left = await stored();
      expect(left).toMatchObject([{ id: poison!.id, attempts: i, lease: null }]);
      waits.push(left[0]!.wait);
    }
    expect(handled).toEqual([{ i: 1 }, { i: 2 }, { i: 3 }]);
    expect(waits[0]).toBeGreaterThan(3);
    expect(waits[1]).toBeGreaterThan(waits[0]!);
    expect(waits[2]).toBeGreaterThan(waits[1]!);
  });

  it('one that nobody handles waits like one that fails', async () => {
    await send({}, 'nobody.handles');
    const one = consumer(() => Promise.resolve());
    const [message] = await leaseAll();
    await one.process(jobOf(message!));
    const [left] = await stored();
    expect(left!.wait).toBeGreaterThan(3);
  });

  it('who lost the lease puts nothing back', async () => {
    await send();
    const [slow] = await leaseAll();
    await letLeasesRunOut();
    const [fast] = await leaseAll();
    await postpone(database(), slow!);
    expect(await stored()).toMatchObject([{ lease: fast!.lease }]);
    await complete(database(), slow!);
    expect(await stored()).toEqual([]);
  });

  it('an organization writes for itself alone; what concerns all is for the engine to tell', async () => {
    const foreign = randomUUID();
    for (const organizationId of [null, foreign]) {
      await expect(
        database().tenant(tenant.organizationId, (tx) => publish(tx, { organizationId, topic: TOPIC, payload: {} })),
      ).rejects.toMatchObject({ driverError: { code: '42501' } });
    }
    await database().engine((tx) => publish(tx, { organizationId: null, topic: TOPIC, payload: {} }));
    const [message] = await leaseAll();
    expect(message).toMatchObject({ organizationId: null });
    await complete(database(), message!);
    expect(await stored()).toEqual([]);
  });
});
