import { type INestApplicationContext } from '@nestjs/common';
import { QueueClient } from '#kernel';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const AT_MOST_LATE_MS = 30_000;

describe('rule 3: the transport is expendable', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  /** Puts jobs into the queue that the worker takes them from. */
  let sender: EngineParts;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    engine = await TestEngine.start();
    sender = await engine.parts();
    worker = await engine.startWorker();
    tenant = await engine.tenant();
  });
  afterAll(async () => {
    await worker.close();
    await engine.close();
  });

  const scheduled = async (text: string, dueIn: number): Promise<PublicationRecord> =>
    engine.publication(tenant, await engine.account(tenant, 'mastodon', text.replaceAll(' ', '')), text, { dueIn });
  /** It is there from ten seconds before a runner begins, which is three seconds before the due time. */
  const invited = (id: string): Promise<string> =>
    engine.eventually(
      async () => (await engine.find(id)).invitation ?? undefined,
      () => engine.story(id),
    );
  const deliver = (publicationId: string, invitation: string) =>
    sender.queue.add('publish', { invitations: [{ publicationId, invitation }] });
  /** Everything that the queue knows. */
  const truncate = async (): Promise<void> => {
    const { rows } = await engine.owner.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name not like '%migration%'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await engine.owner.query(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`);
  };
  const attempts = async (id: string): Promise<number> =>
    (await engine.log(id)).filter(({ kind }) => kind === 'attempt-started').length;

  it('every connection of the queue may break without ending the process', async () => {
    const prototype = QueueClient.prototype as unknown as { connect: (...given: unknown[]) => unknown };
    const { connect } = prototype;
    let connected = 0;
    prototype.connect = function (...given) {
      connected += 1;
      return connect.apply(this, given);
    };
    try {
      await engine.parts();
    } finally {
      prototype.connect = connect;
    }
    expect(connected).toBeGreaterThan(0);
  });

  it('all of its tables emptied while something is scheduled, invited and in flight: a delay, and nothing else', async () => {
    engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: 'emptied in flight', delayMs: 1_000 });
    const [inFlight, waiting, later] = [
      await scheduled('emptied in flight', 0),
      await scheduled('emptied invited', 9),
      await scheduled('emptied scheduled', 22),
    ];
    await engine.until(inFlight.id, 'committing');
    await invited(waiting.id);
    expect((await engine.find(later.id)).invitation).toBeNull();
    await truncate();
    for (const { id, due_at } of [inFlight, waiting, later]) {
      const published = await engine.until(id, 'published');
      expect(published.published_at!.getTime() - due_at.getTime()).toBeLessThan(AT_MOST_LATE_MS);
      expect(await attempts(id)).toBe(1);
    }
    for (const text of ['in flight', 'invited', 'scheduled']) expect(engine.shown(`emptied ${text}`)).toHaveLength(1);
  });

  it('a job that comes twice, and again after it was carried out, does nothing more', async () => {
    const { id } = await scheduled('delivered often', 7);
    const invitation = await invited(id);
    await Promise.all([deliver(id, invitation), deliver(id, invitation)]);
    await engine.until(id, 'published');
    const { version } = await engine.find(id);
    await deliver(id, invitation);
    await untilQueueIsEmpty();
    expect(await engine.find(id)).toMatchObject({ state: 'published', version });
    expect(await attempts(id)).toBe(1);
    expect(engine.shown('delivered often')).toHaveLength(1);
  });

  it('a job from before an edit publishes nothing; the last version goes out at its time', async () => {
    const before = await scheduled('edited old', 9);
    const invitation = await invited(before.id);
    const { post } = await engine.posts.get(tenant.organizationId, before.post_id);
    const at = new Date(Date.now() + 3_000).toISOString();
    await engine.posts.update(tenant.author, before.post_id, post.version, {
      content: { text: 'edited new' },
      schedule: { at, timeZone: 'UTC' },
    });
    await deliver(before.id, invitation);
    const published = await engine.until(before.id, 'published');
    expect(published.published_at!.getTime()).toBeGreaterThanOrEqual(Date.parse(at));
    await deliver(before.id, invitation);
    await untilQueueIsEmpty();
    expect(engine.shown('edited')).toEqual(['edited new']);
  });

  /** Whatever was delivered was taken, and came to its end. */
  async function untilQueueIsEmpty(): Promise<void> {
    await engine.eventually(
      async () => {
        const counts = await sender.queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
        return Object.values(counts).every((count) => count === 0) ? true : undefined;
      },
      () => 'Jobs are left in the queue.',
    );
  }
});
