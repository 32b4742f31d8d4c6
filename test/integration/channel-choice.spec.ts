import pg from 'pg';
import { PlatformRegistry } from '#platforms';
import { type ChannelInfo } from '#platforms/core';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { ring } from './ring.platform.js';

/** What the account reaches: a person, and pages of an agency. */
let reached: ChannelInfo[] = [];
const pages = (count: number): ChannelInfo[] =>
  Array.from({ length: count }, (_, index) => ({ id: `page-${index}`, name: `Page ${index}`, kind: 'Page' }));
const person: ChannelInfo = {
  ...{ id: 'person', name: 'Ann', kind: 'Profile', handle: '@ann' },
  ...{ capabilities: { edit: true }, withoutSettings: ['visibility'] },
};

describe('an account that reaches many places', () => {
  let api: TestApi;
  let owner: pg.Client;
  let ann: TestAccount;
  let code = 0;
  beforeAll(async () => {
    api = await startTestApi({
      platforms: new PlatformRegistry([ring({ listChannels: () => Promise.resolve(reached) })]),
      env: { RING_APP_ID: 'ring', RING_APP_SECRET: 'secret' },
    });
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
  });
  beforeEach(async () => {
    reached = [person, ...pages(60)];
    ann = await api.signUp();
    code += 1;
  });
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  const back = async (authorizationUrl: string) => {
    const query = { state: new URL(authorizationUrl).searchParams.get('state'), code: `ann-${code}`, scope: 'publish' };
    const accept = { accept: 'application/json' };
    return (await ann.agent.get('/v1/oauth/ring/callback').query(query).set(accept).expect(200)).body;
  };
  const connect = async (body: object, workspaceId = ann.workspaceId) => {
    const begun = await ann.agent.post(`/v1/workspaces/${workspaceId}/connections`).send({ platform: 'ring', ...body });
    return back(begun.body.authorizationUrl);
  };
  const choose = (id: string, places: string[], more: object = {}, who = ann) =>
    who.agent.post(`/v1/connections/${id}/channels`).send({ workspaceId: ann.workspaceId, places, ...more });
  const placesOf = (id: string, workspaceId = ann.workspaceId, who = ann) =>
    who.agent.get(`/v1/connections/${id}/places`).query({ workspaceId });
  const channels = async () =>
    (await ann.agent.get(`/v1/workspaces/${ann.workspaceId}/channels`).expect(200)).body.data;
  const memberWith = async (role: string) => {
    await owner.query(`update members set role = 'member' where user_id = $1`, [ann.userId]);
    await owner.query(
      'insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, $4)',
      [...[ann.organizationId, ann.workspaceId, ann.userId, role]],
    );
  };

  it('waits for a choice where one is asked for, and is listed meanwhile', async () => {
    const connection = await connect({ chooseChannels: true });
    expect(connection).toMatchObject({ status: 'connected', choosing: true, channels: [] });
    const listed = await ann.agent.get(`/v1/workspaces/${ann.workspaceId}/connections`).expect(200);
    expect(listed.body.data).toMatchObject([{ id: connection.id, choosing: true }]);
    const { body } = await placesOf(connection.id).expect(200);
    expect(body.data).toHaveLength(61);
    expect(body.data.slice(0, 2)).toEqual([
      {
        ...{ externalId: 'person', name: 'Ann', handle: '@ann', url: null, kind: 'Profile' },
        channelId: null,
        shared: false,
      },
      {
        ...{ externalId: 'page-0', name: 'Page 0', handle: null, url: null, kind: 'Page' },
        channelId: null,
        shared: false,
      },
    ]);
  });

  it('gets the chosen channels, and further ones later without a new consent', async () => {
    const { id } = await connect({ chooseChannels: true });
    const first = await choose(id, ['page-7', 'person']).expect(200);
    expect(first.body).toMatchObject({ choosing: false, channels: [{ name: 'Ann' }, { name: 'Page 7' }] });
    const { body } = await placesOf(id).expect(200);
    const marked = body.data.filter(({ channelId }: { channelId: string | null }) => channelId !== null);
    expect(marked.map(({ externalId }: { externalId: string }) => externalId)).toEqual(['person', 'page-7']);
    const second = await choose(id, ['page-8', 'page-7']).expect(200);
    expect(second.body.channels.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Page 7', 'Page 8']);
  });

  it('keeps what a channel can do less or more, and reads it anew with the list', async () => {
    const { id } = await connect({ chooseChannels: true });
    await choose(id, ['person', 'page-1']).expect(200);
    expect(await channels()).toMatchObject([
      { name: 'Ann', capabilities: { edit: true, remove: false }, withoutSettings: ['visibility'] },
      { name: 'Page 1', capabilities: { edit: false, remove: false }, withoutSettings: [] },
    ]);
    reached = [{ ...person, name: 'Ann B.', capabilities: {}, withoutSettings: [] }, ...pages(3)];
    await choose(id, ['page-2']).expect(200);
    expect((await channels())[0]).toMatchObject({ name: 'Ann B.', capabilities: { edit: false }, withoutSettings: [] });
  });

  it('adds everything at once where nobody chooses, and where there are few places', async () => {
    expect((await connect({})).channels).toHaveLength(61);
    code += 1;
    reached = [person, ...pages(4)];
    expect(await connect({ chooseChannels: true, acceptShared: true })).toMatchObject({
      choosing: false,
      channels: [{}, {}, {}, {}, {}],
    });
  });

  it('names what it does not reach, and what another workspace has', async () => {
    const { id } = await connect({ chooseChannels: true });
    const unknown = await choose(id, ['page-1', 'page-99']);
    expectProblem(unknown, { status: 422, slug: 'validation-failed', field: 'places' });
    expect(unknown.body.errors[0].message).toContain('page-99');
    expect(await channels()).toEqual([]);
    await choose(id, ['page-1']).expect(200);
    const { body: other } = await ann.agent
      .post('/v1/workspaces')
      .send({ name: 'Second', timeZone: 'UTC' })
      .expect(201);
    expect((await placesOf(id, other.id).expect(200)).body.data[2]).toMatchObject({ shared: true, channelId: null });
    const refused = await choose(id, ['page-1', 'page-2'], { workspaceId: other.id });
    expectProblem(refused, { status: 409, slug: 'conflict', field: 'acceptShared' });
    const agreed = await choose(id, ['page-1', 'page-2'], { workspaceId: other.id, acceptShared: true }).expect(200);
    expect(agreed.body.channels).toHaveLength(2);
  });

  it('gets only those new channels at a reconnection that somebody chose', async () => {
    const { id } = await connect({ chooseChannels: true });
    await choose(id, ['page-1']).expect(200);
    const again = async (body: object) => {
      const begun = await ann.agent.post(`/v1/connections/${id}/reconnect`).send({}).expect(200);
      await back(begun.body.authorizationUrl);
      return (await ann.agent.post(`/v1/connections/${id}/reconnect/confirm`).send(body).expect(200)).body.channels;
    };
    expect(await again({ add: [] })).toHaveLength(1);
    expect(await again({ add: ['page-3'] })).toHaveLength(2);
    expect(await again({})).toHaveLength(61);
  });

  it('is chosen from by whoever manages its workspace, and nobody else', async () => {
    const connection = await connect({ chooseChannels: true });
    const stranger = await api.signUp();
    for (const answer of [
      await placesOf(connection.id, stranger.workspaceId, stranger),
      await choose(connection.id, ['page-1'], { workspaceId: stranger.workspaceId }, stranger),
      await placesOf(connection.id, stranger.workspaceId),
    ]) {
      expectProblem(answer, { status: 404, slug: 'not-found' });
    }
    await memberWith('manager');
    await choose(connection.id, ['page-1']).expect(200);
    await owner.query(`update workspace_members set role = 'author' where user_id = $1`, [ann.userId]);
    expectProblem(await choose(connection.id, ['page-2']), { status: 403, slug: 'forbidden' });
  });

  it('says so where it is not connected any more', async () => {
    const { id } = await connect({ chooseChannels: true });
    await choose(id, ['page-1']).expect(200);
    await ann.agent.delete(`/v1/connections/${id}`).expect(204);
    expectProblem(await placesOf(id), { status: 409, slug: 'conflict' });
  });
});
