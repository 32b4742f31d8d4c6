import { type INestApplicationContext } from '@nestjs/common';
import { PlatformAccess, TokenRefresh, TokenRenewal } from '#channels';
import { leaseMessages } from '#kernel';
import { type PublicationRecord } from '#publishing';
import { type EngineParts, startParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const OPTIONS = { timeoutMs: 2_000 };

interface Row {
  id: string;
  status: 'connected' | 'disconnected';
  credentials: string | null;
  credential_generation: number;
  expires_at: Date | null;
  renew_at: Date | null;
  renew_failures: number;
  refresh_lease: string | null;
}

describe('tokens', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  /** Two processes' worth of services. */
  const contexts: INestApplicationContext[] = [];
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
    for (let i = 0; i < 2; i += 1) contexts.push((await startParts(engine)).context);
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
    // What earlier tests left behind is not due again.
    await engine.owner.query('update connections set renew_at = null');
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await engine.close();
  });

  const word = (): string => `token${count}`;
  const channel = (name = word()): Promise<string> => engine.account(tenant, 'bluesky', name);
  const from = <T>(type: abstract new (...args: never[]) => T, index = 0): T =>
    contexts[index]!.get<T>(type, { strict: false });
  const expire = async (refresh: boolean, name = word()): Promise<void> => {
    const answer = await fetch(`${engine.sandbox.origin}/bluesky/_practice/expire`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: `${name}.bsky.test`, refresh }),
    });
    expect(answer.status).toBe(204);
  };
  const connection = async (channelId: string): Promise<Row> => {
    const { rows } = await engine.owner.query<Row>(
      'select co.* from connections co join channels c on c.connection_id = co.id where c.id = $1',
      [channelId],
    );
    return rows[0]!;
  };
  const healthOf = async (channelId: string): Promise<string> => {
    const { rows } = await engine.owner.query<{ health: string }>('select health from channels where id = $1', [
      channelId,
    ]);
    return rows[0]!.health;
  };
  const events = async (topic: string, channelId: string): Promise<number> => {
    const { rows } = await engine.owner.query<{ n: number }>(
      `select count(*)::int as n from outbox where topic = $1 and payload->>'channelId' = $2`,
      [topic, channelId],
    );
    return rows[0]!.n;
  };
  /** Requests for new tokens that reached the network, counted from here. */
  const counting = (): (() => number) => {
    const all = () =>
      engine.sandbox.requests('bluesky').filter((request) => request.path.endsWith('refreshSession')).length;
    const before = all();
    return () => all() - before;
  };
  const open = async (channelId: string, index = 0) => {
    const opened = await engine.kernel.database.engine((tx) => from(PlatformAccess, index).open(tx, channelId));
    return opened!;
  };
  const refreshFault = (kind: 'accept-then-timeout' | 'refuse-unavailable' | 'reset' | 'slow', delayMs?: number) =>
    engine.sandbox.faults.add({
      kind,
      operation: 'connect',
      platform: 'bluesky',
      match: 'refreshSession',
      ...(delayMs !== undefined && { delayMs }),
    });
  const renewalDue = (channelId: string) =>
    engine.owner.query(
      `update connections set renew_at = now() where id = (select connection_id from channels where id = $1)`,
      [channelId],
    );

  describe('rule 13: one renewal at a time, across processes', () => {
    it('two processes that renew the same sign-in at once ask the platform exactly once', async () => {
      const place = await channel();
      const asked = counting();
      refreshFault('slow', 300);
      const opened = await Promise.all([0, 1, 0, 1, 0, 1].map((index) => open(place, index)));
      const outcomes = await Promise.all(
        opened.map((one, index) => from(TokenRefresh, index % 2).refresh(one, OPTIONS)),
      );
      expect(asked()).toBe(1);
      expect(outcomes.filter((outcome) => outcome === 'renewed')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(5);
      expect(await connection(place)).toMatchObject({ credential_generation: 2, refresh_lease: null });
      // One that still holds the first pair is told that a newer one is there, without a request.
      expect(await from(TokenRefresh).refresh(opened[0]!, OPTIONS)).toBe('renewed');
      expect(asked()).toBe(1);
    });

    it('no transaction is open while the platform is asked', async () => {
      const place = await channel();
      const asked = counting();
      refreshFault('slow', 400);
      const run = from(TokenRefresh).refresh(await open(place), OPTIONS);
      await engine.eventually(
        () => (asked() === 1 ? true : undefined),
        () => 'The platform was not asked.',
      );
      // Whoever held it in a transaction would have locked it: this fails at once instead of waiting.
      const { rows } = await engine.owner.query(
        `select refresh_lease from connections where id = (select connection_id from channels where id = $1)
            for update nowait`,
        [place],
      );
      expect(rows).toEqual([{ refresh_lease: expect.any(String) }]);
      expect(await run).toBe('renewed');
    });

    it('a pair that arrives after its lease ran out, and after others gave the sign-in up, is kept and revives it', async () => {
      const publication = await engine.publication(tenant, await channel(), word(), { dueIn: 3_600 });
      const place = publication.channel_id;
      refreshFault('slow', 800);
      const run = from(TokenRefresh).refresh(await open(place), OPTIONS);
      const { refresh_lease } = await engine.eventually(
        async () => {
          const found = await connection(place);
          return found.refresh_lease === null ? undefined : found;
        },
        () => 'Nobody took the lease.',
      );
      expect(refresh_lease).not.toBeNull();
      // The old pair is used up by now: whoever shows it is refused, and says that the sign-in is dead.
      const failure = { kind: 'auth' as const, message: 'Refused.', remedy: 'Reconnect.' };
      const stale = await open(place, 1);
      expect(await from(TokenRefresh, 1).markDead(stale.connection, failure)).toBe(true);
      await worker.sweep.holdChannel(place);
      expect((await engine.find(publication.id)).state).toBe('held');
      expect(await run).toBe('renewed');
      expect(await connection(place)).toMatchObject({ status: 'connected', credential_generation: 2, failure: null });
      expect(await healthOf(place)).toBe('healthy');
      expect(await events('channel.reconnected', place)).toBe(1);
      await worker.sweep.release();
      expect((await engine.find(publication.id)).state).toBe('scheduled');
    });

    it('a pair that arrives after a person disconnected is given back, not kept', async () => {
      const place = await channel();
      refreshFault('slow', 500);
      const opened = await open(place);
      const run = from(TokenRefresh).refresh(opened, OPTIONS);
      await engine.eventually(
        async () => ((await connection(place)).refresh_lease === null ? undefined : true),
        () => 'Nobody took the lease.',
      );
      await engine.connections.disconnect(tenant.organizationId, opened.connection.id);
      await run;
      expect(await connection(place)).toMatchObject({ status: 'disconnected', credentials: null });
      expect(await healthOf(place)).toBe('disconnected');
      const loop = await engine.startWorker();
      try {
        // The session at the network ends with the newest pair: the one that nobody here keeps.
        await engine.sandbox.waitForRequest(
          (request) => request.path.endsWith('deleteSession') && request.status === 200,
        );
      } finally {
        await loop.close();
      }
    });

    it('what a renewal leaves out is kept as it was: a refresh token is never overwritten by nothing', async () => {
      const place = await channel();
      const opened = await open(place);
      const before = opened.context(OPTIONS).credentials;
      const adapter = Object.create(opened.adapter) as typeof opened.adapter;
      adapter.refresh = () => Promise.resolve({ credentials: { accessJwt: 'newer', refreshJwt: '' } });
      expect(await from(TokenRefresh).refresh({ ...opened, adapter }, OPTIONS)).toBe('renewed');
      expect((await open(place)).context(OPTIONS).credentials).toEqual({ ...before, accessJwt: 'newer' });
    });

    it('an answer that was lost after the platform had changed the pair: dead only when the platform says so', async () => {
      const place = await channel();
      refreshFault('accept-then-timeout');
      expect(await from(TokenRefresh).refresh(await open(place), { timeoutMs: 300 })).toMatchObject({
        failed: { kind: 'unavailable' },
      });
      expect(await connection(place)).toMatchObject({ status: 'connected', refresh_lease: null, renew_failures: 1 });
      // The old refresh token is used up; only now is there a refusal.
      expect(await from(TokenRefresh).refresh(await open(place), OPTIONS)).toMatchObject({ dead: { kind: 'auth' } });
      expect(await healthOf(place)).toBe('disconnected');
    });
  });

  describe('rule 13: ahead of expiry', () => {
    it('a sign-in gets its time of renewal with its tokens, well before they expire', async () => {
      const place = await channel();
      const { expires_at, renew_at } = await connection(place);
      const left = expires_at!.getTime() - renew_at!.getTime();
      expect(left).toBeGreaterThan(15 * 60_000);
      expect(left).toBeLessThan(45 * 60_000);
    });

    it('a sign-in whose end only its person can put off gets none, also when its tokens are renewed in between', async () => {
      const place = await channel();
      await engine.owner.query(
        `update connections set renew_at = null, expiry_note = 'The sign-in (7 days)'
          where id = (select connection_id from channels where id = $1)`,
        [place],
      );
      expect(await from(TokenRefresh).refresh(await open(place), OPTIONS)).toBe('renewed');
      expect(await connection(place)).toMatchObject({ credential_generation: 2, renew_at: null });
    });

    it('is renewed when its time has come, once however many look, and not again', async () => {
      const [place, other] = [await channel(), await channel(`${word()}b`)];
      await renewalDue(place);
      const asked = counting();
      await Promise.all([from(TokenRenewal, 0).renew(), from(TokenRenewal, 1).renew()]);
      expect(asked()).toBe(1);
      const renewed = await connection(place);
      expect(renewed).toMatchObject({ credential_generation: 2, renew_failures: 0 });
      expect(renewed.renew_at!.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
      expect((await connection(other)).credential_generation).toBe(1);
      expect(await from(TokenRenewal).renew()).toBe(0);
      expect(asked()).toBe(1);
    });

    it('a publication after it goes out with the newer tokens, without a refusal', async () => {
      const publication = await engine.publication(tenant, await channel(), word());
      await renewalDue(publication.channel_id);
      await expire(false);
      await from(TokenRenewal).renew();
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      expect(await engine.story(publication.id)).not.toContain('retry-planned');
    });

    it.each(['refuse-unavailable', 'reset'] as const)(
      '"%s" is no dead token: it is tried again, later each time',
      async (kind) => {
        const place = await channel();
        const pauses: number[] = [];
        for (let i = 1; i <= 3; i += 1) {
          await renewalDue(place);
          refreshFault(kind);
          await from(TokenRenewal).renew();
          const { status, renew_failures, renew_at, credential_generation } = await connection(place);
          expect({ status, renew_failures, credential_generation }).toEqual({
            status: 'connected',
            renew_failures: i,
            credential_generation: 1,
          });
          pauses.push(renew_at!.getTime() - Date.now());
        }
        expect(pauses[0]).toBeGreaterThan(10_000);
        expect(pauses[1]).toBeGreaterThan(pauses[0]!);
        expect(pauses[2]).toBeGreaterThan(pauses[1]!);
        expect(await healthOf(place)).toBe('healthy');
        await renewalDue(place);
        await from(TokenRenewal).renew();
        expect(await connection(place)).toMatchObject({ credential_generation: 2, renew_failures: 0 });
      },
    );

    it('a refusal holds what is scheduled at once, long before it is due', async () => {
      const publication = await engine.publication(tenant, await channel(), word(), { dueIn: 7_200 });
      await renewalDue(publication.channel_id);
      await expire(true);
      const loop = await engine.startWorker();
      try {
        expect(await engine.until(publication.id, 'held')).toMatchObject({ held_reason: 'channel-disconnected' });
      } finally {
        await loop.close();
      }
      expect((await connection(publication.channel_id)).status).toBe('disconnected');
    });

    it('nothing is asked for a sign-in that was given up', async () => {
      const place = await channel();
      const { id } = await connection(place);
      await renewalDue(place);
      await engine.connections.disconnect(tenant.organizationId, id);
      const asked = counting();
      expect(await from(TokenRenewal).renew()).toBe(0);
      expect(asked()).toBe(0);
    });
  });

  describe('rule 13: a dead token', () => {
    it('ten that find out at the same time tell it once; one reconnect of the same account releases all', async () => {
      const place = await channel();
      const publications: PublicationRecord[] = [];
      for (let i = 0; i < 10; i += 1) {
        publications.push(await engine.publication(tenant, place, `${word()} ${i}`, { dueIn: 3_600 + i }));
      }
      const opened = await Promise.all(publications.map((_, index) => open(place, index % 2)));
      await expire(true);
      const failure = { kind: 'auth' as const, message: 'Refused.', remedy: 'Reconnect.' };
      await Promise.all(opened.map((one, index) => from(TokenRefresh, index % 2).markDead(one.connection, failure)));
      expect(await events('channel.disconnected', place)).toBe(1);
      expect(await worker.sweep.holdChannel(place)).toBe(10);
      const states = async () =>
        (await Promise.all(publications.map(({ id }) => engine.find(id)))).map((found) => found.state);
      expect(new Set(await states())).toEqual(new Set(['held']));
      // Somebody else's account does not release them.
      await channel(`${word()}other`);
      await worker.sweep.release();
      expect(new Set(await states())).toEqual(new Set(['held']));
      expect(await channel()).toBe(place);
      expect(await events('channel.reconnected', place)).toBe(1);
      await worker.sweep.release();
      expect(new Set(await states())).toEqual(new Set(['scheduled']));
    });

    it('a refusal of older tokens does not touch newer ones', async () => {
      const place = await channel();
      const stale = await open(place);
      expect(await from(TokenRefresh).refresh(await open(place), OPTIONS)).toBe('renewed');
      const failure = { kind: 'auth' as const, message: 'Refused.', remedy: 'Reconnect.' };
      expect(await from(TokenRefresh, 1).markDead(stale.connection, failure)).toBe(false);
      expect(await connection(place)).toMatchObject({ status: 'connected', credential_generation: 2 });
      expect(await healthOf(place)).toBe('healthy');
    });
  });

  it('rule 13: newer tokens that expired in their turn, long after a refusal, are renewed and not given up', async () => {
    const place = await channel();
    const { id } = await engine.publication(tenant, place, word());
    await expire(false);
    expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', failure: { kind: 'auth' } });
    // Nothing ran for an hour.
    await engine.owner.query(
      `update publications set failure = failure || jsonb_build_object('retryAt', now() - interval '1 hour') where id = $1`,
      [id],
    );
    await expire(false);
    expect((await worker.carryOut(id)).state).toBe('scheduled');
    expect(await healthOf(place)).toBe('healthy');
    expect((await worker.carryOut(id)).state).toBe('published');
  });

  it('rule 16: what a dead token tells is there for its consumer', async () => {
    const place = await channel();
    const { connection: record } = await open(place);
    await from(TokenRefresh).markDead(record, { kind: 'auth', message: 'Refused.', remedy: 'Reconnect.' });
    const leased = await leaseMessages(engine.kernel.database, 1_000);
    expect(
      leased.filter(({ topic, payload }) => topic === 'channel.disconnected' && payload['channelId'] === place),
    ).toHaveLength(1);
  });
});
