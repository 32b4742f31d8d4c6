import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type MediaFacts, planMedia, type VideoLimit, wantRenditions } from '#media';
import { clip } from '../../libs/media/testing/clips.js';
import { RenditionMaking } from '../../libs/media/renditions/making.js';
import { RenderJobs } from '../../libs/media/renditions/render-jobs.js';
import { renderMedia } from '../../libs/media/run/render-media.js';
import { WorkFolders } from '../../libs/media/run/workspace.js';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { Events } from './event-listener.js';
import { atOnce, NEVER, patient, PLAN } from './renditions-workshop.js';

describe('/v1/renditions', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let video: Buffer;
  let mediaId: string;
  let digest: string;
  let hash = 0;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    video = await readFile(await clip('landscape'));
    mediaId = await upload(account.workspaceId);
    const { rows } = await practice.owner.query<{ digest: string }>('select digest from media_assets where id = $1', [
      mediaId,
    ]);
    digest = String(rows[0]?.digest);
  });
  beforeEach(() => practice.owner.query(`delete from renditions where state = 'waiting'`));
  afterAll(() => practice?.close());

  const upload = async (workspaceId: string): Promise<string> => {
    const path = `/v1/workspaces/${workspaceId}/media`;
    const { body } = await practice.as(account).post(path).attach('file', video, 'clip.mp4').expect(201);
    return body.id as string;
  };
  const jobs = (make = atOnce): RenderJobs => {
    const { database, storage, config } = practice.api.kernel;
    return new RenderJobs(database, new RenditionMaking(storage, new WorkFolders(config), make));
  };
  /** A rendition that waits; answers its id. */
  const waiting = async (plan = PLAN): Promise<string> => {
    const planHash = `hash${(hash += 1)}`;
    await practice.api.kernel.database.engine((tx) =>
      wantRenditions(tx, account.organizationId, [{ digest, planHash, plan }], null),
    );
    const { rows } = await practice.owner.query<{ id: string }>('select id from renditions where plan_hash = $1', [
      planHash,
    ]);
    return String(rows[0]?.id);
  };
  const get = (id: string, who = account) => practice.as(who).get(`/v1/renditions/${id}`);

  it('says how far one is, of which files, and shows what was made, whole and in parts', async () => {
    const id = await waiting();
    const { body } = await get(id).expect(200);
    expect(body).toMatchObject({ id, state: 'waiting', mediaIds: [mediaId], workspaceIds: [account.workspaceId] });
    expectProblem(await get(`${id}/content`).expect(404), { status: 404, slug: 'not-found' });
    await jobs().workOne(NEVER);
    const { body: made } = await get(id).expect(200);
    expect(made).toMatchObject({
      state: 'ready',
      kind: 'video',
      contentType: 'video/mp4',
      bytes: 4,
      durationMs: 1_000,
    });
    const whole = await get(`${id}/content`).expect(200);
    expect(whole.body.toString()).toBe('made');
    const part = await get(`${id}/content`).set('range', 'bytes=1-2').expect(206);
    expect(part.body.toString()).toBe('ad');
    expect(part.headers['content-range']).toBe('bytes 1-2/4');
  });

  it('is a real video within its limits, made from one that is not', async () => {
    const limit: VideoLimit = {
      types: ['video/mp4'],
      videoCodecs: ['h264'],
      audioCodecs: ['aac'],
      maxBytes: 1_000_000,
      maxWidth: 320,
    };
    const { rows } = await practice.owner.query('select facts from media_assets where id = $1', [mediaId]);
    const plan = planMedia(rows[0].facts as MediaFacts, { video: limit });
    expect(plan).toMatchObject({ output: 'video', action: 'transcode' });
    const id = await waiting(plan);
    await jobs(renderMedia).workOne(NEVER);
    const { body } = await get(id).expect(200);
    expect(body).toMatchObject({ state: 'ready', contentType: 'video/mp4', width: 320, height: 180 });
    const { body: file } = await get(`${id}/content`).expect(200);
    expect(file.subarray(4, 8).toString()).toBe('ftyp');
    expect(file.length).toBe(body.bytes);
  });

  it('is stopped by hand, also while it is made, and made after all when somebody wants it', async () => {
    const id = await waiting();
    const { make, begun, ended } = patient();
    const work = jobs(make).workOne(NEVER);
    await begun;
    const { body } = await practice.as(account).post(`/v1/renditions/${id}/cancel`).expect(200);
    expect(body.state).toBe('cancelled');
    await work;
    expect(ended()).toBe(true);
    expect((await get(id).expect(200)).body.state).toBe('cancelled');
    await practice.as(account).post(`/v1/renditions/${id}/cancel`).expect(200);
    expect((await practice.as(account).post(`/v1/renditions/${id}/retry`).expect(200)).body.state).toBe('waiting');
    await jobs().workOne(NEVER);
    expect((await get(id).expect(200)).body.state).toBe('ready');
    const { body: log } = await practice.as(account).get('/v1/audit-log').expect(200);
    const told = log.data.map(({ operation }: { operation: string }) => operation);
    expect(told.slice(0, 2)).toEqual(['retryRendition', 'cancelRendition']);
    expectProblem(await practice.as(account).post(`/v1/renditions/${id}/cancel`), { status: 409, slug: 'conflict' });
    expectProblem(await practice.as(account).post(`/v1/renditions/${id}/retry`), { status: 409, slug: 'conflict' });
  });

  it('is seen by nobody else, and changed by nobody who may only look', async () => {
    const id = await waiting();
    const stranger = await practice.api.signUp();
    for (const path of [id, `${id}/content`])
      expectProblem(await get(path, stranger), { status: 404, slug: 'not-found' });
    expectProblem(await practice.as(stranger).post(`/v1/renditions/${id}/cancel`), { status: 404, slug: 'not-found' });
    await practice.become(account, 'viewer');
    try {
      await get(id).expect(200);
      for (const what of ['cancel', 'retry']) {
        expectProblem(await practice.as(account).post(`/v1/renditions/${id}/${what}`), {
          status: 403,
          slug: 'forbidden',
        });
      }
    } finally {
      await practice.become(account, 'owner');
    }
  });

  it('names only what lies in workspaces that whoever asks sees', async () => {
    const id = await waiting();
    const { body: other } = await practice
      .as(account)
      .post('/v1/workspaces')
      .send({ name: 'Another client', timeZone: 'UTC' })
      .expect(201);
    const there = await upload(other.id);
    expect((await get(id).expect(200)).body.mediaIds.sort()).toEqual([mediaId, there].sort());
    await practice.become(account, 'author');
    try {
      const { body } = await get(id).expect(200);
      expect(body).toMatchObject({ mediaIds: [mediaId], workspaceIds: [account.workspaceId] });
      // It is also the other client's: one who does not work there does not stop it.
      expectProblem(await practice.as(account).post(`/v1/renditions/${id}/cancel`), { status: 403, slug: 'forbidden' });
    } finally {
      await practice.become(account, 'owner');
      await practice.owner.query('update media_assets set deleted_at = now() where id = $1', [there]);
    }
    await jobs().workOne(NEVER);
  });

  it('is told of live while it is made, to those who see it and to nobody else', async () => {
    const stranger = await practice.api.signUp();
    const listen = (who: TestAccount) =>
      Events.open(`${practice.api.url}/v1/events`, { authorization: `Bearer ${who.apiKey}` });
    const [mine, theirs] = await Promise.all([listen(account), listen(stranger)]);
    await Promise.all([mine.next('ready'), theirs.next('ready')]);
    const { make, begun, finish } = patient();
    const id = await waiting();
    const work = jobs((plan, facts, input, output, options) => {
      options.onProgress({ fraction: 0.5, remainingMs: 700 });
      return make(plan, facts, input, output, options);
    }).workOne(NEVER);
    await begun;
    const half = await mine.next('rendition', ({ data }) => data['progress'] === 0.5);
    expect(half.data).toEqual({
      id,
      state: 'running',
      progress: 0.5,
      remainingMs: 700,
      mediaIds: [mediaId],
      workspaceIds: [account.workspaceId],
    });
    finish();
    await work;
    await mine.next('rendition', ({ data }) => data['state'] === 'ready');
    expect(theirs.all.filter(({ event }) => event === 'rendition')).toEqual([]);
    mine.close();
    theirs.close();
  });

  it('a video is shown by a picture of it, made once', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => practice.as(account).get(`/v1/media/${mediaId}/content?width=200`).expect(200)),
    );
    expect(await sharp(answers[0]?.body as Buffer).metadata()).toMatchObject({ format: 'jpeg', width: 200 });
    expect(answers[0]?.headers['etag']).toBe(answers[1]?.headers['etag']);
    const part = await practice.as(account).get(`/v1/media/${mediaId}/content`).set('range', 'bytes=4-7').expect(206);
    expect(part.body.toString()).toBe('ftyp');
  });

  it('is counted for whoever watches over the installation', async () => {
    await waiting();
    const { text } = await practice.as(account).get('/metrics').expect(200);
    expect(text).toMatch(/clickpost_renditions\{state="waiting"\} [1-9]/);
    expect(text).toMatch(/clickpost_renditions\{state="made"\} [1-9]/);
    expect(text).toMatch(/clickpost_renditions_seconds \d/);
  });
});
