import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('holds, lateness, tokens and limits', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `hold${count}`;
  const channel = (platform = 'bluesky', name = word()): Promise<string> => engine.account(tenant, platform, name);
  const publish = async (
    platform = 'bluesky',
    options: { media?: readonly string[] } = {},
  ): Promise<PublicationRecord> => engine.publication(tenant, await channel(platform), word(), options);
  const makeLate = async (publication: PublicationRecord): Promise<void> => {
    await engine.owner.query('update workspaces set late_limit_minutes = 1 where id = $1', [publication.workspace_id]);
    await engine.owner.query(
      `update publications set due_at = due_at - interval '1 hour', version = version + 1 where id = $1`,
      [publication.id],
    );
  };
  const retry = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
  /** Ends the account's tokens at the platform; with `refresh`, for good. */
  const expire = async (refresh: boolean, name = word()): Promise<void> => {
    const answer = await fetch(`${engine.sandbox.origin}/bluesky/_practice/expire`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: `${name}.bsky.test`, refresh }),
    });
    expect(answer.status).toBe(204);
  };
  const connectionOf = async (channelId: string): Promise<{ status: string; credential_generation: number }> => {
    const { rows } = await engine.owner.query<{ status: string; credential_generation: number }>(
      `select co.status, co.credential_generation from connections co join channels c on c.connection_id = co.id
        where c.id = $1`,
      [channelId],
    );
    return rows[0]!;
  };

  describe('rule 9: holds end with their cause', () => {
    it.each([
      ['channel-paused', 'update channels set paused_at = $2::timestamptz where id = $1', 'channel_id'],
      ['workspace-paused', 'update workspaces set paused_at = $2::timestamptz where id = $1', 'workspace_id'],
      ['organization-paused', 'update organizations set paused_at = $2::timestamptz where id = $1', 'organization_id'],
      ['installation-paused', 'update installation set paused_at = $2::timestamptz where $1::uuid is not null', 'id'],
    ] as const)('%s: held with what to do about it, released by the sweep alone', async (reason, sql, column) => {
      const publication = await publish();
      await engine.owner.query(sql, [publication[column], new Date()]);
      expect(await worker.carryOut(publication.id)).toMatchObject({ state: 'held', held_reason: reason, attempts: 0 });
      expect((await engine.log(publication.id)).at(-1)?.evidence).toMatchObject({ reason, remedy: expect.any(String) });
      await worker.sweep.release();
      expect((await engine.find(publication.id)).state).toBe('held');
      await expect(retry(publication.id)).rejects.toMatchObject({
        status: 409,
        detail: expect.stringMatching(/resume/i),
      });
      await engine.owner.query(sql, [publication[column], null]);
      await worker.sweep.release();
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      expect(await engine.story(publication.id)).toMatch(
        /^scheduled cleared attempt-started held released attempt-started/,
      );
    });

    it('what is not approved is held from the start, and goes out once it is', async () => {
      const channelId = await channel();
      const due = { at: new Date(), timeZone: 'UTC', local: 'now' };
      const content = { segments: [{ kind: 'post' as const, text: word(), media: [] }], settings: {} };
      const [held] = await engine.as(tenant, (tx, actor) =>
        engine.publications.schedule(tx, actor, [
          {
            ...{ organizationId: tenant.organizationId, workspaceId: tenant.workspaceId, channelId, content, due },
            ...{ postId: channelId, revision: 1, cleared: false },
          },
        ]),
      );
      expect(held).toMatchObject({ state: 'held', held_reason: 'approval-missing' });
      await worker.sweep.release();
      expect((await engine.find(held!.id)).state).toBe('held');
      await engine.owner.query(
        'update publications set cleared_hash = content_hash, version = version + 1 where id = $1',
        [held!.id],
      );
      await worker.sweep.release();
      expect((await worker.carryOut(held!.id)).state).toBe('published');
    });

    it('a message about a disconnect that is long over holds nothing', async () => {
      const { id, channel_id } = await publish();
      expect(await worker.sweep.holdChannel(channel_id)).toBe(0);
      expect((await engine.find(id)).state).toBe('scheduled');
    });
  });

  describe('rule 10: late', () => {
    it('is held as too late, and a person sends it now', async () => {
      const publication = await publish();
      await makeLate(publication);
      expect(await worker.carryOut(publication.id)).toMatchObject({ state: 'held', held_reason: 'too-late' });
      await worker.sweep.release();
      expect((await engine.find(publication.id)).state).toBe('held');
      const before = Date.now();
      expect((await retry(publication.id)).due_at.getTime()).toBeGreaterThanOrEqual(before - 1_000);
      expect((await worker.carryOut(publication.id)).state).toBe('published');
    });

    it('is checked again after a look said "absent"', async () => {
      const publication = await publish();
      engine.sandbox.faults.add({ kind: 'reset', operation: 'commit', match: word() });
      await worker.carryOut(publication.id);
      await engine.settle(publication.id);
      await worker.carryOut(publication.id);
      await makeLate(publication);
      expect(await worker.carryOut(publication.id)).toMatchObject({ state: 'held', held_reason: 'too-late' });
      expect(engine.shown(word())).toEqual([]);
    });

    it('is checked when it is released by itself', async () => {
      const publication = await publish();
      await engine.channels.setPaused(tenant.organizationId, publication.channel_id, true);
      await worker.carryOut(publication.id);
      await makeLate(publication);
      await engine.channels.setPaused(tenant.organizationId, publication.channel_id, false);
      await worker.sweep.release();
      expect(await worker.carryOut(publication.id)).toMatchObject({ state: 'held', held_reason: 'too-late' });
    });
  });

  describe('rule 13: tokens have generations', () => {
    const refreshes = (): number =>
      engine.sandbox.requests('bluesky').filter((request) => request.path.endsWith('refreshSession')).length;

    it.each([
      ['prepared', true],
      ['sent', false],
    ])('a token that has expired when it is %s is renewed, and it goes out', async (_name, withImage) => {
      const media = withImage ? [await engine.image(tenant)] : [];
      const { id, channel_id } = await publish('bluesky', { media });
      await expire(false);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', failure: { kind: 'auth' } });
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(await connectionOf(channel_id)).toEqual({ status: 'connected', credential_generation: 2 });
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a network error while renewing is never a dead token', async () => {
      const { id, channel_id } = await publish();
      await expire(false);
      engine.sandbox.faults.add({ kind: 'reset', operation: 'connect', platform: 'bluesky', match: 'refreshSession' });
      expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', failure: { kind: 'unavailable' } });
      expect((await connectionOf(channel_id)).status).toBe('connected');
      await worker.carryOut(id);
      expect((await worker.carryOut(id)).state).toBe('published');
    });

    it('a stale refusal is retried with the newer token that somebody else fetched', async () => {
      const first = await engine.publication(tenant, await channel(), `${word()} first`, { dueIn: 1 });
      const run = worker.carryOut(first.id);
      await engine.until(first.id, 'ready');
      const before = refreshes();
      // Another channel that lives from the same connection renews it while the first one waits with the old token.
      const second = await engine.publication(tenant, await secondChannel(first), `${word()} second`);
      await expire(false);
      expect((await worker.carryOut(second.id)).state).toBe('scheduled');
      expect(refreshes()).toBe(before + 1);
      engine.sandbox.faults.add({ kind: 'refuse-auth', operation: 'commit', match: `${word()} first` });
      expect(await run).toMatchObject({ state: 'scheduled', failure: { kind: 'auth' } });
      expect((await worker.carryOut(first.id)).state).toBe('published');
      expect((await worker.carryOut(second.id)).state).toBe('published');
      expect(refreshes()).toBe(before + 1);
    });

    it('tokens that are refused although they are new are dead: no endless renewing', async () => {
      const { id, channel_id } = await publish();
      engine.sandbox.faults.add({ kind: 'refuse-auth', operation: 'commit', match: word(), times: 10 });
      const before = refreshes();
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
      expect(refreshes()).toBe(before + 1);
      expect((await connectionOf(channel_id)).status).toBe('disconnected');
    });

    it('two channels of one dead connection are both held for what the platform said', async () => {
      await engine.connectFacebook(tenant, word());
      const { rows: pages } = await engine.owner.query<{ id: string }>(
        'select id from channels where workspace_id = $1',
        [tenant.workspaceId],
      );
      expect(pages.length).toBeGreaterThan(1);
      engine.sandbox.faults.add({ kind: 'refuse-auth', operation: 'commit', match: word(), times: 2 });
      const created = await engine.post(
        tenant,
        pages.slice(0, 2).map((page) => page.id),
        word(),
      );
      const ids = created.publications.map((publication) => publication.id);
      // Both were on their way when the first one was refused.
      const invitations = await Promise.all([worker.invite(ids[0]!), worker.invite(ids[1]!)]);
      const runs = await Promise.all(invitations.map((invitation) => worker.runner.run(invitation)));
      expect(runs).toHaveLength(2);
      for (const id of ids) {
        expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
      }
    });

    it('a dead sign-in holds everything of the channel at once; one reconnect releases it, the late rule respected', async () => {
      const place = await channel();
      const first = await engine.publication(tenant, place, `${word()} first`);
      const late = await engine.publication(tenant, place, `${word()} late`, { dueIn: 60 });
      const future = await engine.publication(tenant, place, `${word()} future`, { dueIn: 3_600 });
      await expire(true);
      // From here on a real worker: messages, sweep and all.
      const loop = await engine.startWorker();
      try {
        for (const { id } of [first, late, future]) {
          expect(await engine.until(id, 'held')).toMatchObject({ held_reason: 'channel-disconnected' });
        }
        expect((await engine.find(first.id)).failure).toMatchObject({ kind: 'auth' });
        await engine.owner.query('update workspaces set late_limit_minutes = 1 where id = $1', [tenant.workspaceId]);
        await engine.owner.query(
          `update publications set due_at = now() - interval '1 hour', version = version + 1 where id = $1`,
          [late.id],
        );
        expect(await channel()).toBe(place);
        expect((await engine.until(first.id, 'published')).failure).toBeNull();
        const held = await engine.eventually(
          async () => {
            const found = await engine.find(late.id);
            return found.held_reason === 'too-late' ? found : undefined;
          },
          () => engine.story(late.id),
        );
        expect(held.state).toBe('held');
        expect((await engine.find(future.id)).state).toBe('scheduled');
        expect(engine.shown(word())).toEqual([`${word()} first`]);
      } finally {
        await loop.close();
      }
    });

    /** Another channel of the same connection, as a second Page would be. */
    async function secondChannel(of: PublicationRecord): Promise<string> {
      const { rows } = await engine.owner.query<{ id: string }>(
        `insert into channels (id, organization_id, workspace_id, connection_id, platform, practice, external_id, name, details, limits)
         select gen_random_uuid(), organization_id, workspace_id, connection_id, platform, practice, external_id || '-2', name,
                details, limits from channels where id = $1 returning id`,
        [of.channel_id],
      );
      return rows[0]!.id;
    }
  });

  describe('a rate limit blocks its channel and no other', () => {
    it.each([
      ['with a hint', 40],
      ['without a hint', undefined],
    ])('%s', async (_name, retryAfterSeconds) => {
      const [limited, free] = [await channel('mastodon'), await channel('mastodon', `${word()}b`)];
      const fault = { kind: 'refuse-rate-limit', operation: 'commit', match: `${word()} first` } as const;
      engine.sandbox.faults.add(retryAfterSeconds === undefined ? fault : { ...fault, retryAfterSeconds });
      const first = await engine.publication(tenant, limited, `${word()} first`);
      const second = await engine.publication(tenant, limited, `${word()} second`);
      const elsewhere = await engine.publication(tenant, free, `${word()} elsewhere`);
      const refused = await worker.carryOut(first.id);
      expect(refused).toMatchObject({
        state: 'scheduled',
        failure: { kind: 'rate-limit', retryAt: expect.any(String) },
      });
      const { rows } = await engine.owner.query<{ blocked_until: Date }>(
        'select blocked_until from channels where id = $1',
        [limited],
      );
      expect(rows[0]!.blocked_until).toEqual(refused.next_check_at);
      if (retryAfterSeconds !== undefined) {
        expect(refused.next_check_at.getTime()).toBeGreaterThan(Date.now() + (retryAfterSeconds - 10) * 1_000);
      }
      await worker.dispatcher.dispatch();
      expect((await engine.find(second.id)).invitation).toBeNull();
      expect((await worker.carryOut(elsewhere.id)).state).toBe('published');
      expect((await worker.carryOut(first.id)).state).toBe('published');
      expect((await worker.carryOut(second.id)).state).toBe('published');
    });
  });

  describe('what fails before the fence is tried again, held or over, and says why', () => {
    it.each([
      ['bluesky', 'refuse-unavailable', 'unavailable'],
      ['mastodon', 'refuse-unavailable', 'unavailable'],
      ['facebook', 'refuse-unavailable', 'unavailable'],
      ['bluesky', 'reset', 'unavailable'],
      ['mastodon', 'nonsense', 'unknown'],
      ['facebook', 'refuse-rate-limit', 'rate-limit'],
      ['bluesky', 'refuse-rate-limit', 'rate-limit'],
    ] as const)('%s answers an upload with "%s": %s, then it goes out', async (platform, kind, failure) => {
      const { id } = await publish(platform, { media: [await engine.image(tenant)] });
      engine.sandbox.faults.add({ kind, operation: 'prepare', platform });
      expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', failure: { kind: failure } });
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(await engine.story(id)).toMatch(
        /^scheduled cleared attempt-started (step-done )*retry-planned attempt-started (step-done )+fenced committed published$/,
      );
      expect(engine.shown(word())).toHaveLength(1);
    });

    it.each(['mastodon', 'facebook'])('%s: a dead token while uploading holds', async (platform) => {
      const { id } = await publish(platform, { media: [await engine.image(tenant)] });
      engine.sandbox.faults.add({ kind: 'refuse-auth', operation: 'prepare', platform });
      expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
      expect(engine.shown(word())).toEqual([]);
    });

    it("a fault of ClickPost's own is not blamed on the platform", async () => {
      const { id } = await publish('bluesky', { media: [await engine.image(tenant)] });
      await rm(join(engine.kernel.config.dataDir, 'files'), { recursive: true });
      expect(await worker.carryOut(id)).toMatchObject({
        state: 'scheduled',
        failure: { kind: 'unknown', message: expect.stringContaining('inside ClickPost') },
      });
    });
  });
});
