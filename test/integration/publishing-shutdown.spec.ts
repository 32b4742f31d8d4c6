import { type INestApplicationContext } from '@nestjs/common';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('stopping', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;
  let begun = '';

  beforeAll(async () => {
    engine = await TestEngine.start({ PUBLISH_CONCURRENCY: '5' });
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
    begun = new Date().toISOString();
  });
  afterAll(() => engine.close());

  const word = (): string => `stop${count}`;
  const asked = (operation: 'prepare' | 'commit' | 'read'): Promise<unknown> =>
    engine.sandbox.waitForRequest((request) => request.operation === operation && request.at >= begun);

  describe('rule 15: shutdown', () => {
    const bluesky = (): Promise<string> => engine.account(tenant, 'bluesky', word());

    async function stopped(parts: EngineParts): Promise<void> {
      const from = performance.now();
      await parts.runner.stop();
      expect(performance.now() - from).toBeLessThan(6_600);
      expect(parts.runner.active).toBe(0);
    }

    it('hands back what waits for its due time, and that was no try', async () => {
      const { id } = await engine.publication(tenant, await bluesky(), word(), { dueIn: 1.5 });
      const stopping = await engine.parts();
      const run = stopping.carryOut(id);
      await engine.until(id, 'ready');
      await stopped(stopping);
      expect(await run).toMatchObject({ state: 'scheduled', lease: null, attempts: 0 });
      expect((await worker.carryOut(id)).state).toBe('published');
      expect((await engine.find(id)).attempts).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('breaks off what is being prepared, and hands it back', async () => {
      const media = [await engine.image(tenant)];
      const { id } = await engine.publication(tenant, await bluesky(), word(), { media });
      engine.sandbox.faults.add({ kind: 'timeout', operation: 'prepare', platform: 'bluesky' });
      const stopping = await engine.parts();
      const run = stopping.carryOut(id);
      await asked('prepare');
      await stopped(stopping);
      expect(await run).toMatchObject({ state: 'scheduled', lease: null, attempts: 0, failure: null });
      expect((await worker.carryOut(id)).state).toBe('published');
    });

    it('waits for a request in flight', async () => {
      const { id } = await engine.publication(tenant, await bluesky(), word());
      engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: word(), delayMs: 600 });
      const stopping = await engine.parts();
      const run = stopping.carryOut(id);
      await asked('commit');
      await stopped(stopping);
      expect((await run).state).toBe('published');
    });

    it('waits no longer than T for one that is not answered, and has it looked up', async () => {
      const { id } = await engine.publication(tenant, await bluesky(), word());
      engine.sandbox.faults.add({ kind: 'accept-then-timeout', operation: 'commit', match: word() });
      const stopping = await engine.parts();
      const run = stopping.carryOut(id);
      await asked('commit');
      await stopped(stopping);
      expect((await run).state).toBe('committing');
      await engine.settle(id);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('breaks off a look, which somebody else repeats', async () => {
      const { id } = await engine.publication(tenant, await bluesky(), word());
      engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: word() });
      await worker.carryOut(id);
      await engine.settle(id);
      engine.sandbox.faults.add({ kind: 'timeout', operation: 'read', platform: 'bluesky' });
      begun = new Date().toISOString();
      const stopping = await engine.parts();
      const run = stopping.carryOut(id);
      await asked('read');
      await stopped(stopping);
      expect(await run).toMatchObject({ state: 'committing', lease: null });
      expect((await worker.carryOut(id)).state).toBe('published');
    });

    it('fences nothing that it took in the moment of the stop, and declines what comes after', async () => {
      const place = await bluesky();
      const first = await engine.publication(tenant, place, word());
      const stopping = await engine.parts();
      const invitation = await stopping.invite(first.id);
      await Promise.all([stopping.runner.run(invitation), stopped(stopping)]);
      expect(await engine.find(first.id)).toMatchObject({ state: 'scheduled', attempts: 0 });
      expect(await engine.story(first.id)).not.toContain('fenced');
      const late = await worker.invite(first.id);
      await stopping.runner.run(late);
      // Free for another worker at once, not only when the invitation has run out.
      expect((await engine.find(first.id)).invitation).toBeNull();
      expect((await worker.carryOut(first.id)).state).toBe('published');
    });

    it('a whole worker stops within its bounds while it is busy, and loses nothing', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 6; i += 1) {
        const place = await engine.account(tenant, 'bluesky', `${word()}x${i}`);
        ids.push((await engine.publication(tenant, place, `${word()}x${i}`, { dueIn: i % 2 })).id);
      }
      engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: word(), delayMs: 300, times: 6 });
      const loop: INestApplicationContext = await engine.startWorker();
      await asked('commit');
      await loop.close();
      const next = await engine.startWorker();
      for (const id of ids) await engine.until(id, 'published');
      await next.close();
      expect(engine.shown(word()).sort()).toEqual([0, 1, 2, 3, 4, 5].map((i) => `${word()}x${i}`));
    });
  });
});
