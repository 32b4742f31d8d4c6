import request from 'supertest';
import { rows } from '#kernel';
import { ChannelDisconnectedHandler, HoldSweep } from '#publishing';
import { type TestAccount } from '../support/api.js';
import { consent } from '../support/people.js';
import { PracticeApi } from '../support/practice-api.js';

describe('the practice page of apps and websites', () => {
  let practice: PracticeApi;
  let ann: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    ann = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const connect = async (platform: string, person: string, way?: string) => {
    const { body } = await practice
      .as(ann)
      .post(`/v1/workspaces/${ann.workspaceId}/connections`)
      .send({ platform, practice: true, ...(way !== undefined && { way }) })
      .expect(201);
    const { pathname, search } = await consent(body.authorizationUrl, person);
    return (await request(practice.api.url).get(`${pathname}${search}`).expect(200)).body;
  };
  const read = async (path: string) => (await practice.as(ann).get(path).expect(200)).body;
  const submit = async (user: string, decision: string): Promise<string> => {
    const body = new URLSearchParams({ user, decision });
    const answer = await fetch(`${practice.sandbox.origin}/facebook/www/settings/apps`, { method: 'POST', body });
    return answer.text();
  };
  const disconnected = async (channelId: string): Promise<void> => {
    const [message] = await practice.api.kernel.database.engine((tx) =>
      rows<{ id: string; organizationId: string; topic: string; payload: Record<string, unknown> }>(
        tx,
        `select id, organization_id as "organizationId", topic, payload from outbox
          where topic = 'channel.disconnected' and payload ->> 'channelId' = $1`,
        [channelId],
      ),
    );
    if (!message) throw new Error('Nobody is told that the channel is disconnected.');
    await new ChannelDisconnectedHandler(new HoldSweep(practice.api.kernel.database)).handle(message);
  };

  // https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#deauth-callback
  it('ends a connection when its person removes the app, and holds what is scheduled', async () => {
    const [mine, other] = [await connect('facebook', 'Ann'), await connect('facebook', 'Bea')];
    const [channel] = mine.channels;
    const post = await practice.schedule(ann, [channel]);
    expect(await submit(mine.account.id, 'remove')).toContain('It was told, and answered with HTTP 204');
    expect(await read(`/v1/connections/${mine.id}`)).toMatchObject({
      ...{ status: 'disconnected', failure: { message: 'The person removed ClickPost at Facebook.' } },
    });
    expect(await read(`/v1/connections/${other.id}`)).toMatchObject({ status: 'connected' });
    await disconnected(channel.id);
    expect(await read(`/v1/publications/${post.publications[0].id}`)).toMatchObject({
      ...{ state: 'held', heldReason: 'channel-disconnected' },
    });
  });

  // https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
  it('has the data deleted that its person wants deleted, and leads to the page that says so', async () => {
    const mine = await connect('facebook', 'Cleo');
    const shown = await submit(mine.account.id, 'delete');
    const link = /href="([^"]+)"/.exec(shown)?.[1];
    if (link === undefined) throw new Error(`The page links to nothing: ${shown}`);
    expect(new URL(link).origin).toBe(practice.api.url);
    const page = await (await fetch(link)).text();
    expect(page).toContain('Your data was deleted');
    expect(page).toContain('1 × permission to act for your account at Facebook');
    expect(await read(`/v1/connections/${mine.id}`)).toMatchObject({ status: 'disconnected', account: null });
    const { rows: later } = await practice.owner.query(
      `select available_at > now() + interval '10 minutes' as later from outbox
        where topic = 'deletion.requested' and payload -> 'connectionIds' ? $1`,
      [mine.id],
    );
    expect(later).toEqual([{ later: true }]);
  });

  it('is where people who connected with Instagram end the permission, as they are told before', async () => {
    const byInstagram = await connect('instagram', 'Dora', 'instagram-login');
    expect(byInstagram.health).toMatchObject({
      ...{ revocable: false, revokeByHand: expect.stringContaining('Apps and websites') },
    });
    const byFacebook = await connect('instagram', 'Dora', 'facebook-login');
    expect(byFacebook.health).toMatchObject({ revocable: true, revokeByHand: null });
  });
});
