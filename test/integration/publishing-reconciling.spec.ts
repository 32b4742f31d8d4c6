import { type PublicationRecord } from '#publishing';
import { type FaultKind } from '#sandbox';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('looking after an unknown outcome', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `look${count}`;
  const channel = (platform: string): Promise<string> => engine.account(tenant, platform, word());
  const onCommit = (kind: FaultKind, more: { delayMs?: number; times?: number; match?: string } = {}): void => {
    engine.sandbox.faults.add({ kind, operation: 'commit', match: word(), ...more });
  };
  const kinds = async (id: string): Promise<string[]> => (await engine.log(id)).map((entry) => entry.kind);
  const retry = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
  /** Publishes up to the unknown outcome, and lets the settle time pass. */
  const uncertain = async (platform: string, kind: FaultKind): Promise<PublicationRecord> => {
    const publication = await engine.publication(tenant, await channel(platform), word());
    onCommit(kind);
    expect((await worker.carryOut(publication.id)).state).toBe('committing');
    await engine.settle(publication.id);
    return publication;
  };
  /** Somebody else writes the same on the account, past ClickPost. */
  const byHand = async (): Promise<void> => {
    const answer = await fetch(`${engine.sandbox.origin}/mastodon/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer practice-${word()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: word() }),
    });
    expect(answer.status).toBe(200);
  };

  describe('rule 8: reconciliation', () => {
    it('nothing counts as absent before the settle time is over: what is applied late is found', async () => {
      const { id } = await engine.publication(tenant, await channel('mastodon'), word());
      onCommit('apply-late', { delayMs: 600 });
      await worker.carryOut(id);
      // Looked at too early: it is not even asked.
      expect((await worker.carryOut(id)).state).toBe('committing');
      expect(await kinds(id)).not.toContain('reconciled');
      await engine.sandbox.waitForVisible((post) => post.text === word());
      await engine.settle(id);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('what is applied later than any settle time is found before anything is sent again', async () => {
      const { id } = await engine.publication(tenant, await channel('mastodon'), word());
      onCommit('apply-late', { delayMs: 900 });
      await worker.carryOut(id);
      await engine.settle(id);
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      await engine.sandbox.waitForVisible((post) => post.text === word());
      expect((await worker.carryOut(id)).state).toBe('published');
      expect((await engine.segments(id))[0]?.fences).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it.each(['bluesky', 'mastodon', 'webhook'])(
      '%s: a second commit passes a new fence with the same set',
      async (platform) => {
        const { id } = await uncertain(platform, 'reset');
        expect((await worker.carryOut(id)).state).toBe('scheduled');
        const [before] = await engine.segments(id);
        expect((await worker.carryOut(id)).state).toBe('published');
        const [after] = await engine.segments(id);
        expect(after).toMatchObject({ fences: 2, set_id: before?.set_id, prepared: before?.prepared });
        expect(after?.first_fenced_at).toEqual(before?.first_fenced_at);
        expect(engine.shown(word())).toHaveLength(1);
      },
    );

    it('a platform that cannot be asked is asked again later, and nothing is sent meanwhile', async () => {
      const { id } = await uncertain('mastodon', 'accept-then-reset');
      engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'read', platform: 'mastodon', times: 2 });
      const down = await worker.carryOut(id);
      expect(down.state).toBe('committing');
      expect(down.next_check_at.getTime()).toBeGreaterThan(Date.now());
      expect((await worker.carryOut(id)).state).toBe('committing');
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a token that died before the look leaves it committing; the reconnect finds it', async () => {
      const { id, channel_id } = await uncertain('mastodon', 'accept-then-reset');
      engine.sandbox.faults.add({ kind: 'refuse-auth', operation: 'read', platform: 'mastodon', times: 1 });
      expect((await worker.carryOut(id)).state).toBe('committing');
      const { rows } = await engine.owner.query('select health from channels where id = $1', [channel_id]);
      expect(rows).toEqual([{ health: 'disconnected' }]);
      expect(await channel('mastodon')).toBe(channel_id);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a platform that cannot be asked for a day leaves the decision to a person', async () => {
      const { id } = await uncertain('mastodon', 'accept-then-reset');
      await engine.owner.query(
        `update segments set fenced_at = now() - interval '25 hours' where publication_id = $1`,
        [id],
      );
      engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'read', platform: 'mastodon', times: 1 });
      expect(await worker.carryOut(id)).toMatchObject({
        state: 'unconfirmed',
        failure: { remedy: expect.stringContaining('Look at the account') },
      });
    });

    it('several candidates are unknown: a person decides, and may say that it is there', async () => {
      const { id } = await uncertain('mastodon', 'accept-then-reset');
      await byHand();
      expect((await worker.carryOut(id)).state).toBe('unconfirmed');
      await expect(retry(id)).rejects.toMatchObject({ status: 409 });
      const permalink = 'https://social.example/@practice/1';
      const resolved = await engine.act(tenant, id, (service, tx, actor, record) =>
        service.resolve(tx, actor, record, { outcome: 'published', permalink }),
      );
      expect(resolved).toMatchObject({ state: 'published', permalink, failure: null });
      expect(engine.shown(word())).toHaveLength(2);
    });

    it('a person may also say that it is not there: then it goes out, although a look still cannot tell', async () => {
      const { id } = await uncertain('mastodon', 'reset');
      await byHand();
      await byHand();
      expect((await worker.carryOut(id)).state).toBe('unconfirmed');
      await engine.act(tenant, id, (service, tx, actor, record) =>
        service.resolve(tx, actor, record, { outcome: 'not-published' }),
      );
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(await engine.story(id)).toMatch(
        /unconfirmed resolved attempt-started reconciled (step-done )+fenced committed published$/,
      );
      expect(engine.shown(word())).toHaveLength(3);
    });

    it('giving up on an unconfirmed one leaves the images of what may be visible alone', async () => {
      const image = await engine.image(tenant);
      const { id } = await engine.publication(tenant, await channel('mastodon'), word(), { media: [image] });
      onCommit('accept-then-reset');
      await worker.carryOut(id);
      await engine.owner.query(
        `update publications set state = 'unconfirmed', failure = '{"kind":"unknown"}', version = version + 1 where id = $1`,
        [id],
      );
      await engine.act(tenant, id, (service, tx, actor, record) => service.cancel(tx, actor, record, 'Given up.'));
      const { rows } = await engine.owner.query(`select 1 from outbox where topic = 'prepared-set.discarded'`);
      expect(rows).toEqual([]);
      expect((await engine.segments(id))[0]?.prepared).not.toBeNull();
    });

    it('an object that another publication owns is never taken for ours', async () => {
      const place = await channel('mastodon');
      const first = await engine.publication(tenant, place, word());
      expect((await worker.carryOut(first.id)).state).toBe('published');
      const second = await engine.publication(tenant, place, word());
      onCommit('reset');
      await worker.carryOut(second.id);
      await engine.settle(second.id);
      expect((await worker.carryOut(second.id)).state).toBe('scheduled');
      expect((await worker.carryOut(second.id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(2);
    });

    it.each(['mastodon', 'facebook'])(
      '%s: two identical texts on one channel, both with their answers lost',
      async (platform) => {
        const place = await channel(platform);
        const ids = [];
        for (let i = 0; i < 2; i += 1) ids.push((await engine.publication(tenant, place, word())).id);
        onCommit('accept-then-reset', { times: 2 });
        for (const id of ids) {
          await worker.carryOut(id);
          await engine.settle(id);
          await worker.carryOut(id);
        }
        const states = await Promise.all(ids.map(async (id) => (await engine.find(id)).state));
        expect(states).toEqual(['published', 'published']);
        const objects = (await Promise.all(ids.map((id) => engine.segments(id)))).map(
          ([segment]) => segment?.platform_object_id,
        );
        expect(new Set(objects).size).toBe(2);
        expect(engine.shown(word())).toHaveLength(2);
      },
    );

    it.each([-90_000, 90_000])('rule 19: a worker whose clock is %i ms off finds what is there', async (offMs) => {
      const { id } = await uncertain('mastodon', 'accept-then-reset');
      const clock: { now: () => Date } = engine.kernel.clock;
      const { now } = clock;
      clock.now = () => new Date(Date.now() + offMs);
      try {
        expect((await worker.carryOut(id)).state).toBe('published');
      } finally {
        clock.now = now;
      }
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('the same account in two workspaces: what one of them owns the other never claims', async () => {
      const [accepted, refused] = await inTwoWorkspaces();
      for (const id of [accepted, refused]) await toTheEnd(id);
      expect((await engine.find(accepted)).state).toBe('published');
      expect((await engine.find(refused)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(2);
    });

    it('a receipt that names what another publication took for its own by its looks: it is made anew', async () => {
      const [accepted, refused] = await inTwoWorkspaces();
      // Matching cannot tell twins apart: the one that looks first takes the post for its own.
      await toTheEnd(refused);
      expect((await engine.find(refused)).state).toBe('published');
      // The other one sends under its key once more, is named the very same post, and sends what is missing under a new one.
      await toTheEnd(accepted);
      expect((await engine.find(accepted)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(2);
      const told = (await engine.log(accepted)).map(({ evidence }) => evidence?.['why']);
      expect(told).toContainEqual(expect.stringContaining('sent once more'));
    });

    it('a receipt that names what is certainly another publication is evidence, not success', async () => {
      const [accepted, refused] = await inTwoWorkspaces();
      await toTheEnd(refused);
      // As if its own request had been answered with it.
      await engine.owner.query(
        `alter table publishing_log disable trigger user;
         update publishing_log set evidence = evidence || '{"confidence": "certain"}' where publication_id = '${refused}';
         alter table publishing_log enable trigger user`,
      );
      await toTheEnd(accepted);
      expect((await engine.find(accepted)).state).toBe('unconfirmed');
      const last = (await engine.log(accepted)).at(-1);
      expect(last?.evidence).toMatchObject({ why: expect.stringContaining('another publication') });
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('two looks that find the same post at the same time: one claims it, the other looks once more', async () => {
      const [accepted, refused] = await inTwoWorkspaces();
      const ids = [accepted, refused];
      for (const id of ids) await engine.settle(id);
      engine.sandbox.faults.add({ kind: 'slow', operation: 'read', platform: 'mastodon', delayMs: 400, times: 2 });
      const invitations = [];
      for (const id of ids) invitations.push(await worker.invite(id));
      await Promise.all(invitations.map((invitation) => worker.runner.run(invitation)));
      const states = (await Promise.all(ids.map((id) => engine.find(id)))).map(({ state }) => state);
      expect(states.sort()).toEqual(['committing', 'published']);
      for (const id of ids) if ((await engine.find(id)).state === 'committing') await toTheEnd(id);
      // Nobody's look was taken for knowledge that it was not.
      expect(await kinds(refused)).not.toContain('unconfirmed');
    });

    /** Two publications of the same text at once, through two channels of one account: one accepted, one not, both unanswered. */
    async function inTwoWorkspaces(): Promise<[accepted: string, refused: string]> {
      const there = await engine.tenant();
      const a = await engine.publication(tenant, await channel('mastodon'), word());
      const b = await engine.publication(there, await engine.account(there, 'mastodon', word()), word());
      onCommit('accept-then-reset');
      await worker.carryOut(a.id);
      onCommit('reset');
      await worker.carryOut(b.id);
      return [a.id, b.id];
    }

    async function toTheEnd(id: string): Promise<void> {
      await engine.settle(id);
      while (['committing', 'scheduled'].includes((await worker.carryOut(id)).state));
    }
  });

  describe('rule 8: receivers that cannot be asked, but count a repeat once', () => {
    it('an expired key is not replaced by a new one: it is unconfirmed', async () => {
      const { id } = await uncertain('webhook', 'accept-then-reset');
      await engine.owner.query(`update segments set prepared_until = now() where publication_id = $1`, [id]);
      expect((await worker.carryOut(id)).state).toBe('unconfirmed');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a key that expires while the repeat waits is not replaced either', async () => {
      const { id } = await uncertain('webhook', 'accept-then-reset');
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      await engine.owner.query(`update segments set prepared_until = now() where publication_id = $1`, [id]);
      expect((await worker.carryOut(id)).state).toBe('unconfirmed');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('the last try in vain is unconfirmed and not failed, since it may be there', async () => {
      const { id } = await uncertain('webhook', 'accept-then-unavailable');
      await engine.owner.query('update publications set attempts = 12 where id = $1', [id]);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'unconfirmed', failure: { kind: 'unknown' } });
    });

    it('a refusal of the repeat says nothing about the first request', async () => {
      const publication = await engine.publication(tenant, await channel('webhook'), word());
      onCommit('accept-then-reset');
      await worker.carryOut(publication.id);
      await engine.settle(publication.id);
      await worker.carryOut(publication.id);
      // 410, the one refusal that is listed: the receiver was switched off in between.
      engine.sandbox.world('webhook').collection('switched-off').set(word(), true);
      expect(await worker.carryOut(publication.id)).toMatchObject({
        state: 'held',
        held_reason: 'channel-disconnected',
      });
      expect((await engine.segments(publication.id))[0]).toMatchObject({ outcome: 'refused', uncertain: true });
      // Back too late for the key: nobody can know any more.
      engine.sandbox.world('webhook').collection('switched-off').delete(word());
      await channel('webhook');
      await worker.sweep.release();
      await engine.owner.query(`update segments set prepared_until = now() where publication_id = $1`, [
        publication.id,
      ]);
      expect((await worker.carryOut(publication.id)).state).toBe('unconfirmed');
      expect(engine.shown(word())).toHaveLength(1);
    });
  });

  describe('rule 8: retrying anything that was ever fenced looks first, also by hand', () => {
    it('after a listed refusal', async () => {
      const place = await channel('mastodon');
      await engine.owner.query(`update channels set limits = jsonb_set(limits, '{text,max}', '1000') where id = $1`, [
        place,
      ]);
      const { id } = await engine.publication(tenant, place, `${word()} ${'long '.repeat(120)}`);
      expect((await worker.carryOut(id)).state).toBe('failed');
      await retry(id);
      expect((await worker.carryOut(id)).state).toBe('failed');
      expect(await engine.story(id)).toMatch(/released attempt-started reconciled (step-done )+fenced failed$/);
    });

    it('trusts the refusal when the look cannot tell', async () => {
      const { id } = await engine.publication(tenant, await channel('mastodon'), word());
      onCommit('refuse-rate-limit');
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      await byHand();
      await byHand();
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(3);
    });

    it('believes the platform more than its refusal: what is there is not sent again', async () => {
      const { id } = await engine.publication(tenant, await channel('mastodon'), word());
      onCommit('refuse-rate-limit');
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      await byHand();
      expect((await worker.carryOut(id)).state).toBe('published');
      expect((await engine.segments(id))[0]?.fences).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });
  });
});
