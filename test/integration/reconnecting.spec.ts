import { removeAbandonedFlows } from '#channels';
import { type TestAccount } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { inHours, PracticeApi } from '../support/practice-api.js';

const PAGES = ['Practice Bakery', 'Second Shop', 'Third Shop'];

describe('reconnecting', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const bluesky = (name: string) => ({
    service: `${practice.sandbox.origin}/bluesky`,
    identifier: `${name}.bsky.test`,
    password: 'practice',
  });
  const connect = async (body: object, workspaceId = account.workspaceId) =>
    (await practice.as(account).post(`/v1/workspaces/${workspaceId}/connections`).send(body).expect(201)).body;
  const get = async (id: string) => (await practice.as(account).get(`/v1/connections/${id}`).expect(200)).body;

  describe('on reconnecting by credentials', () => {
    it('shows what it would change, and changes it after a yes', async () => {
      const { id, channels } = await connect({ platform: 'bluesky', credentials: bluesky('again') });
      const { publications } = await practice.schedule(account, channels);
      const before = await practice.owner.query('select credentials from connections where id = $1', [id]);
      const begun = await practice
        .as(account)
        .post(`/v1/connections/${id}/reconnect`)
        .send({ credentials: bluesky('again') })
        .expect(200);
      expect(begun.body).toMatchObject({
        state: 'ready',
        preview: { gained: [], kept: [{ id: channels[0].id, scheduled: 1 }], lost: [] },
      });
      expect(JSON.stringify(begun.body)).not.toMatch(/Jwt|password/);
      const still = await practice.owner.query('select credentials from connections where id = $1', [id]);
      expect(still.rows).toEqual(before.rows);

      const { body } = await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
      expect(body).toMatchObject({ id, status: 'connected', channels });
      const after = await practice.owner.query('select credentials from connections where id = $1', [id]);
      expect(after.rows).not.toEqual(before.rows);
      await practice.as(account).get(`/v1/publications/${publications[0].id}`).expect(200);
      expectProblem(await practice.as(account).get(`/v1/connections/${id}/reconnect`), {
        status: 404,
        slug: 'not-found',
      });
    });

    it('refuses another account by both names, and changes nothing', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('right') });
      const answer = await practice
        .as(account)
        .post(`/v1/connections/${id}/reconnect`)
        .send({ credentials: bluesky('wrong') });
      expectProblem(answer, { status: 409, slug: 'conflict', field: 'account' });
      expect(answer.body.detail).toMatch(/right\.bsky\.test.*wrong\.bsky\.test/);
      await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(404);
      expect((await get(id)).account.handle).toContain('right');
    });

    it('says which credential is wrong', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('typo') });
      const credentials = { ...bluesky('typo'), password: 'wrong' };
      const answer = await practice.as(account).post(`/v1/connections/${id}/reconnect`).send({ credentials });
      expectProblem(answer, { status: 422, slug: 'connection-refused', field: 'credentials/password' });
    });

    it('drops what was not wanted, or what nobody answered in time', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('drop') });
      const path = `/v1/connections/${id}/reconnect`;
      const begin = () =>
        practice
          .as(account)
          .post(path)
          .send({ credentials: bluesky('drop') })
          .expect(200);
      await begin();
      await practice.as(account).delete(path).expect(204);
      await practice.as(account).delete(path).expect(404);
      const { rows } = await practice.owner.query(
        `select payload ? 'signIn' as sealed from outbox where payload->>'connectionId' = $1`,
        [id],
      );
      expect(rows).toEqual([{ sealed: true }]);
      await begin();
      await practice.owner.query(`update reconnections set expires_at = now() where connection_id = $1`, [id]);
      await practice.as(account).get(path).expect(404);
      await practice.as(account).post(`${path}/confirm`).send({}).expect(404);
      expect((await get(id)).health.status).toBe('healthy');
      await removeAbandonedFlows(practice.api.kernel.database);
      const left = await practice.owner.query(
        `select (select count(*)::int from reconnections where connection_id = $1) as waiting,
                (select count(*)::int from outbox where payload->>'connectionId' = $1::text) as given_back`,
        [id],
      );
      expect(left.rows).toEqual([{ waiting: 0, given_back: 2 }]);
      // Disconnecting gives up both, the present sign-in and the one that waits.
      await begin();
      await practice.as(account).delete(`/v1/connections/${id}`).expect(204);
      await practice.as(account).get(path).expect(404);
    });
  });

  describe('on reconnecting by a consent page', () => {
    /** Agrees for these Pages and to these permissions, and gives the address that it leads back to. */
    const agree = async (url: string, person: string, pages: readonly string[], without: string[] = []) => {
      const html = await (await fetch(url)).text();
      const form = new URLSearchParams({ decision: 'continue', person });
      for (const page of pages) form.append('page', page);
      for (const [, scope = ''] of html.matchAll(/type="checkbox" name="scope" value="([^"]+)"/g)) {
        if (!without.includes(scope)) form.append('scope', scope);
      }
      const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
      const { pathname, search } = new URL(answer.headers.get('location') ?? '');
      return `${pathname}${search}`;
    };
    const connectPages = async (person: string, pages: readonly string[], without: string[] = []) => {
      for (const name of PAGES) {
        await fetch(`${practice.sandbox.origin}/facebook/_practice/pages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ person, name }),
        });
      }
      const started = await connect({ platform: 'facebook', practice: true });
      const back = await agree(started.authorizationUrl, person, pages, without);
      return (await practice.as(account).get(back).expect(200)).body;
    };
    const begin = async (id: string) =>
      (await practice.as(account).post(`/v1/connections/${id}/reconnect`).send({}).expect(200)).body;

    it('says which permission is missing', async () => {
      const { health } = await connectPages('Sparing Person', PAGES, ['business_management']);
      expect(health.missingScopes).toEqual([
        { scope: 'business_management', required: false, feature: expect.any(String) },
      ]);
    });

    it('shows every channel that is gained, kept or lost, and keeps all schedules', async () => {
      const [first = '', second = '', third = ''] = PAGES;
      const connection = await connectPages('Busy Person', [first, second]);
      const { id } = connection;
      const named = (name: string) => connection.channels.find((channel: { name: string }) => channel.name === name);
      const { publications } = await practice.schedule(account, [named(first), named(second)], inHours(30));

      const begun = await begin(id);
      expect(begun).toMatchObject({ state: 'authorizing', preview: null });
      const back = await agree(begun.authorizationUrl, 'Busy Person', [second, third]);
      const answered = await practice.as(account).get(back).set('accept', 'text/html').expect(200);
      expect(answered.text).toContain('Nothing has changed yet');
      const { body } = await practice.as(account).get(`/v1/connections/${id}/reconnect`).expect(200);
      expect(body.preview).toMatchObject({
        gained: [{ name: third, shared: false }],
        kept: [{ id: named(second).id, scheduled: 1 }],
        lost: [{ id: named(first).id, scheduled: 1 }],
      });
      expect((await get(id)).channels).toEqual(connection.channels);

      const confirmed = await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
      expect(confirmed.body.channels.map((channel: { name: string }) => channel.name).sort()).toEqual(PAGES);
      const channels = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/channels`).expect(200);
      const health = Object.fromEntries(
        channels.body.data.map((channel: { name: string; health: string; failure: { message: string } | null }) => [
          channel.name,
          [channel.health, channel.failure?.message ?? null],
        ]),
      );
      expect(health).toEqual({
        [first]: ['disconnected', 'Busy Person no longer reaches this channel on Facebook.'],
        [second]: ['healthy', null],
        [third]: ['healthy', null],
      });
      for (const publication of publications) {
        const { body: kept } = await practice.as(account).get(`/v1/publications/${publication.id}`).expect(200);
        expect(kept).toMatchObject({ state: 'scheduled', dueAt: publication.dueAt });
      }
    });

    it('refuses another person by both names, here and to whoever waits', async () => {
      const { id } = await connectPages('Right Person', PAGES);
      const begun = await begin(id);
      const answer = await practice.as(account).get(await agree(begun.authorizationUrl, 'Wrong Person', PAGES));
      expectProblem(answer, { status: 409, slug: 'conflict', field: 'account' });
      const { body } = await practice.as(account).get(`/v1/connections/${id}/reconnect`).expect(200);
      expect(body).toMatchObject({ state: 'failed', preview: null });
      expect(body.failure.message).toMatch(/Right Person.*Wrong Person/);
      await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(409);
      expect(await get(id)).toMatchObject({ status: 'connected', account: { name: 'Right Person' } });
    });

    it('leads nowhere once it was dropped', async () => {
      const { id } = await connectPages('Hasty Person', PAGES);
      const begun = await begin(id);
      await practice.as(account).delete(`/v1/connections/${id}/reconnect`).expect(204);
      const answer = await practice.as(account).get(await agree(begun.authorizationUrl, 'Hasty Person', PAGES));
      expectProblem(answer, { status: 410, slug: 'gone' });
    });
  });
});
