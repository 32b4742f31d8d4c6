import { randomUUID } from 'node:crypto';
import { type Job } from 'bullmq';
import { leaseMessages, type OutboxJob, type OutboxMessage } from '#kernel';
import { OutboxJobHandler } from '../../apps/worker/src/outbox.handler.js';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('a job', () => {
  let engine: TestEngine;
  let worker: EngineParts;
  let own: TestTenant;
  let foreign: TestTenant;
  let named: Record<string, string>;
  let publicationIds: { own: string; foreign: string };
  const handled: OutboxMessage[] = [];
  let handler: OutboxJobHandler;
  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
    [own, foreign] = [await engine.tenant(), await engine.tenant()];
    const ofTenant = async (tenant: TestTenant) =>
      engine.publication(tenant, await engine.connect(tenant, 'webhook'), 'Whose is it?', { dueIn: 3_600 });
    const [ours, theirs] = [await ofTenant(own), await ofTenant(foreign)];
    publicationIds = { own: ours.id, foreign: theirs.id };
    const connection = await engine.owner.query('select connection_id as id from channels where id = $1', [
      ours.channel_id,
    ]);
    named = {
      workspaceId: own.workspaceId,
      channelId: ours.channel_id,
      connectionId: connection.rows[0].id,
      publicationId: ours.id,
    };
    const probe = { topic: 'probe', handle: (message: OutboxMessage) => Promise.resolve(void handled.push(message)) };
    handler = new OutboxJobHandler(engine.kernel.database, worker.queue as never, [probe]);
  });
  afterAll(() => engine?.close());

  /** Relays a message as the worker would, and says how many handlers it reached. */
  const relay = async (organizationId: string | null, payload: object): Promise<number> => {
    handled.length = 0;
    const id = randomUUID();
    await engine.owner.query('delete from outbox');
    await engine.owner.query(`insert into outbox (id, organization_id, topic, payload) values ($1, $2, 'probe', $3)`, [
      id,
      organizationId,
      JSON.stringify(payload),
    ]);
    for (const { id: messageId, lease } of await leaseMessages(engine.kernel.database, 10)) {
      await handler.process({ data: { messageId, lease } } as Job<OutboxJob>);
    }
    const left = await engine.owner.query('select 1 from outbox where id = $1', [id]);
    expect(left.rowCount).toBe(0);
    return handled.length;
  };

  it.each(['workspaceId', 'channelId', 'connectionId', 'publicationId'])(
    'of one organization does nothing to the %s of another',
    async (field) => {
      const payload = { [field]: named[field] };
      expect(await relay(own.organizationId, payload)).toBe(1);
      expect(await relay(foreign.organizationId, payload)).toBe(0);
      expect(await relay(null, payload)).toBe(0);
    },
  );

  it('for what is gone meanwhile, or for all, is done', async () => {
    expect(await relay(own.organizationId, { channelId: randomUUID() })).toBe(1);
    expect(await relay(null, {})).toBe(1);
  });

  it('with the invitation of another organization publishes nothing', async () => {
    const mine = await worker.invite(publicationIds.own);
    const theirs = await worker.invite(publicationIds.foreign);
    const before = await engine.find(mine.publicationId);
    await worker.runner.run({ publicationId: mine.publicationId, invitation: theirs.invitation });
    expect(await engine.find(mine.publicationId)).toEqual(before);
    expect(engine.shown('Whose is it?')).toEqual([]);
  });

  it('of the publishing queue names its publications, and whoever holds it needs no more', async () => {
    await engine.skipWait(publicationIds.own);
    await worker.dispatcher.dispatch();
    const jobs = await worker.queue.getJobs();
    expect(jobs.length).toBeGreaterThan(0);
    const invitation = { publicationId: expect.any(String), invitation: expect.any(String) };
    for (const job of jobs) {
      expect(job.data.invitations.length).toBeGreaterThan(0);
      for (const one of job.data.invitations) expect(one).toEqual(invitation);
    }
  });
});
