import { jest } from '@jest/globals';
import { Readable } from 'node:stream';
import { type OutboxMessage } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { PreparedSetDiscardedHandler, type PublicationRecord } from '#publishing';
import { publicationSummary } from '../../apps/api/src/publications/views.js';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { CUTTING, DEVELOPING, FilmNetwork, NOTE, SOON_GONE, WITH_NOTE } from './film-network.platform.js';

describe('a network that publishes by the last part of a file', () => {
  const network = new FilmNetwork();
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let channel: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    await engine.owner.query('delete from budget_uses');
    network.asked.length = 0;
    tenant = await engine.tenant();
    channel = await engine.connect(tenant, 'cinema');
    count += 1;
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => engine.close());

  const word = (): string => `film${count}`;
  const commits = (): number => engine.sandbox.requests().filter((request) => request.operation === 'commit').length;
  const withFile = async (text = word()): Promise<PublicationRecord> =>
    engine.publication(tenant, channel, text, { media: [await engine.image(tenant)] });
  const segment = async (id: string) => (await engine.segments(id))[0]!;

  describe('reading the file', () => {
    it('sends the file with the one request', async () => {
      const { id } = await withFile();
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(network.reelsOf(word())).toMatchObject([{ state: 'shown' }]);
      expect(network.reelsOf(word())[0]?.bytes).toBeGreaterThan(50);
    });

    it('rule 6: a file that cannot be opened was not sent: it is tried again, and nothing is in doubt', async () => {
      const { id } = await withFile();
      const before = commits();
      jest.spyOn(engine.kernel.storage, 'open').mockRejectedValueOnce(new Error('The disk is away.'));
      const tried = await worker.carryOut(id);
      expect(tried).toMatchObject({ state: 'scheduled', attempts: 1 });
      expect(tried.failure?.message).toBe('Something unexpected happened inside ClickPost before anything was sent.');
      expect(commits()).toBe(before);
      expect(await segment(id)).toMatchObject({ outcome: 'refused', uncertain: false });
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(commits()).toBe(before + 1);
      expect(engine.shown(word())).toEqual([word()]);
    });

    it('rule 6: a file that breaks while it is sent leaves an unknown outcome, which is looked up', async () => {
      const { id } = await withFile();
      jest.spyOn(engine.kernel.storage, 'open').mockResolvedValueOnce(breaking());
      const tried = await worker.carryOut(id);
      expect(tried.state).toBe('committing');
      expect((await engine.log(id)).at(-1)?.evidence).toMatchObject({
        why: 'ClickPost could not read the file to its end while it was sent: whether it was published is looked up.',
      });
      await engine.settle(id);
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      expect(await engine.story(id)).toContain('reconciled');
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toEqual([word()]);
    });
  });

  describe('what the network called what it accepted', () => {
    const text = () => `${word()} ${DEVELOPING}`;

    it('is kept with the acceptance, and each look goes by it, in whichever process', async () => {
      const { id } = await withFile(text());
      expect(await worker.carryOut(id)).toMatchObject({ state: 'committing' });
      expect((await segment(id)).accepted).toMatchObject({ job: expect.stringMatching(/^job-of-/) as string });
      const other = await engine.parts();
      expect((await other.carryOut(id)).state).toBe('committing');
      network.finish(text());
      expect((await other.carryOut(id)).state).toBe('published');
      expect(network.asked).toEqual([(await segment(id)).accepted, (await segment(id)).accepted]);
    });

    it('is kept also where the database is away at first', async () => {
      const { id } = await withFile(text());
      const invitation = await worker.invite(id);
      await engine.owner.query(`
        create sequence outage;
        grant usage on sequence outage to clickpost_engine;
        create function outage() returns trigger language plpgsql as $$ begin
          if nextval('outage') <= 2 then raise exception 'away' using errcode = '57P01'; end if; return new; end $$;
        create trigger outage before update of accepted on segments for each row when (new.accepted is not null)
          execute function outage();`);
      try {
        await worker.runner.run(invitation);
      } finally {
        await engine.owner.query('drop trigger outage on segments; drop function outage(); drop sequence outage');
      }
      expect((await engine.find(id)).accepted_at).not.toBeNull();
      expect((await segment(id)).accepted).not.toBeNull();
    });

    it('rule 6: is written with the acceptance, or neither is: a crash in between leaves an unknown outcome', async () => {
      const { id } = await withFile(text());
      const invitation = await worker.invite(id);
      await engine.owner.query(`
        create function crash() returns trigger language plpgsql as $$ begin raise exception 'crashed'; end $$;
        create trigger crash before update of accepted on segments for each row when (new.accepted is not null)
          execute function crash();`);
      try {
        await worker.runner.run(invitation);
      } finally {
        await engine.owner.query('drop trigger crash on segments; drop function crash()');
      }
      expect(await engine.find(id)).toMatchObject({ state: 'committing', accepted_at: null });
      expect((await segment(id)).accepted).toBeNull();
      await engine.owner.query('update publications set leased_until = now() where id = $1', [id]);
      await engine.owner.query('update publications set lease = null, leased_until = null where id = $1', [id]);
      await engine.settle(id);
      await worker.carryOut(id);
      network.finish(text());
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(network.asked).toEqual([null, null]);
      expect(engine.shown(word())).toEqual([text()]);
    });

    it('rule 6: after a lost answer there is none', async () => {
      const { id } = await withFile(text());
      engine.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
      expect((await worker.carryOut(id)).state).toBe('committing');
      await engine.settle(id);
      await worker.carryOut(id);
      expect(network.asked).toEqual([null]);
    });

    it('is forgotten when the segment is sent once more', async () => {
      const { id } = await withFile(text());
      await worker.carryOut(id);
      await engine.owner.query(`update publications set accepted_at = now() - interval '25 hours' where id = $1`, [id]);
      expect((await worker.carryOut(id)).state).toBe('unconfirmed');
      for (const reel of network.reelsOf(word())) reel.state = 'made';
      await engine.act(tenant, id, (service, tx, actor, record) =>
        service.resolve(tx, actor, record, { outcome: 'not-published' }),
      );
      engine.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
      expect((await worker.carryOut(id)).state).toBe('committing');
      expect((await segment(id)).accepted).toBeNull();
    });
  });

  describe('how long what is prepared is good', () => {
    it('is no longer than the network said, and then it is made anew and the old one thrown away there', async () => {
      const { id } = await engine.publication(tenant, channel, `${word()} ${SOON_GONE}`, { dueIn: 60 });
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      const { prepared_until: until } = await segment(id);
      expect(until!.getTime() - Date.now()).toBeLessThan(1_500);
      await engine.eventually(
        async () => (until!.getTime() < Date.now() ? true : undefined),
        async () => 'It lasts.',
      );
      await worker.carryOut(id);
      expect(network.reelsOf(word())).toHaveLength(2);
      expect((await segment(id)).prepared_until!.getTime() - Date.now()).toBeGreaterThan(3_000_000);
      const { rows } = await engine.owner.query(
        `select payload from outbox where topic = 'prepared-set.discarded' and payload ->> 'channelId' = $1`,
        [channel],
      );
      expect(rows).toMatchObject([{ payload: { prepared: { reel: expect.stringMatching(/^reel/) as string } } }]);
    });

    it('what was not made to its end is thrown away as well, when the post is called off', async () => {
      const handler = engine.workers[0]!.get(PreparedSetDiscardedHandler, { strict: false });
      const tidy = async () => {
        const { rows } = await engine.owner.query<OutboxMessage>(
          `delete from outbox where topic = 'prepared-set.discarded' and payload ->> 'channelId' = $1
           returning id, organization_id as "organizationId", topic, payload`,
          [channel],
        );
        for (const message of rows) await handler.handle(message);
        return network.reelsOf(word()).map(({ state }) => state);
      };
      const { id } = await engine.publication(tenant, channel, `${word()} ${CUTTING}`);
      expect(await worker.carryOut(id)).toMatchObject({
        state: 'scheduled',
        waiting_for: 'Cinema is cutting the film.',
      });
      expect(await tidy()).toEqual(['made']);
      await engine.act(tenant, id, (service, tx, actor, record) => service.cancel(tx, actor, record, 'Not today.'));
      expect(await tidy()).toEqual(['gone']);
    });

    it('is looked at again before it runs out, where its time comes later', async () => {
      const { id } = await engine.publication(tenant, channel, `${word()} ${SOON_GONE}`, { dueIn: 120 });
      const ready = await worker.carryOut(id);
      expect(ready.due_at.getTime() - ready.next_check_at.getTime()).toBeGreaterThan(30_000);
    });

    it('rule 5: what ran out while its instant was waited for is made anew and not sent', async () => {
      const { id } = await engine.publication(tenant, channel, `${word()} ${SOON_GONE}`, { dueIn: 7 });
      await worker.carryOut(id);
      const done = await worker.carryOut(id);
      expect(done.state).toBe('published');
      expect(network.reelsOf(word()).map(({ state }) => state)).toEqual(['made', 'shown']);
    });
  });

  describe('what people still have to do', () => {
    it('is kept with the publication, and told in its log', async () => {
      const { id } = await withFile(`${word()} ${WITH_NOTE}`);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'published', note: NOTE });
      expect((await engine.log(id)).at(-1)).toMatchObject({ kind: 'published', evidence: { note: NOTE } });
      expect(publicationSummary(await engine.find(id))).toMatchObject({ note: NOTE });
    });

    it('is that of the first message that has one', async () => {
      const { id } = await engine.thread(tenant, channel, [
        `${word()} one`,
        `${word()} two ${WITH_NOTE}`,
        `${word()} 3`,
      ]);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'published', note: NOTE });
    });

    it('is learnt by a look as well, and is not there where the network says nothing', async () => {
      const quiet = await withFile(`${word()} quiet`);
      expect(await worker.carryOut(quiet.id)).toMatchObject({ state: 'published', note: null });
      expect(publicationSummary(await engine.find(quiet.id))).not.toHaveProperty('note');
      const { id } = await withFile(`${word()} ${DEVELOPING}`);
      await worker.carryOut(id);
      network.finish(`${word()} ${DEVELOPING}`);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'published', note: NOTE });
    });
  });
});

/** A file of which a part can be read, and no more. */
function breaking(): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.alloc(40);
      throw new Error('The disk broke.');
    })(),
  );
}
