import { PlatformRegistry } from '#platforms';
import { PublishedEdits } from '#planning';
import {
  AttentionService,
  type ChangeRequest,
  ChannelLiveService,
  type PublicationRecord,
  PublishedPostsService,
} from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { BUSY, SLOW_PREPARING, SLOW_SHOWING, SlowNetwork } from './slow-network.platform.js';

describe('a network that takes its time', () => {
  const network = new SlowNetwork();
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `waits${count}`;
  const channel = (): Promise<string> => engine.connect(tenant, 'lantern');
  const commits = (): number => engine.sandbox.requests().filter((request) => request.operation === 'commit').length;
  const lamps = (): number => [...network.lamps.values()].filter(({ text }) => text.includes(word())).length;
  const published = async (text = word(), where?: string): Promise<PublicationRecord> => {
    const { id } = await engine.publication(tenant, where ?? (await channel()), text);
    const done = await worker.carryOut(id);
    expect(done.state).toBe('published');
    return done;
  };

  describe('before the one request', () => {
    it('waits without counting a try, keeps what is done, and says what it waits for', async () => {
      const text = `${word()} ${SLOW_PREPARING}`;
      const { id } = await engine.publication(tenant, await channel(), text);
      const waiting = await worker.carryOut(id);
      expect(waiting).toMatchObject({
        state: 'scheduled',
        attempts: 0,
        failure: null,
        waiting_for: 'Lantern is processing the lamp.',
      });
      expect(await worker.carryOut(id)).toMatchObject({ state: 'published', attempts: 1, waiting_for: null });
      expect(lamps()).toBe(1);
      expect(engine.shown(word())).toEqual([text]);
    });

    it('rule 12: keeps nobody else of its channel from going out', async () => {
      const where = await channel();
      const slow = await engine.publication(tenant, where, `${word()} ${SLOW_PREPARING}`);
      await worker.carryOut(slow.id);
      await engine.owner.query(`update publications set next_check_at = now() + interval '1 hour' where id = $1`, [
        slow.id,
      ]);
      await published(`${word()} too`, where);
      expect(engine.shown(word())).toEqual([`${word()} too`]);
    });

    it('prepares ahead of the time, and goes out of the hand until then', async () => {
      const { id } = await engine.publication(tenant, await channel(), word(), { dueIn: 60 });
      const ready = await worker.carryOut(id);
      expect(ready).toMatchObject({ state: 'scheduled', attempts: 0, lease: null });
      expect(ready.due_at.getTime() - ready.next_check_at.getTime()).toBe(3_000);
      expect((await engine.segments(id))[0]?.prepared).not.toBeNull();
      expect(engine.shown(word())).toEqual([]);
    });

    it('sends nothing while the network asks to slow down, and tells why', async () => {
      const where = await channel();
      const { id } = await engine.publication(tenant, where, `${word()} ${BUSY}`);
      const waiting = await worker.carryOut(id);
      expect(waiting).toMatchObject({ state: 'scheduled', attempts: 0 });
      expect((await engine.log(id)).at(-1)).toMatchObject({
        kind: 'retry-planned',
        evidence: { why: 'Lantern asks to slow down.' },
      });
      const [stored] = (await engine.owner.query('select blocked_until from channels where id = $1', [where])).rows as {
        blocked_until: Date;
      }[];
      expect(stored?.blocked_until).toEqual(waiting.next_check_at);
      const other = await engine.publication(tenant, where, `${word()} behind it`);
      await worker.dispatcher.dispatch();
      expect((await engine.find(other.id)).invitation).toBeNull();
      expect((await worker.carryOut(id)).state).toBe('published');
    });
  });

  describe('after the one request', () => {
    const accepted = async (where: string): Promise<PublicationRecord> => {
      const { id } = await engine.publication(tenant, where, `${word()} ${SLOW_SHOWING}`);
      const found = await worker.carryOut(id);
      expect(found).toMatchObject({ state: 'committing', waiting_for: 'Lantern is lighting the lamp.' });
      expect(found.accepted_at).not.toBeNull();
      return found;
    };

    it('rule 6: is published when the network shows it, by one request alone', async () => {
      const before = commits();
      const { id } = await accepted(await channel());
      expect(await worker.carryOut(id)).toMatchObject({ state: 'committing', attempts: 1 });
      network.finish(`${word()} ${SLOW_SHOWING}`, 'lit');
      expect(await worker.carryOut(id)).toMatchObject({ state: 'published', accepted_at: null, waiting_for: null });
      expect(commits() - before).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('is not late while the network works on it, as another one is that is still on its way', async () => {
      const { id } = await accepted(await channel());
      const other = await engine.publication(tenant, await channel(), `${word()} waits`);
      const earlier = `update publications set due_at = due_at - interval '1 hour', version = version + 1 where id = any($1)`;
      await engine.owner.query(earlier, [[id, other.id]]);
      const listed = await engine
        .service(AttentionService)
        .list(tenant.organizationId, { state: 'late' }, { limit: 10 });
      expect(listed.map((record) => record.id)).toEqual([other.id]);
    });

    it('rule 12: what is accepted keeps nobody else of its channel from going out, except in strict order', async () => {
      const where = await channel();
      const { id } = await accepted(where);
      await published(`${word()} too`, where);
      await engine.owner.query('update channels set strict_order = true where id = $1', [where]);
      const behind = await engine.publication(tenant, where, `${word()} behind`);
      await worker.dispatcher.dispatch();
      expect((await engine.find(behind.id)).invitation).toBeNull();
      network.finish(`${word()} ${SLOW_SHOWING}`, 'lit');
      expect((await worker.carryOut(id)).state).toBe('published');
      expect((await worker.carryOut(behind.id)).state).toBe('published');
    });

    it('rule 6: fails with what the network says when it is rejected afterwards, and a retry makes it anew', async () => {
      const { id } = await accepted(await channel());
      network.finish(`${word()} ${SLOW_SHOWING}`, 'broken');
      const failed = await worker.carryOut(id);
      expect(failed).toMatchObject({ state: 'failed', failure: { kind: 'media', remedy: 'Use another lamp.' } });
      await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
      expect((await worker.carryOut(id)).state).toBe('committing');
      expect(lamps()).toBe(2);
      network.finish(`${word()} ${SLOW_SHOWING}`, 'lit');
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('rule 8: is for a person to look at when the network has not shown it for a day', async () => {
      const { id } = await accepted(await channel());
      await engine.owner.query(`update publications set accepted_at = now() - interval '25 hours' where id = $1`, [id]);
      const found = await worker.carryOut(id);
      expect(found).toMatchObject({ state: 'unconfirmed', accepted_at: null });
      expect((await engine.log(id)).at(-1)?.evidence).toMatchObject({
        why: 'Lantern accepted it a day ago, and still does not show it.',
      });
    });
  });

  describe('after it was published', () => {
    const request = (publicationId: string, claim?: ChangeRequest<object>['claim']) => ({
      ...tenant.author,
      publicationId,
      claim,
      view: async (_tx: unknown, record: PublicationRecord) => record,
    });
    const remove = (id: string) => engine.service(PublishedPostsService).remove(request(id));
    const edit = (id: string, text: string) => engine.service(PublishedEdits).edit(request(id), text);
    const last = async (id: string) => (await engine.log(id)).at(-1);

    it('is removed, also where the answer is lost, and stays removed', async () => {
      const { id } = await published();
      engine.sandbox.faults.add({ operation: 'remove', kind: 'accept-then-reset' });
      const removed = await remove(id);
      expect(removed.state).toBe('published');
      expect(removed.removed_at).not.toBeNull();
      expect(engine.shown(word())).toEqual([]);
      expect(await last(id)).toMatchObject({ kind: 'removed', actor: tenant.author.actor, failure: null });
      expect((await remove(id)).removed_at).toEqual(removed.removed_at);
    });

    it('is removed by one of two who ask at once', async () => {
      const { id } = await published();
      engine.sandbox.faults.add({ operation: 'remove', kind: 'slow', delayMs: 500 });
      const asked = await Promise.allSettled([remove(id), remove(id)]);
      expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [refused] = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(refused).toMatchObject({ slug: 'conflict', errors: [{ rule: 'being-changed' }] });
    });

    it('says why the network would not do it, keeps that in the log, and can be asked again', async () => {
      const { id } = await published();
      engine.sandbox.faults.add({ operation: 'remove', kind: 'refuse-unavailable', times: 2 });
      await expect(remove(id)).rejects.toMatchObject({
        slug: 'platform-failure',
        extra: { failure: { kind: 'unavailable' } },
      });
      expect(await last(id)).toMatchObject({ kind: 'removed', failure: { kind: 'unavailable' } });
      expect((await engine.find(id)).removed_at).toBeNull();
      expect((await remove(id)).removed_at).not.toBeNull();
    });

    it('is given another text, within the limits of its format', async () => {
      const { id } = await published();
      expect(await edit(id, `${word()} better`)).toMatchObject({ edited_text: `${word()} better`, lease: null });
      expect(engine.shown(word())).toEqual([`${word()} better`]);
      expect(await last(id)).toMatchObject({ kind: 'edited', evidence: { text: `${word()} better` } });
      await expect(edit(id, 'x'.repeat(81))).rejects.toMatchObject({ errors: [{ rule: 'lantern.text-too-long' }] });
    });

    it('is not edited where its format cannot be, nor before it is published', async () => {
      const where = await channel();
      const post = await engine.posts.create(
        tenant.author,
        tenant.workspaceId,
        {
          content: { text: word() },
          media: [],
          channels: [{ id: where, settings: { format: 'spark' } }],
          schedule: 'now',
        },
        undefined,
        (created) => created,
      );
      const id = post.publications[0]!.id;
      await expect(edit(id, word())).rejects.toMatchObject({ errors: [{ rule: 'not-published' }] });
      await worker.carryOut(id);
      await expect(edit(id, word())).rejects.toMatchObject({ errors: [{ rule: 'lantern.edit-unsupported' }] });
    });

    it('rule 5: is not edited where what it says had to be approved', async () => {
      const { id } = await published();
      await engine.owner.query(
        `insert into approval_workflows (workspace_id, organization_id, mode, self_approval, reschedule_needs_approval, steps)
         values ($1, $2, 'required', false, false, '[]')`,
        [tenant.workspaceId, tenant.organizationId],
      );
      await expect(edit(id, 'Nobody saw this')).rejects.toMatchObject({ slug: 'approval-required' });
      expect(engine.shown(word())).toEqual([word()]);
      expect((await remove(id)).removed_at).not.toBeNull();
    });
  });

  describe('while people write', () => {
    it('goes by the limits of the format that is chosen', async () => {
      const where = await channel();
      const check = async (format: string) => {
        const { errors } = await engine.posts.validate(tenant.organizationId, tenant.workspaceId, {
          content: { text: 'x'.repeat(30) },
          media: [],
          channels: [{ id: where, settings: { format } }],
          schedule: 'now',
        });
        return errors.map(({ rule }) => rule);
      };
      expect(await check('post')).toEqual([]);
      expect(await check('spark')).toEqual(['lantern.text-too-long']);
    });

    it('tells how much of its limits is used and what it finds, or why it cannot', async () => {
      const where = await channel();
      const live = engine.service(ChannelLiveService);
      const { organizationId } = tenant;
      engine.sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable', times: 2 });
      await expect(live.usage(organizationId, where)).rejects.toMatchObject({
        slug: 'platform-failure',
        errors: [{ rule: 'unavailable' }],
      });
      expect(await live.usage(organizationId, where)).toMatchObject([{ what: 'lamps in 24 hours', limit: 25 }]);
      expect(await live.lookup(organizationId, where, { setting: 'place', query: ' harbour ' })).toEqual([
        { value: '1', label: 'The harbour' },
      ]);
      expect(await live.lookup(organizationId, where, { setting: 'place', query: ' ' })).toEqual([]);
      await expect(live.lookup(organizationId, where, { setting: 'format', query: 'x' })).rejects.toMatchObject({
        errors: [{ rule: 'unknown-setting', remedy: 'Use one of: place.' }],
      });
      const stranger = await engine.tenant();
      await expect(live.usage(stranger.organizationId, where)).rejects.toMatchObject({ slug: 'not-found' });
      await expect(
        live.lookup(stranger.organizationId, where, { setting: 'place', query: 'harbour' }),
      ).rejects.toMatchObject({
        slug: 'not-found',
      });
    });
  });
});
