import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const WIDTH = 1000;
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Noise does not get small, so that limits of bytes count as well. */
const noise = (channels: 3 | 4 = 3) =>
  sharp({
    create: {
      width: WIDTH,
      height: 500,
      channels,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

/** Two frames, red and blue. */
async function animation(): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 300, height: 200, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp(await Promise.all([frame('red'), frame('blue')]), { join: { animated: true } })
    .gif()
    .toBuffer();
}

describe('the content of media', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let original: Buffer;
  let id: string;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    original = await noise()
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    id = await upload(original, 'noise.jpg');
  });
  afterAll(() => practice?.close());

  const upload = async (file: Buffer, name: string): Promise<string> => {
    const answer = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/media`)
      .attach('file', file, name)
      .expect(201);
    return answer.body.id;
  };
  const content = (query = '', of = id, who = account) => practice.as(who).get(`/v1/media/${of}/content${query}`);

  it('is the original, byte for byte, where no width is given', async () => {
    const { body, headers } = await content().expect(200);
    expect(digestOf(body)).toBe(digestOf(original));
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(original.length),
      etag: `"${digestOf(original)}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([200, 400, 800])('is a version of %d pixels, without the place where it was taken', async (width) => {
    const { body, headers } = await content(`?width=${width}`).expect(200);
    const metadata = await sharp(body).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width, height: width / 2 });
    expect(metadata.exif).toBeUndefined();
    expect(headers['content-type']).toBe('image/jpeg');
    expect(headers['etag']).toBe(`"${digestOf(body)}"`);
    expect(headers['cache-control']).toBe('private, max-age=31536000, immutable');
  });

  it('is never enlarged', async () => {
    const { body } = await content('?width=1600').expect(200);
    expect(await sharp(body).metadata()).toMatchObject({ width: WIDTH });
  });

  it('is made once and kept', async () => {
    const fresh = await upload(await noise().jpeg({ quality: 71 }).toBuffer(), 'other.jpg');
    const rows = async () => {
      const { rows } = await practice.owner.query<{ count: number }>('select count(*)::int as count from renditions');
      return rows[0]?.count ?? 0;
    };
    const before = await rows();
    const folder = join(practice.api.kernel.config.dataDir, 'files', account.organizationId);
    const answers = await Promise.all([1, 2, 3, 4].map(() => content('?width=400', fresh).expect(200)));
    expect(new Set(answers.map(({ headers }) => headers['etag'])).size).toBe(1);
    expect(await rows()).toBe(before + 1);
    // With the original gone it cannot be made again, and it need not be.
    const kept = await readdir(join(folder, 'originals'));
    const { rows: found } = await practice.owner.query<{ digest: string }>(
      'select digest from media_assets where id = $1',
      [fresh],
    );
    expect(kept).toContain(found[0]?.digest);
    await rm(join(folder, 'originals', String(found[0]?.digest)));
    const again = await content('?width=400', fresh).expect(200);
    expect(again.headers['etag']).toBe(answers[0]?.headers['etag']);
    // And a fault is told as one, never kept as if it were the picture.
    const missing = await content('?width=200', fresh);
    expectProblem(missing, { status: 500, slug: 'internal' });
    expect(missing.headers['cache-control']).toBe('no-store');
    const gone = await content('', fresh);
    expectProblem(gone, { status: 500, slug: 'internal' });
    expect(gone.headers['cache-control']).toBe('no-store');
  });

  it('stays transparent', async () => {
    const drawing = sharp({
      create: { width: 900, height: 300, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
    });
    const { body, headers } = await content('?width=400', await upload(await drawing.png().toBuffer(), 'a.png'));
    expect(headers['content-type']).toBe('image/png');
    expect(await sharp(body).metadata()).toMatchObject({ width: 400, hasAlpha: true });
  });

  it('shows the first frame of what moves, and the whole of it as the original', async () => {
    const moving = await upload(await animation(), 'moving.gif');
    const { body, headers } = await content('?width=200', moving).expect(200);
    expect(headers['content-type']).toBe('image/webp');
    const metadata = await sharp(body, { animated: true }).metadata();
    expect({ width: metadata.width, pages: metadata.pages ?? 1 }).toEqual({ width: 200, pages: 1 });
    const { dominant } = await sharp(body).stats();
    expect(dominant.r).toBeGreaterThan(dominant.b);
    const whole = await content('', moving).expect(200);
    expect(whole.headers['content-type']).toBe('image/gif');
    expect((await sharp(whole.body, { animated: true }).metadata()).pages).toBe(2);
  });

  it('is not sent again to whoever has it', async () => {
    const { headers } = await content('?width=200').expect(200);
    const again = await content('?width=200').set('If-None-Match', `"other", ${headers['etag']}`).expect(304);
    expect(again.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(again.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    await content('?width=400').set('If-None-Match', String(headers['etag'])).expect(200);
  });

  it('answers a HEAD with headers alone', async () => {
    const { headers } = await practice.as(account).head(`/v1/media/${id}/content?width=200`).expect(200);
    expect(headers['content-type']).toBe('image/jpeg');
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
  });

  it('survives whoever goes away in the middle', async () => {
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${account.apiKey}` };
    const answer = await fetch(`${practice.api.url}/v1/media/${id}/content`, { headers, signal: abort.signal });
    abort.abort();
    await expect(answer.arrayBuffer()).rejects.toThrow();
    await content().expect(200);
  });

  it.each(['0', '300', 'wide', '-200', '200&width=400', ''])('is not made %s pixels wide', async (width) => {
    expectProblem(await content(`?width=${width}`), { status: 422, slug: 'validation-failed', field: 'width' });
  });

  it('does not exist for another organization, nor for nobody', async () => {
    const stranger = await practice.api.signUp();
    for (const query of ['', '?width=200']) {
      expectProblem(await content(query, id, stranger), { status: 404, slug: 'not-found' });
      expect((await fetch(`${practice.api.url}/v1/media/${id}/content${query}`)).status).toBe(401);
    }
    expectProblem(await content('', 'not-an-id'), { status: 404, slug: 'not-found' });
  });

  describe('is described later', () => {
    const describeIt = async (body: object, who = account) => {
      const { headers } = await practice.as(account).get(`/v1/media/${id}`);
      return practice
        .as(who)
        .patch(`/v1/media/${id}`)
        .set('if-match', headers['etag'] as string)
        .send(body);
    };

    it('by a text, or none', async () => {
      const { body, status } = await describeIt({ altText: '  Noise ' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, altText: 'Noise' });
      expect((await practice.as(account).get(`/v1/media/${id}`).expect(200)).body).toEqual(body);
      for (const altText of [null, '', '  ']) {
        expect((await describeIt({ altText: 'Again' })).body.altText).toBe('Again');
        expect(await describeIt({ altText })).toMatchObject({ status: 200, body: { altText: null } });
      }
    });

    it.each([[{ altText: 7 }], [{ altText: 'x'.repeat(10_001) }]])('but not by %j', async (body) => {
      expectProblem(await describeIt(body), { status: 422, slug: 'validation-failed', field: 'altText' });
    });

    it('not by support staff, and not by another organization', async () => {
      const stranger = await practice.api.signUp();
      expectProblem(await describeIt({ altText: 'Mine' }, stranger), { status: 404, slug: 'not-found' });
      await practice.owner.query(`update members set role = 'support' where user_id = $1`, [account.userId]);
      try {
        expectProblem(await describeIt({ altText: 'Mine' }), { status: 403, slug: 'forbidden' });
        await content('?width=200').expect(200);
      } finally {
        await practice.owner.query(`update members set role = 'owner' where user_id = $1`, [account.userId]);
      }
      expect((await practice.as(account).get(`/v1/media/${id}`)).body.altText).toBeNull();
    });
  });
});
