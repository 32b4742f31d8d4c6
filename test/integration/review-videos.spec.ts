import { randomUUID } from 'node:crypto';
import { clip } from '../../libs/media/testing/clips.js';
import { RenditionMaking } from '../../libs/media/renditions/making.js';
import { RenderJobs } from '../../libs/media/renditions/render-jobs.js';
import { WorkFolders } from '../../libs/media/run/workspace.js';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { atOnce, NEVER, patient } from './renditions-workshop.js';

const PASSCODE = '4711-roast';
const MISSING = { status: 404, slug: 'not-found' } as const;

/** What a review says of a file. */
interface Shown {
  id: string;
  sent: { rendition: { id: string; state: string } | null };
}

describe('videos by review links', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let channel: TestChannel;
  let mediaId: string;
  /** Nobody's browser. */
  let client: Agent;
  /** Each test cuts the clip at another place: equal versions are shared. */
  let cut = 500;

  beforeAll(async () => {
    practice = await PracticeApi.start();
    owner = await practice.api.signUp();
    channel = await practice.connect(owner);
    mediaId = await upload(owner);
  });
  beforeEach(async () => {
    client = practice.api.agent();
    cut += 10;
    await practice.owner.query(`update renditions set state = 'cancelled' where state = 'waiting'`);
  });
  afterAll(() => practice?.close());

  const upload = async (who: TestAccount): Promise<string> => {
    const path = `/v1/workspaces/${who.workspaceId}/media`;
    const file = await clip('landscape');
    return (await practice.as(who).post(path).attach('file', file).expect(201)).body.id;
  };
  const trimmed = (endMs: number) => ({ id: mediaId, trim: { startMs: 0, endMs } });
  const schedule = () => ({ at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'Europe/Berlin' });
  const write = async (media: object, { who = owner, on = channel, isDraft = false } = {}): Promise<string> => {
    const { body } = await practice
      .as(who)
      .post(`/v1/workspaces/${who.workspaceId}/posts`)
      .send({
        ...{ content: { text: 'Watch this' }, media: [media], channels: [{ id: on.id }] },
        schedule: isDraft ? null : schedule(),
      })
      .expect(201);
    return body.id;
  };
  /** The address of the API for a new link. */
  const linkTo = async (postId: string, input: object = {}, who = owner): Promise<string> => {
    const { body } = await practice.as(who).post(`/v1/posts/${postId}/review-links`).send(input).expect(201);
    return `/v1/review/${body.address.split('/').at(-1)}`;
  };
  const shown = async (path: string): Promise<Shown> => {
    const { body } = await client.get(path).expect(200);
    return body.post.channels[0].segments[0].media[0];
  };
  const versionOf = async (path: string): Promise<string> => {
    const { rendition } = (await shown(path)).sent;
    if (!rendition) throw new Error('Nothing is made for this post.');
    return rendition.id;
  };
  const content = (path: string, id: string) => client.get(`${path}/renditions/${id}/content`);
  const work = (make = atOnce): Promise<unknown> => {
    const { database, storage, config } = practice.api.kernel;
    return new RenderJobs(database, new RenditionMaking(storage, new WorkFolders(config), make)).workOne(NEVER);
  };
  /** A scheduled post with its link and the id of what was made for it. */
  const made = async (input: object = {}) => {
    const postId = await write(trimmed(cut));
    const id = await versionOf(await linkTo(postId));
    await work();
    return { postId, id, path: await linkTo(postId, input) };
  };

  it('are told of while they are made, and played as they go out, whole and in parts', async () => {
    const path = await linkTo(await write(trimmed(cut)));
    const waiting = await shown(path);
    expect(waiting).toMatchObject({
      ...{ id: mediaId, kind: 'video', width: 640, height: 360, changes: expect.arrayContaining([expect.any(String)]) },
      sent: { output: 'video', action: 'transcode', durationMs: cut, rendition: { state: 'waiting' } },
    });
    const id = await versionOf(path);
    expectProblem(await content(path, id), MISSING);

    const { make, begun, finish } = patient();
    const working = work(make);
    await begun;
    expect((await shown(path)).sent.rendition).toEqual({ id, state: 'running', progress: 0 });
    finish();
    await working;
    expect((await shown(path)).sent.rendition).toEqual({ id, state: 'ready' });

    const whole = await content(path, id).expect(200);
    expect([whole.headers['content-type'], whole.body.toString()]).toEqual(['video/mp4', 'made']);
    expect(whole.headers['cache-control']).toMatch(/^private/);
    const part = await content(path, id).set('range', 'bytes=1-2').expect(206);
    expect([part.headers['content-range'], part.body.toString()]).toEqual(['bytes 1-2/4', 'ad']);
  });

  it('are played as they were uploaded where they go out like that', async () => {
    const path = await linkTo(await write({ id: mediaId }));
    expect((await shown(path)).sent).toMatchObject({ output: 'video', action: 'keep', rendition: null });
    const part = await client.get(`${path}/media/${mediaId}/content`).set('range', 'bytes=4-7').expect(206);
    expect([part.headers['content-type'], part.body.toString()]).toEqual(['video/mp4', 'ftyp']);
    const poster = await client.get(`${path}/media/${mediaId}/content?width=400`).expect(200);
    expect(poster.headers['content-type']).toMatch(/^image\//);
  });

  it('that could not be made are told as such, without the words for colleagues', async () => {
    const { path, id } = await made();
    await practice.owner.query(
      `update renditions set state = 'failed', digest = null, facts = null, storage_key = null, failure = $2 where id = $1`,
      [id, JSON.stringify({ rule: 'media.rendition-failed', message: 'Frame 7 is broken.', remedy: 'Mend it.' })],
    );
    expect((await shown(path)).sent.rendition).toEqual({ id, state: 'failed' });
    expectProblem(await content(path, id), MISSING);
  });

  it('are those of their post alone', async () => {
    const { path, id, postId } = await made();
    cut += 10;
    const neighbour = await made();
    const stranger = await practice.api.signUp();
    const theirs = await (async () => {
      const media = { id: await upload(stranger), trim: { startMs: 0, endMs: cut } };
      const postOfTheirs = await write(media, { who: stranger, on: await practice.connect(stranger) });
      return versionOf(await linkTo(postOfTheirs, {}, stranger));
    })();
    await work();
    for (const other of [neighbour.id, theirs, mediaId, randomUUID()]) {
      expectProblem(await content(path, other), MISSING);
    }
    await content(path, id).expect(200);
    await content(neighbour.path, neighbour.id).expect(200);

    const { headers } = await practice.as(owner).get(`/v1/posts/${postId}`).expect(200);
    const change = { media: [trimmed(cut + 100)] };
    const patch = practice.as(owner).patch(`/v1/posts/${postId}`).set('If-Match', headers['etag']!);
    await patch.send(change).expect(200);
    // It is not what goes out any more.
    expectProblem(await content(path, id), MISSING);
  });

  it('of a draft are not made yet, and are not those of another post that sends the same', async () => {
    const { id } = await made();
    const path = await linkTo(await write(trimmed(cut), { isDraft: true }));
    expect((await shown(path)).sent).toMatchObject({ action: 'transcode', rendition: null });
    expectProblem(await content(path, id), MISSING);
  });

  it('of a draft are made as soon as somebody is asked to approve it', async () => {
    const steps = [{ name: 'Check', approvers: { members: [owner.userId] }, rule: 'any' }];
    const workflow = { mode: 'optional', selfApproval: true, rescheduleNeedsApproval: false, steps };
    await practice.as(owner).put(`/v1/workspaces/${owner.workspaceId}/approval-workflow`).send(workflow).expect(200);
    const postId = await write(trimmed(cut), { isDraft: true });
    const version = async () =>
      (await practice.as(owner).get(`/v1/posts/${postId}/media`).expect(200)).body.media[0].rendition;
    expect(await version()).toBeNull();
    await practice.as(owner).post(`/v1/posts/${postId}/approval/requests`).expect(201);
    expect(await version()).toMatchObject({ state: 'waiting' });
  });

  it('are shown to nobody before the passcode, and by no link that has ended', async () => {
    const { path, id, postId } = await made({ passcode: PASSCODE });
    for (const address of [`renditions/${id}`, `media/${mediaId}`]) {
      const answer = await client.get(`${path}/${address}/content`);
      expectProblem(answer, { status: 401, slug: 'passcode-required' });
    }
    await client.post(`${path}/passcode`).send({ passcode: PASSCODE }).expect(204);
    await content(path, id).expect(200);
    const ended = async (set: string) => {
      await practice.owner.query(`update review_links set ${set} where post_id = $1`, [postId]);
      expectProblem(await content(path, id), { status: 410, slug: 'gone' });
    };
    await ended(`expires_at = now() - interval '1 second'`);
    await ended(`expires_at = now() + interval '1 day', revoked_at = now()`);
  });
});
