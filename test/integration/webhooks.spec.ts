import { TokenRenewal } from '#channels';
import { forgetOldDeliveries, leaseDue, WEBHOOK_EVENT_TYPES, WebhookDelivery } from '#notifications';
import { loadPlatforms } from '#platforms';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { type TestAccount } from '../support/api.js';
import { lettersTo } from '../support/letters.js';
import { PracticeApi } from '../support/practice-api.js';
import { until } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { addTeammate } from '../support/team.js';
import { collectAll } from '../support/webhooks.js';

describe('outgoing webhooks', () => {
  let practice: PracticeApi;
  let receiver: Receiver;
  let delivery: WebhookDelivery;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start({ OUTBOUND_ALLOW: '127.0.0.1/32', PUBLISH_POLL_MS: '50' });
    receiver = await Receiver.start();
    delivery = practice.api.app.get(WebhookDelivery, { strict: false });
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
  });
  afterAll(async () => {
    await receiver?.close();
    await practice?.close();
  });

  let places = 0;
  /** A new place at the receiver, and a webhook that leads there. */
  const listen = async (input: object = {}, who = account) => {
    places += 1;
    const place = `place-${places}`;
    const answer = await practice
      .as(who)
      .post('/v1/webhooks')
      .send({ url: `${receiver.origin}/${place}`, eventTypes: 'all', ...input })
      .expect(201);
    const { id, secret } = answer.body as { id: string; secret: string };
    return { place, id, secret, etag: answer.headers['etag'] ?? '' };
  };
  const draft = async (text = 'Hello', who = account, workspaceId = who.workspaceId) => {
    const answer = await practice
      .as(who)
      .post(`/v1/workspaces/${workspaceId}/posts`)
      .send({ content: { text }, channels: [], schedule: null })
      .expect(201);
    return { id: answer.body.id as string, etag: answer.headers['etag'] ?? '' };
  };
  const change = (post: { id: string; etag: string }, body: object) =>
    practice.as(account).patch(`/v1/posts/${post.id}`).set('if-match', post.etag).send(body).expect(200);
  const collect = () => collectAll(delivery, practice.owner, account.organizationId);
  /** One round of a worker. */
  const round = async () => {
    await collect();
    await delivery.deliver();
  };
  /** As if the time had come that everything waits for. */
  const later = () =>
    practice.owner.query(
      `update webhook_deliveries set next_try_at = now(),
              leased_until = case when lease is not null then now() - interval '1 second' end where state = 'waiting'`,
    );
  const deliveries = async ({ id }: { id: string }, query = '') =>
    (await practice.as(account).get(`/v1/webhooks/${id}/deliveries${query}`).expect(200)).body.data;
  const webhook = async ({ id }: { id: string }) =>
    (await practice.as(account).get(`/v1/webhooks/${id}`).expect(200)).body;
  const types = (place: string) => receiver.at(place).map(({ type }) => type);

  describe('tell', () => {
    it('the whole life of a post, each thing in its order, signed', async () => {
      const { place, secret } = await listen();
      const worker = await createWorker(practice.api.kernel, practice.api.databaseUrl, await loadPlatforms());
      try {
        await worker.init();
        const channel = await practice.connect(account);
        const post = await draft('First');
        const { body } = await change(post, {
          content: { text: 'x'.repeat(400) },
          channels: [{ id: channel.id }],
          schedule: 'now',
        });
        const [{ id: publicationId }] = body.publications;
        await until(
          // The two logs are read one after the other.
          async () =>
            ['publication.published', 'post.scheduled'].every((type) => types(place).includes(type)) || undefined,
          () => `It was told ${types(place).join(', ')}.`,
        );
        const about = (name: string, id: string) =>
          receiver.at(place).filter(({ data, type }) => data[name] === id && type.startsWith(name.replace('Id', '.')));
        expect(about('postId', post.id).map(({ type }) => type)).toEqual([
          'post.created',
          'post.updated',
          'post.scheduled',
        ]);
        const told = about('publicationId', publicationId);
        expect(told.map(({ type }) => type)).toEqual(['publication.scheduled', 'publication.published']);
        expect(types(place)).toContain('connection.connected');
        for (const message of receiver.at(place)) expect(Receiver.isFrom(secret, message)).toBe(true);
        const links = { post: expect.stringMatching(`/v1/posts/${post.id}$`), publication: expect.any(String) };
        const { organizationId, workspaceId } = account;
        expect(told.at(-1)?.data).toMatchObject({ organizationId, workspaceId, state: 'published', links });
        expect(told.at(-1)?.data['permalink']).toMatch(/^http/);
        const [, updated] = about('postId', post.id);
        expect(String(updated?.data['text'])).toHaveLength(280);
      } finally {
        await worker.close();
      }
    });

    it('by signatures that notice another secret and another body', async () => {
      const { place, secret } = await listen();
      await draft();
      await round();
      const [message] = receiver.at(place);
      if (!message) throw new Error('Nothing came.');
      expect(Receiver.isFrom(secret, message)).toBe(true);
      expect(Receiver.isFrom('whsec_c29tZWJvZHkgZWxzZQ==', message)).toBe(false);
      expect(Receiver.isFrom(secret, { ...message, body: message.body.replace('Hello', 'Help') })).toBe(false);
    });

    it('what they want, where they want it, and nobody else', async () => {
      const other = await practice.as(account).post('/v1/workspaces').send({ name: 'Other', timeZone: 'UTC' });
      const stranger = await practice.api.signUp();
      const here = await listen({ workspaceIds: [account.workspaceId] });
      const deletions = await listen({ eventTypes: ['post.deleted'] });
      const theirs = await listen({}, stranger);
      const [mine, elsewhere] = [await draft('Here'), await draft('There', account, other.body.id)];
      for (const { id, etag } of [mine, elsewhere]) {
        await practice.as(account).delete(`/v1/posts/${id}`).set('if-match', etag).expect(204);
      }
      await round();
      expect(receiver.at(here.place).map(({ type, data }) => [type, data['postId']])).toEqual([
        ['post.created', mine.id],
        ['post.deleted', mine.id],
      ]);
      expect(types(deletions.place)).toEqual(['post.deleted', 'post.deleted']);
      expect(types(theirs.place)).toEqual([]);
      expect((await practice.as(stranger).get(`/v1/webhooks/${here.id}/deliveries`)).status).toBe(404);
    });

    it('of what happens to an account: connected, disconnected and connected again', async () => {
      const { place } = await listen({
        eventTypes: WEBHOOK_EVENT_TYPES.filter((type) => type.startsWith('connection')),
      });
      await practice.connect(account);
      const { rows } = await practice.owner.query('select id from connections where organization_id = $1', [
        account.organizationId,
      ]);
      await practice.as(account).delete(`/v1/connections/${rows[0].id}`).expect(204);
      await practice.connect(account);
      await round();
      expect(receiver.at(place).map(({ type, data }) => [type, data['status']])).toEqual([
        ['connection.connected', 'connected'],
        ['connection.disconnected', 'disconnected'],
        ['connection.reconnected', 'connected'],
      ]);
      // As if its platform had said that it ends.
      await practice.owner.query(`update connections set expires_at = now() + interval '3 days'`);
      for (let minute = 0; minute < 2; minute += 1) {
        await practice.api.app.get(TokenRenewal, { strict: false }).renew();
      }
      await round();
      expect(types(place).slice(3)).toEqual(['connection.expiring']);
      expect(
        receiver
          .at(place)
          .map(({ body }) => body)
          .join(),
      ).not.toMatch(/credential|token/i);
    });
  });

  describe('are delivered', () => {
    it('when the receiver has recovered, under the same id, and again when somebody asks for it', async () => {
      const made = await listen();
      receiver.answer(made.place, (response) => response.writeHead(500).end('Out of order'));
      await draft();
      await round();
      expect(await webhook(made)).toMatchObject({ state: 'failing', failingSince: expect.any(String) });
      const [waiting] = await deliveries(made, '?state=waiting&type=post.created');
      expect(waiting).toMatchObject({ tries: 1, lastStatus: 500, lastError: expect.stringContaining('HTTP 500') });
      expect(Date.parse(waiting.nextTryAt) - Date.now()).toBeLessThan(6_000);
      receiver.answer(made.place);
      await later();
      await round();
      expect(await webhook(made)).toMatchObject({ state: 'working', failingSince: null });
      const place = `/v1/webhooks/${made.id}/deliveries/${waiting.id}`;
      await practice.as(account).post(`${place}/repeat`).expect(200);
      await round();
      const { body } = await practice.as(account).get(place).expect(200);
      expect(body).toMatchObject({ state: 'delivered', messageId: waiting.messageId });
      expect(body.attempts.map(({ status, answer }: { status: number; answer: string }) => [status, answer])).toEqual([
        [500, 'Out of order'],
        [204, ''],
        [204, ''],
      ]);
      expect(new Set(receiver.at(made.place).map(({ id }) => id))).toEqual(new Set([waiting.messageId]));
      expect(body.payload).toBe(receiver.at(made.place)[0]?.body);
    });

    it('once more when a worker dies between the answer and its own record', async () => {
      const { place } = await listen();
      await draft();
      await collect();
      const leased = await practice.api.kernel.database.engine((tx) => leaseDue(tx, 10));
      for (const one of leased) await delivery.send(one);
      await round();
      expect(types(place)).toEqual(['post.created']);
      await later();
      await round();
      await later();
      await round();
      const [first, second, ...more] = receiver.at(place);
      expect([first?.id, more]).toEqual([second?.id, []]);
    });

    it('to others while one is slow, and to it no more than its share at a time', async () => {
      const [slow, quick] = [await listen(), await listen()];
      const held: (() => void)[] = [];
      receiver.answer(slow.place, (response) => held.push(() => response.writeHead(200).end()));
      for (let number = 0; number < 6; number += 1) await draft(`Number ${number}`);
      await collect();
      const delivering = delivery.deliver();
      await until(
        async () => (receiver.at(quick.place).length === 6 && held.length === 4) || undefined,
        () => `${receiver.at(quick.place).length} came quickly, ${held.length} slowly.`,
      );
      receiver.answer(slow.place);
      for (const answer of held) answer();
      await delivering;
      expect(receiver.at(slow.place)).toHaveLength(6);
    });

    it('as late as a busy receiver asks, and nothing else meanwhile', async () => {
      const made = await listen();
      receiver.answer(made.place, (response) => response.writeHead(429, { 'retry-after': '1800' }).end());
      await draft();
      await round();
      const [{ id, nextTryAt }] = await deliveries(made);
      expect(Date.parse(nextTryAt) - Date.now()).toBeGreaterThan(1_700_000);
      await draft('Another');
      await round();
      expect(receiver.at(made.place)).toHaveLength(1);
      receiver.answer(made.place);
      await practice.as(account).post(`/v1/webhooks/${made.id}/deliveries/${id}/repeat`).expect(200);
      await round();
      expect(receiver.at(made.place)).toHaveLength(3);
    });

    it('and forgotten after 30 days', async () => {
      const made = await listen();
      await draft();
      await round();
      await practice.owner.query(`
        alter table webhook_messages disable trigger user;
        update webhook_messages set created_at = now() - interval '31 days'
         where id in (select message_id from webhook_deliveries where webhook_id = '${made.id}');
        alter table webhook_messages enable trigger user`);
      expect(await forgetOldDeliveries(practice.api.kernel.database)).toBe(1);
      expect(await deliveries(made)).toEqual([]);
    });

    it('all that failed, when somebody asks for it', async () => {
      const made = await listen();
      receiver.answer(made.place, (response) => response.writeHead(302, { location: '/elsewhere' }).end());
      await draft();
      await round();
      await practice.owner.query('update webhook_deliveries set tries = 9 where webhook_id = $1', [made.id]);
      await later();
      await round();
      expect(await deliveries(made)).toMatchObject([{ state: 'failed', tries: 10, nextTryAt: null, lastStatus: 302 }]);
      expect(receiver.at('elsewhere')).toEqual([]);
      receiver.answer(made.place);
      const repeat = (since: string) =>
        practice.as(account).post(`/v1/webhooks/${made.id}/deliveries/repeat`).send({ since }).expect(200);
      expect((await repeat(new Date(Date.now() + 60_000).toISOString())).body).toEqual({ repeated: 0 });
      expect((await repeat(new Date(Date.now() - 60_000).toISOString())).body).toEqual({ repeated: 1 });
      await round();
      expect(await deliveries(made)).toMatchObject([{ state: 'delivered' }]);
    });
  });

  describe('are disabled', () => {
    it('at once when the receiver is gone, told by mail, and sent what waited when they are enabled again', async () => {
      const admin = await addTeammate(practice, account, { role: 'admin' });
      const made = await listen();
      const post = await draft();
      await round();
      receiver.answer(made.place, (response, number) => response.writeHead(number === 2 ? 500 : 410).end());
      const answer = await change(post, { content: { text: 'Changed' } });
      await round();
      await change({ id: post.id, etag: String(answer.headers['etag']) }, { content: { text: 'Changed again' } });
      await round();
      const disabled = await webhook(made);
      expect(disabled).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
      for (const who of [account.email, admin.email]) {
        expect(
          (await lettersTo(practice.owner, practice.api.kernel.vault, who)).map(({ subject }) => subject),
        ).toContainEqual(expect.stringMatching(/^The webhook to 127.0.0.1:\d+ was disabled$/));
      }
      await draft('Nobody is told of this');
      receiver.answer(made.place);
      await round();
      expect(receiver.at(made.place)).toHaveLength(3);
      await practice
        .as(account)
        .patch(`/v1/webhooks/${made.id}`)
        .set('if-match', `"${disabled.version}"`)
        .send({ enabled: true })
        .expect(200);
      await round();
      expect(types(made.place).slice(3)).toEqual(['post.updated']);
    });

    it('when nothing was taken for five days', async () => {
      const made = await listen();
      receiver.answer(made.place, (response) => response.writeHead(500).end());
      await draft();
      await round();
      await practice.owner.query(`update webhooks set failing_since = now() - interval '5 days' where id = $1`, [
        made.id,
      ]);
      await later();
      await round();
      expect(await webhook(made)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    });
  });

  describe('keep secrets', () => {
    it('that are exchanged while both are valid', async () => {
      const made = await listen();
      const { body } = await practice.as(account).post(`/v1/webhooks/${made.id}/secret`).expect(200);
      expect(body.secret).not.toBe(made.secret);
      await draft();
      await round();
      const [message] = receiver.at(made.place);
      if (!message) throw new Error('Nothing came.');
      expect([made.secret, body.secret].map((secret) => Receiver.isFrom(secret, message))).toEqual([true, true]);
      await practice.owner.query('update webhooks set former_secret_until = now() where id = $1', [made.id]);
      await draft();
      await round();
      const last = receiver.at(made.place).at(-1) ?? message;
      expect([made.secret, body.secret].map((secret) => Receiver.isFrom(secret, last))).toEqual([false, true]);
    });

    it('that are shown once, and again only to the request that made them', async () => {
      const body = { url: `${receiver.origin}/once`, eventTypes: 'all' };
      const ask = () =>
        practice.as(account).post('/v1/webhooks').set('idempotency-key', `once-${account.userId}`).send(body);
      const [first, second] = [await ask(), await ask()];
      expect([second.status, second.body]).toEqual([201, first.body]);
      const { text } = await practice.as(account).get('/v1/webhooks').expect(200);
      expect(text).not.toMatch(/secret"|whsec/);
      const { rows } = await practice.owner.query('select secret from webhooks where id = $1', [first.body.id]);
      const kept = await practice.owner.query('select answer from idempotency_keys where key = $1', [
        `once-${account.userId}`,
      ]);
      expect(`${rows[0].secret} ${JSON.stringify(kept.rows)}`).not.toContain(first.body.secret);
    });
  });

  describe('reach no further than they may', () => {
    it('an address that leads inside is refused when it is entered', async () => {
      const asked = { url: 'https://169.254.169.254/latest/meta-data', eventTypes: 'all' };
      const { body } = await practice.as(account).post('/v1/webhooks').send(asked).expect(422);
      expect(body.errors).toMatchObject([{ field: 'url', rule: 'not-public', remedy: expect.any(String) }]);
    });

    it.each(['http://[::1]:9/', 'http://10.0.0.1:9/'])(
      '%s is refused when something is sent, whatever was true when it was entered',
      async (url) => {
        const made = await listen();
        await practice.owner.query('update webhooks set url = $2 where id = $1', [made.id, url]);
        await draft();
        await round();
        expect(await deliveries(made)).toMatchObject([
          { lastStatus: null, lastError: expect.stringContaining('not on the public internet') },
        ]);
      },
    );
  });

  it('can be tried, changed and deleted, and there are at most twenty', async () => {
    const made = await listen({ description: 'For the shop' });
    const { body } = await practice.as(account).post(`/v1/webhooks/${made.id}/test`).expect(200);
    expect(body).toMatchObject({ type: 'webhook.test', state: 'delivered', attempts: [{ status: 204 }] });
    const [message] = receiver.at(made.place);
    expect(message && Receiver.isFrom(made.secret, message)).toBe(true);
    const place = `/v1/webhooks/${made.id}`;
    await practice.as(account).patch(place).send({ enabled: false }).expect(428);
    await practice.as(account).patch(place).set('if-match', '"9"').send({ enabled: false }).expect(412);
    const changed = await practice
      .as(account)
      .patch(place)
      .set('if-match', made.etag)
      .send({ enabled: false, eventTypes: ['post.created'] })
      .expect(200);
    expect(changed.body).toMatchObject({ state: 'disabled', disabledReason: 'by-hand', eventTypes: ['post.created'] });
    for (let number = 1; number < 20; number += 1) await listen();
    const url = `${receiver.origin}/one-more`;
    await practice.as(account).post('/v1/webhooks').send({ url, eventTypes: 'all' }).expect(409);
    await practice
      .as(account)
      .delete(place)
      .set('if-match', changed.headers['etag'] ?? '')
      .expect(204);
    await practice.as(account).get(place).expect(404);
  });

  it('are for those who manage them', async () => {
    const made = await listen();
    const author = await addTeammate(practice, account, {
      role: 'member',
      workspaces: [{ id: account.workspaceId, role: 'manager' }],
    });
    await author.agent.get('/v1/webhooks').expect(403);
    await author.agent.get(`/v1/webhooks/${made.id}/deliveries`).expect(403);
    const { body } = await practice.as(account).get('/v1/webhooks/event-types').expect(200);
    expect(body.data.map(({ type }: { type: string }) => type)).toEqual(WEBHOOK_EVENT_TYPES);
  });
});
