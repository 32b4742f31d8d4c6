import request from 'supertest';
import sharp from 'sharp';
import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const NOBODY = '01a2036f-adae-7159-8fd3-343c9959fe0e';

/** What one organization owns, for another to try its ids. */
interface Belongings {
  workspace: string;
  connection: string;
  channel: string;
  media: string;
  post: string;
  publication: string;
}

/** Routes with an id in them, and what is sent there. That all are closed to others is shown in isolation-routes.spec.ts. */
const ROUTES: [method: 'get' | 'post' | 'patch' | 'delete', path: (ids: Belongings) => string, body?: object][] = [
  ['get', ({ workspace }) => `/v1/workspaces/${workspace}/connections`],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/connections`, { platform: 'mastodon', practice: true }],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/connections`, { platform: 'facebook', practice: true }],
  ['get', ({ connection }) => `/v1/connections/${connection}`],
  ['delete', ({ connection }) => `/v1/connections/${connection}`],
  ['get', ({ workspace }) => `/v1/workspaces/${workspace}/channels`],
  ['post', ({ channel }) => `/v1/channels/${channel}/pause`],
  ['post', ({ channel }) => `/v1/channels/${channel}/resume`],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/pause`],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/resume`],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/media`],
  ['get', ({ media }) => `/v1/media/${media}`],
  ['get', ({ media }) => `/v1/media/${media}/content`],
  ['patch', ({ media }) => `/v1/media/${media}`, { altText: 'Stolen' }],
  ['get', ({ workspace }) => `/v1/workspaces/${workspace}/calendar?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z`],
  ['get', ({ workspace }) => `/v1/workspaces/${workspace}/posts`],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/posts`, draft()],
  ['post', ({ workspace }) => `/v1/workspaces/${workspace}/posts/validate`, draft()],
  ['get', ({ post }) => `/v1/posts/${post}`],
  ['patch', ({ post }) => `/v1/posts/${post}`, { content: { text: 'Stolen' } }],
  ['delete', ({ post }) => `/v1/posts/${post}`],
  ['get', ({ post }) => `/v1/posts/${post}/revisions`],
  ['get', ({ publication }) => `/v1/publications/${publication}`],
  ['get', ({ publication }) => `/v1/publications/${publication}/log`],
  ['post', ({ publication }) => `/v1/publications/${publication}/retry`],
  ['post', ({ publication }) => `/v1/publications/${publication}/hold`],
  ['post', ({ publication }) => `/v1/publications/${publication}/release`],
  ['post', ({ publication }) => `/v1/publications/${publication}/reconcile`],
  ['post', ({ publication }) => `/v1/publications/${publication}/cancel`],
  ['post', ({ publication }) => `/v1/publications/${publication}/resolve`, { outcome: 'not-published' }],
];

function draft() {
  return { content: { text: 'x' }, channels: [], schedule: null };
}

describe('resources', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let stranger: TestAccount;
  let belongings: Belongings;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    [owner, stranger] = [await practice.api.signUp(), await practice.api.signUp()];
    const workspace = owner.workspaceId;
    const file = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const media = await practice.as(owner).post(`/v1/workspaces/${workspace}/media`).attach('file', file, 'a.png');
    const channel = await practice.connect(owner);
    const { body } = await practice.as(owner).get(`/v1/workspaces/${workspace}/connections`).expect(200);
    const post = await practice.schedule(owner, [channel]);
    belongings = {
      workspace,
      connection: body.data[0].id,
      channel: channel.id,
      media: media.body.id,
      post: post.id,
      publication: post.publications[0].id,
    };
  });
  afterAll(() => practice?.close());

  const send = async ([method, path, body]: (typeof ROUTES)[number], ids: Belongings) => {
    const test = practice.as(stranger)[method](path(ids)).set('if-match', '"1"');
    if (!path(ids).endsWith('/media')) return test.send(body);
    const file = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    return test.attach('file', file, 'a.png');
  };
  const named = ROUTES.map((route) => [route[0], route[1](nothing('<id>')), route] as const);
  function nothing(id: string): Belongings {
    return { workspace: id, connection: id, channel: id, media: id, post: id, publication: id };
  }

  it.each(named)(
    '%s %s does not know what belongs to another organization, nor what is not there',
    async (_m, _p, route) => {
      const before = await practice.counts();
      for (const ids of [belongings, nothing(NOBODY), nothing('no-id')]) {
        const answer = await send(route, ids);
        expectProblem(answer, { status: 404, slug: 'not-found' });
        expect(answer.text).not.toContain(owner.organizationId);
      }
      expect(await practice.counts()).toEqual(before);
    },
  );

  it.each(named)('%s %s is closed to whoever has not signed in', async (method, _p, route) => {
    expectProblem(await request(practice.api.url)[method](route[1](belongings)), { status: 401, slug: 'unauthorized' });
  });

  it('uses no channel, file or position of another organization', async () => {
    const before = await practice.counts();
    const url = `/v1/workspaces/${stranger.workspaceId}/posts`;
    const foreignChannel = { content: { text: 'x' }, channels: [{ id: belongings.channel }], schedule: inHours(1) };
    const foreignMedia = { ...draft(), media: [{ id: belongings.media }] };
    for (const body of [foreignChannel, { ...foreignChannel, schedule: null }, foreignMedia]) {
      expectProblem(await practice.as(stranger).post(url).send(body), { status: 404, slug: 'not-found' });
    }
    const { body } = await practice.as(stranger).post(`${url}/validate`).send(foreignChannel).expect(200);
    expect(body).toMatchObject({ valid: false, errors: [{ field: 'channels/0/id', rule: 'unknown-channel' }] });
    const cursor = Buffer.from(JSON.stringify([belongings.post])).toString('base64url');
    const listed = await practice.as(stranger).get(url).query({ cursor }).expect(200);
    expect(listed.body).toEqual({ data: [] });
    expect(await practice.counts()).toEqual(before);
  });

  it('lists nothing of another organization', async () => {
    await practice.bring(belongings.publication, ['held']);
    const workspace = `/v1/workspaces/${stranger.workspaceId}`;
    for (const url of [
      `${workspace}/connections`,
      `${workspace}/channels`,
      `${workspace}/posts`,
      '/v1/support/publications',
    ]) {
      const { body } = await practice.as(stranger).get(url).expect(200);
      expect(body).toEqual({ data: [] });
    }
    const { body } = await practice.as(owner).get('/v1/support/publications').expect(200);
    expect(body.data).toHaveLength(1);
  });

  it('keeps the Idempotency-Keys of organizations apart', async () => {
    const answers = await Promise.all(
      [owner, stranger].map((account) =>
        practice
          .as(account)
          .post(`/v1/workspaces/${account.workspaceId}/posts`)
          .set('idempotency-key', 'the-same')
          .send(draft())
          .expect(201),
      ),
    );
    expect(answers[0]?.body.id).not.toBe(answers[1]?.body.id);
  });

  it('refuses a key that was used at another address', async () => {
    const body = draft();
    await practice
      .as(owner)
      .post(`/v1/workspaces/${owner.workspaceId}/posts`)
      .set('idempotency-key', 'address')
      .send(body)
      .expect(201);
    const other = await practice.as(owner).post('/v1/workspaces').send({ name: 'Other' }).expect(201);
    const answer = await practice
      .as(owner)
      .post(`/v1/workspaces/${other.body.id}/posts`)
      .set('idempotency-key', 'address')
      .send(body);
    expectProblem(answer, { status: 409, slug: 'idempotency-key-reused', field: 'Idempotency-Key' });
  });
});
