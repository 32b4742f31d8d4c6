import sharp from 'sharp';
import { pngClaiming } from '../../libs/media/testing/corpus.js';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const image = (color: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: color } })
    .jpeg()
    .toBuffer();

describe('media', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let red: Buffer;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    red = await image('red');
  });
  afterAll(() => practice?.close());

  const post = (workspaceId = account.workspaceId) => practice.as(account).post(`/v1/workspaces/${workspaceId}/media`);

  it('keeps an uploaded image and tells what it is', async () => {
    const { body } = await post().attach('file', red, 'red.jpg').field('altText', ' A red field ').expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      kind: 'image',
      filename: 'red.jpg',
      contentType: 'image/jpeg',
      width: 40,
      height: 30,
      bytes: red.length,
      altText: 'A red field',
      folderId: null,
      tags: [],
      version: 1,
      fileVersion: 1,
      currentId: body.id,
      facts: { codec: 'jpeg', picture: true, hdr: false, animated: false, transparent: false, locationFound: false },
      used: 0,
      uploadedBy: { id: account.userId, name: expect.any(String) },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    await practice.as(account).get(`/v1/media/${body.id}`).expect(200, body);
  });

  it('goes by the content of a file and not by its name', async () => {
    const { body } = await post().attach('file', red, { filename: 'red.png', contentType: 'image/png' }).expect(201);
    expect(body).toMatchObject({ filename: 'red.png', contentType: 'image/jpeg' });
  });

  describe('refuses, and keeps nothing of', () => {
    let before: Record<string, number>;
    beforeEach(async () => {
      before = await practice.counts();
    });
    afterEach(async () => {
      expect(await practice.counts()).toEqual(before);
    });

    it('a text that is called an image', async () => {
      const answer = await post().attach('file', Buffer.from('I am a text'), {
        filename: 'x.jpg',
        contentType: 'image/jpeg',
      });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
    });

    it('an image that would fill the memory', async () => {
      const answer = await post().attach('file', pngClaiming(30_000, 30_000), 'huge.png');
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
      expect(answer.body.errors[0].rule).toBe('media.too-many-pixels');
    });

    it('an empty file', async () => {
      const answer = await post().attach('file', Buffer.alloc(0), 'empty.jpg');
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
    });

    it('a form without a file', async () => {
      const answer = await post().field('altText', 'Nothing');
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
    });

    it('a form with two files', async () => {
      const answer = await post().attach('file', red, 'a.jpg').attach('file', red, 'b.jpg');
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
    });

    it('a field that an upload does not have', async () => {
      const answer = await post().attach('file', red, 'a.jpg').field('alt_text', 'A red field');
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'alt_text' });
    });

    it('a description without end', async () => {
      const answer = await post().attach('file', red, 'a.jpg').field('altText', 'x'.repeat(10_001));
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'altText' });
    });

    it('a form that ends early', async () => {
      const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
      const answer = await post().type('multipart/form-data; boundary=b').send(start);
      expectProblem(answer, { status: 400, slug: 'malformed-request', field: 'file' });
    });

    it('JSON in place of a form', async () => {
      const answer = await post().send({ file: 'x' });
      expectProblem(answer, { status: 415, slug: 'unsupported-media-type', field: 'file' });
    });

    it('anything for an unknown workspace', async () => {
      const answer = await post('01a2036f-adae-7159-8fd3-343c9959fe0e').attach('file', red, 'a.jpg');
      expectProblem(answer, { status: 404, slug: 'not-found' });
    });
  });

  describe('with an Idempotency-Key', () => {
    const send = (key: string, file: Buffer, altText = 'Same') =>
      post().set('idempotency-key', key).attach('file', file, 'a.jpg').field('altText', altText);

    it('keeps the same upload once, also when it comes several times at once', async () => {
      const before = await practice.counts();
      const answers = await practice.atOnce('media_assets', [send('once', red), send('once', red), send('once', red)]);
      expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
      const later = await send('once', red).expect(201);
      for (const answer of answers) expect(answer.body).toEqual(later.body);
      expect((await practice.counts())['media_assets']).toBe((before['media_assets'] ?? 0) + 1);
    });

    it('refuses another file or another description under the same key', async () => {
      await send('other', red).expect(201);
      const before = await practice.counts();
      for (const answer of [await send('other', await image('blue')), await send('other', red, 'Another')]) {
        expectProblem(answer, { status: 409, slug: 'idempotency-key-reused', field: 'Idempotency-Key' });
      }
      expect(await practice.counts()).toEqual(before);
    });
  });
});
