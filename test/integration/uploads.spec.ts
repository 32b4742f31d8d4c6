import { createHash, randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import request from 'supertest';
import { UploadSweep } from '#media';
import { createApi } from '../../apps/api/src/create-api.js';
import { PlatformRegistry } from '#platforms';
import { type Agent, startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { outcomeOf, resume, send, sendUntilCut } from './uploads-client.js';

const TUS = { 'Tus-Resumable': '1.0.0' };
const OFFSET_TYPE = 'application/offset+octet-stream';

describe('uploads in pieces', () => {
  let installation: TestApi;
  let account: TestAccount;
  let owner: pg.Client;
  beforeAll(async () => {
    installation = await startTestApi({ env: { MEDIA_MAX_BYTES: '4000000' } });
    account = await installation.signUp();
    owner = new pg.Client({ connectionString: installation.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await installation?.close();
  });

  const as = ({ apiKey }: TestAccount): Agent =>
    request.agent(installation.url).set('authorization', `Bearer ${apiKey}`);
  const announced = async () => (await owner.query('select count(*)::int as uploads from uploads')).rows;
  const api = () => as(account);
  const folder = () => join(installation.kernel.config.dataDir, 'uploads');
  const path = (address: string) => new URL(address, installation.url).pathname;
  const outcome = (address: string, from = installation.url) => outcomeOf(from, account, address);
  const begin = (bytes: number, workspaceId = account.workspaceId) =>
    api().post(`/v1/workspaces/${workspaceId}/uploads`).set(TUS).set('Upload-Length', String(bytes));

  it('takes a file in, tells what became of it, and keeps nothing beside the library', async () => {
    const picture = await painted();
    const address = await send(installation.url, account, picture, { filename: 'Schöner Tag.png', altText: 'Noise' });
    expect(path(address)).toMatch(new RegExp(`^/v1/workspaces/${account.workspaceId}/uploads/[0-9a-f-]{36}$`));
    const done = await outcome(address);
    expect(done).toMatchObject({
      ...{ state: 'done', filename: 'Schöner Tag.png', bytes: picture.length, received: picture.length },
      media: { contentType: 'image/png', width: 600, altText: 'Noise', uploadedBy: { id: account.userId } },
    });
    const { body } = await api().get(`/v1/media/${done.media?.id}/content`).expect(200);
    expect(
      createHash('sha256')
        .update(body as Buffer)
        .digest('hex'),
    ).toBe(digestOf(picture));
    await untilEmpty();
    const { rows } = await owner.query(
      `select user_id, name, via, api_key_id is not null as key, workspace_id from audit_log
        where operation = 'uploadMedia' and subject_id = $1`,
      [done.media?.id],
    );
    expect(rows).toEqual([
      {
        user_id: account.userId,
        name: expect.any(String),
        via: 'api-key',
        key: true,
        workspace_id: account.workspaceId,
      },
    ]);
  });

  it('goes on after a lost connection, sending only what had not arrived', async () => {
    const picture = await painted();
    const address = await sendUntilCut(installation.url, account, picture, { filename: 'a.png' }, 300_000);
    const { body } = await api()
      .get(`/v1/uploads/${address.split('/').at(-1)}`)
      .expect(200);
    expect(body).toMatchObject({ state: 'receiving', bytes: picture.length });
    expect(body.received).toBeGreaterThanOrEqual(300_000);
    expect(await resume(address, account, picture)).toBe(picture.length - body.received);
    expect(await outcome(address)).toMatchObject({ state: 'done', media: { bytes: picture.length } });
  });

  it('goes on at another process of the installation', async () => {
    const picture = await painted();
    const address = await sendUntilCut(installation.url, account, picture, { filename: 'a.png' }, 300_000);
    const other = await secondApi();
    try {
      const there = `${other.url}${path(address)}`;
      expect(await resume(there, account, picture)).toBeLessThanOrEqual(picture.length - 300_000);
      expect(await outcome(there, other.url)).toMatchObject({ state: 'done' });
    } finally {
      await other.close();
    }
  });

  it.each(['receiving', 'checking'])('takes a whole file up once whose process died while it was %s', async (state) => {
    const picture = await painted();
    const id = await left(picture, state);
    const other = await secondApi();
    try {
      await Promise.all([
        ...[installation.url, other.url, installation.url].map((url) => outcomeOf(url, account, id)),
        installation.app.get(UploadSweep, { strict: false }).sweep(),
      ]);
    } finally {
      await other.close();
    }
    const { rows } = await owner.query('select count(*)::int as assets from media_assets where digest = $1', [
      digestOf(picture),
    ]);
    expect(rows).toEqual([{ assets: 1 }]);
    await untilEmpty();
  });

  it('awaits the rest of a file that lost its end with the power', async () => {
    const picture = await painted();
    const id = await left(picture.subarray(0, 100_000), 'checking', picture.length);
    const view = () => api().get(`/v1/uploads/${id}`);
    while ((await view()).body.state === 'checking') await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await view()).body).toMatchObject({ state: 'receiving', received: 100_000 });
    const address = `${installation.url}/v1/workspaces/${account.workspaceId}/uploads/${id}`;
    expect(await resume(address, account, picture)).toBe(picture.length - 100_000);
    expect(await outcome(id)).toMatchObject({ state: 'done', media: { bytes: picture.length } });
  });

  it('stores equal files once, though they come at once and in both ways', async () => {
    const picture = await painted();
    const multipart = () =>
      api().post(`/v1/workspaces/${account.workspaceId}/media`).attach('file', picture, 'twin.png').expect(201);
    const [one, two, three] = await Promise.all([
      send(installation.url, account, picture, { filename: 'one.png' }).then((address) => outcome(address)),
      send(installation.url, account, picture, { filename: 'two.png' }).then((address) => outcome(address)),
      multipart(),
    ]);
    expect(new Set([one.media?.id, two.media?.id, three.body.id]).size).toBe(3);
    const stored = await filesOf(installation.kernel.storage.list(`${account.organizationId}/originals/`));
    expect(stored.filter((key) => key.endsWith(digestOf(picture)))).toHaveLength(1);
  });

  it('refuses by its content what is called an image, and says why', async () => {
    const address = await send(installation.url, account, Buffer.from('I am a text'), { filename: 'x.jpg' });
    expect(await outcome(address)).toMatchObject({
      state: 'refused',
      problem: { status: 422, errors: [{ field: 'file', message: expect.any(String), remedy: expect.any(String) }] },
    });
    await untilEmpty();
  });

  describe('refuses', () => {
    it.each<[string, Record<string, string>, number, string]>([
      ['a file that is larger than any may be', { 'Upload-Length': '4000001' }, 413, 'payload-too-large'],
      ['an empty file', { 'Upload-Length': '0' }, 422, 'validation-failed'],
      ['a length that is not known', { 'Upload-Defer-Length': '1' }, 422, 'validation-failed'],
      ['metadata in no form', { 'Upload-Length': '9', 'Upload-Metadata': 'filename ###' }, 422, 'validation-failed'],
      ['a folder that is none', { 'Upload-Length': '9', ...metadata({ folderId: 'x' }) }, 422, 'validation-failed'],
      [
        'a folder of elsewhere',
        { 'Upload-Length': '9', ...metadata({ folderId: '01890000-0000-7000-8000-000000000000' }) },
        422,
        'validation-failed',
      ],
      [
        'another version of the protocol',
        { 'Upload-Length': '9', 'Tus-Resumable': '0.2.0' },
        412,
        'precondition-failed',
      ],
    ])('%s', async (_name, headers, status, slug) => {
      const before = await announced();
      const answer = await api()
        .post(`/v1/workspaces/${account.workspaceId}/uploads`)
        .set({ ...TUS, ...headers });
      expectProblem(answer, { status, slug });
      expect(await announced()).toEqual(before);
    });

    it('bytes for another place than the next, or more than were announced', async () => {
      const { headers } = await begin(10).expect(201);
      const patch = (offset: number, bytes: number) =>
        api()
          .patch(headers['location'] as string)
          .set({ ...TUS, 'Content-Type': OFFSET_TYPE, 'Upload-Offset': String(offset) })
          .send(Buffer.alloc(bytes, 'x'));
      expectProblem(await patch(5, 5), { status: 409, slug: 'conflict' });
      expectProblem(await patch(0, 11), { status: 413, slug: 'payload-too-large' });
      await patch(0, 4).expect(204).expect('Upload-Offset', '4');
      expectProblem(await patch(0, 4), { status: 409, slug: 'conflict' });
    });

    it('a method that is hidden in a header', async () => {
      const { headers } = await begin(10).expect(201);
      const hidden = await api()
        .post(headers['location'] as string)
        .set({ ...TUS, 'X-HTTP-Method-Override': 'DELETE' });
      expectProblem(hidden, { status: 405, slug: 'method-not-allowed' });
      await api()
        .head(headers['location'] as string)
        .set(TUS)
        .expect(200)
        .expect('Upload-Offset', '0');
    });

    it('pages of other origins', async () => {
      const { headers } = await begin(10).set('Origin', 'https://elsewhere.example').expect(201);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    });
  });

  it('shows an upload to nobody but whoever began it', async () => {
    const { headers } = await begin(10).expect(201);
    const address = headers['location'] as string;
    const id = address.split('/').at(-1) ?? '';
    const stranger = await installation.signUp();
    const hers = as(stranger);
    const elsewhere = `/v1/workspaces/${stranger.workspaceId}/uploads/${id}`;
    for (const wrong of [address, elsewhere]) {
      await hers.head(wrong).set(TUS).expect(404);
      const patch = { ...TUS, 'Content-Type': OFFSET_TYPE, 'Upload-Offset': '0' };
      expectProblem(await hers.patch(wrong).set(patch).send(Buffer.alloc(10)), { status: 404, slug: 'not-found' });
      expectProblem(await hers.delete(wrong).set(TUS), { status: 404, slug: 'not-found' });
    }
    expectProblem(await hers.get(`/v1/uploads/${id}`), { status: 404, slug: 'not-found' });
    expectProblem(await installation.agent().get(`/v1/uploads/${id}`), { status: 401, slug: 'unauthorized' });
    await api().head(address).set(TUS).expect(200).expect('Upload-Offset', '0').expect('Upload-Length', '10');
  });

  it('forgets what was cancelled, and what nobody went on with', async () => {
    const sweep = installation.app.get(UploadSweep, { strict: false });
    const [cancelled, expired] = [await begin(10).expect(201), await begin(10).expect(201)].map(
      ({ headers }) => headers['location'] as string,
    );
    await api().delete(String(cancelled)).set(TUS).expect(204);
    await api().head(String(cancelled)).set(TUS).expect(410);
    await owner.query(`update uploads set expires_at = now() - interval '1 second' where id = $1`, [
      expired?.split('/').at(-1),
    ]);
    await api().head(String(expired)).set(TUS).expect(404);
    await sweep.sweep();
    const names = await readdir(folder());
    for (const gone of [cancelled, expired]) {
      expect(names.filter((name) => name.startsWith(gone?.split('/').at(-1) ?? 'x'))).toEqual([]);
    }
  });

  it('lets nobody begin without end', async () => {
    const busy = await installation.signUp();
    const begun = () =>
      as(busy)
        .post(`/v1/workspaces/${busy.workspaceId}/uploads`)
        .set({ ...TUS, 'Upload-Length': '10' });
    for (let count = 0; count < 50; count += 1) await begun().expect(201);
    expectProblem(await begun(), { status: 429, slug: 'too-many-requests' });
  });

  it('says what it takes', async () => {
    const answer = await api().options(`/v1/workspaces/${account.workspaceId}/uploads`).set(TUS).expect(204);
    expect(answer.headers).toMatchObject({ 'tus-version': '1.0.0', 'tus-max-size': '4000000' });
  });

  /** Another process of the same installation. */
  async function secondApi() {
    const { kernel } = installation;
    const app = await createApi({ kernel, platforms: new PlatformRegistry([]) });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
  }

  /** A whole file whose process was killed: everything is there but somebody who looks at it. */
  async function left(content: Buffer, state: string, bytes = content.length): Promise<string> {
    const { headers } = await begin(bytes).expect(201);
    const id = (headers['location'] as string).split('/').at(-1) ?? '';
    await writeFile(join(folder(), id), content);
    await owner.query(
      `update uploads set state = $2, lease = gen_random_uuid(), leased_until = now() - interval '1 second' where id = $1`,
      [id, state],
    );
    return id;
  }

  /** What was received is removed after its outcome is known. */
  async function untilEmpty(): Promise<void> {
    const unfinished = async () => {
      const { rows } = await owner.query<{ id: string }>('select id from uploads where received and state = $1', [
        'done',
      ]);
      const names = await readdir(folder());
      return rows.some(({ id }) => names.includes(id));
    };
    while (await unfinished()) await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

/** A picture of more than half a megabyte, another one each time. */
async function painted(): Promise<Buffer> {
  const noise = randomBytes(600 * 400 * 3);
  return sharp(noise, { raw: { width: 600, height: 400, channels: 3 } })
    .png()
    .toBuffer();
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function metadata(values: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(values).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
  return { 'Upload-Metadata': pairs.join(',') };
}

async function filesOf(list: AsyncIterable<{ key: string }>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of list) keys.push(key);
  return keys;
}
