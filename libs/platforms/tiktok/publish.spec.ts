import { type CommitContext, type JsonObject, type MediaSource, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { CHUNK_BYTES, lastStartOf, planOf, uploadedIn } from './chunks.js';
import { manifest } from './manifest.js';
import { PRACTICE_APP_UNAUDITED } from './options.js';
import { AGREED, clip, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
const loaf = await practiceImage();
const shop = await practiceImage({ color: '#993333' });
const video = clip();
/** Of several parts. */
const large = clip({ dataBytes: 2 * CHUNK_BYTES });

beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => (ctx = await practice.account({ person: 'Ada Baker' })));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const draftOf = (given: Partial<SegmentDraft>, media: readonly MediaSource[] = [video]) =>
  practiceDraft({ ...given, settings: { ...AGREED, ...given.settings } }, media).draft;
const publish = (given: Partial<SegmentDraft>, media: readonly MediaSource[] = [video]) =>
  practice.publish(ctx, draftOf(given, media), media);

// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
describe('a video', () => {
  it('is posted with everything off that nobody switched on', async () => {
    const receipt = await publish({ text: 'Fresh #bread' });
    expect(receipt).toMatchObject({ extra: { publishId: expect.stringMatching(/^v_pub_file~v2/) as string } });
    expect(receipt.id).toMatch(/^7\d{18}$/);
    expect(receipt.permalink).toBe(`${ctx.endpoints.www ?? ''}/@ada.baker/video/${receipt.id}`);
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    expect(practice.visible()).toMatchObject([
      {
        id: receipt.id,
        text: 'Fresh #bread',
        media: [{ digest: video.digest }],
        details: {
          ...{ format: 'video', audience: 'everyone', comments: false, duet: false, stitch: false },
          ...{ paidPartnership: false, promotionalContent: false, aiGenerated: false },
        },
      },
    ]);
  });

  it.each([
    ['a little more than one part', CHUNK_BYTES + 1_000],
    ['almost two', 2 * CHUNK_BYTES - 100_000],
  ])('is posted where it is %s', async (_what, dataBytes) => {
    const film = clip({ dataBytes });
    await publish({}, [film]);
    expect(practice.visible()).toMatchObject([{ media: [{ digest: film.digest, bytes: film.bytes }] }]);
    expect(practice.parts()).toEqual([`bytes 0-${film.bytes - 1}/${film.bytes}`]);
  });

  it('says everything that was chosen', async () => {
    const settings = {
      ...{ privacy: 'MUTUAL_FOLLOW_FRIENDS', allowComments: true, allowDuet: true, allowStitch: true },
      ...{ aiGenerated: true, discloseContent: true, yourBrand: true },
    };
    await publish({ settings }, [{ ...video, coverAtMs: 1_500 }]);
    expect(practice.visible()).toMatchObject([
      {
        details: {
          ...{ audience: 'friends', comments: true, duet: true, stitch: true, aiGenerated: true },
          ...{ promotionalContent: true, paidPartnership: false, cover: '1.5 seconds' },
        },
      },
    ]);
  });

  it('sends nothing that is not asked for any more', async () => {
    const settings = { discloseContent: false, yourBrand: true, brandedContent: true };
    await publish({ settings });
    expect(practice.visible()).toMatchObject([{ details: { promotionalContent: false, paidPartnership: false } }]);
  });

  it('has no address where not everybody may see it, and is published all the same', async () => {
    const receipt = await publish({ settings: { privacy: 'SELF_ONLY' } });
    expect(receipt.id).toMatch(/^v_pub_file~/);
    expect(receipt).not.toHaveProperty('permalink');
    expect(practice.visible()).toMatchObject([{ id: receipt.id, details: { audience: 'only you' } }]);
  });

  it('is sent without the token, which is nobody else’s', async () => {
    await publish({});
    const puts = practice.sent.filter(({ method }) => method === 'PUT');
    expect(puts).not.toHaveLength(0);
    for (const { headers } of puts) expect(headers.get('authorization')).toBeNull();
  });

  it('goes nowhere but to TikTok’s servers for uploads', async () => {
    practice.between = async (request, ask) => {
      if (!request.url.includes('/init')) return ask();
      const answer = (await (await ask()).json()) as { data: JsonObject };
      return Response.json({
        ...answer,
        data: { ...answer.data, upload_url: 'https://evil.example/upload/?upload_token=1' },
      });
    };
    const prepared = practice.prepare(ctx, draftOf({}), [video]);
    expect(await failureOf(prepared)).toMatchObject({ kind: 'unknown' });
    expect(practice.parts()).toEqual([]);
  });

  it.each([
    ['https://open-upload.tiktokapis.com/video/?upload_id=1', true],
    ['https://open-upload-i18n.tiktokapis.com/video/?upload_id=1', true],
    ['https://upload.us.tiktokapis.com/video/?upload_id=1', true],
    ['https://open-upload.tiktokapis.com.evil.example/video/', false],
    ['https://eviltiktokapis.com/video/', false],
    ['http://upload.us.tiktokapis.com/video/', false],
    ['https://upload.us.tiktokapis.com:444/video/', false],
    ['https://name@upload.us.tiktokapis.com/video/', false],
    ['nonsense', false],
  ])('may be sent to %s: %s', async (address, isTikToks) => {
    const asked: string[] = [];
    const real: CommitContext = {
      ...ctx,
      endpoints: manifest.endpoints,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        asked.push(`${request.method} ${request.url}`);
        if (request.method === 'PUT') return new Response(null, { status: 206 });
        const creator = { creator_username: 'ada', privacy_level_options: ['PUBLIC_TO_EVERYONE'] };
        const data = { ...creator, publish_id: 'v_pub_file~1', upload_url: address };
        return Response.json({ data, error: { code: 'ok', message: '', log_id: '' } });
      },
    };
    const prepared = practice.prepare(real, draftOf({}, [large]), [large]);
    if (isTikToks) expect(await prepared).toMatchObject({ publishId: 'v_pub_file~1', start: CHUNK_BYTES });
    else expect(await failureOf(prepared)).toMatchObject({ kind: 'unknown' });
    expect(asked.some((one) => one.startsWith('PUT'))).toBe(isTikToks);
  });

  it('is told what is wrong with it, when TikTok looks at it', async () => {
    for (const [options, code] of [
      [{ width: 300 }, 'picture_size_check_failed'],
      [{ frameRate: 10 }, 'frame_rate_check_failed'],
      [{ refusedLate: true }, 'file_format_check_failed'],
    ] as const) {
      const wrong = clip(options);
      const draft = draftOf({}, [wrong]);
      const prepared = await practice.prepare(ctx, draft, [wrong]);
      const accepted = await practice.send(ctx, prepared, [wrong]);
      practice.pass(60_000);
      const looked = await practice.look(ctx, prepared, draft, { accepted });
      expect(looked).toMatchObject({ outcome: 'refused', failure: { kind: 'media', platformCode: code } });
    }
    expect(practice.visible()).toEqual([]);
  });
});

// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
describe('the parts of a video', () => {
  it.each([
    [3_145_728, { chunkSize: 3_145_728, count: 1 }],
    [5_000_000, { chunkSize: 5_000_000, count: 1 }],
    [CHUNK_BYTES, { chunkSize: CHUNK_BYTES, count: 1 }],
    // TikTok refuses one part of another size than the file's.
    [2 * CHUNK_BYTES - 1, { chunkSize: 2 * CHUNK_BYTES - 1, count: 1 }],
    [2 * CHUNK_BYTES, { chunkSize: CHUNK_BYTES, count: 2 }],
    [50_000_123, { chunkSize: CHUNK_BYTES, count: 9 }],
    [4_000_000_000, { chunkSize: CHUNK_BYTES, count: 762 }],
  ])('of %i bytes are within every rule', (size, plan) => {
    expect(planOf(size)).toEqual({ size, ...plan });
    const last = size - lastStartOf(planOf(size));
    expect(last).toBeGreaterThanOrEqual(plan.chunkSize);
    // The last part is the commit, which has seconds.
    expect(last).toBeLessThan(2 * CHUNK_BYTES);
    expect(plan.count).toBeLessThanOrEqual(1_000);
  });

  it.each([
    [`bytes 0-${2 * CHUNK_BYTES}/50000123`, 2 * CHUNK_BYTES],
    [`bytes 0-${2 * CHUNK_BYTES - 1}/50000123`, 2 * CHUNK_BYTES],
    ['bytes 0-0/50000123', 0],
    ['bytes 0-50000122/50000123', 50_000_123],
    ['bytes 0-4711/50000123', undefined],
    ['nonsense', undefined],
    [null, undefined],
  ])('that arrived are read from %s', (header, bytes) => {
    expect(uploadedIn(header, planOf(50_000_123))).toBe(bytes);
  });
});

// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post
describe('photos', () => {
  it('are fetched by TikTok, with title, cover and music', async () => {
    const settings = { title: ' Rye ', cover: 2, autoAddMusic: true, allowComments: true, allowDuet: true };
    const receipt = await publish({ text: 'From six o’clock', settings }, [loaf, shop]);
    expect(receipt.permalink).toBe(`${ctx.endpoints.www ?? ''}/@ada.baker/photo/${receipt.id}`);
    expect(practice.visible()).toMatchObject([
      {
        text: 'From six o’clock',
        media: [{ digest: loaf.digest }, { digest: shop.digest }],
        details: { format: 'photos', title: 'Rye', cover: 'photo 2', recommendedMusic: true, comments: true },
      },
    ]);
  });

  it('need an address that the internet reaches', async () => {
    const real: CommitContext = { ...ctx, endpoints: { ...ctx.endpoints, api: manifest.endpoints.api ?? '' } };
    const answered: CommitContext = {
      ...real,
      fetch: async () =>
        Response.json({
          data: { creator_username: 'ada', privacy_level_options: ['PUBLIC_TO_EVERYONE'] },
          error: { code: 'ok', message: '', log_id: '' },
        }),
    };
    const failure = await failureOf(practice.prepare(answered, draftOf({}, [loaf]), [loaf]));
    expect(failure).toMatchObject({ kind: 'media', platformCode: 'tiktok.no-public-address' });
    expect(failure.remedy).toContain('PUBLIC_URL');
    const published = { ...loaf, address: async () => 'https://clickpost.example.com/m/1.jpg' };
    const prepared = await practice.prepare(answered, draftOf({}, [published]), [published]);
    expect(prepared).toMatchObject({
      body: { source_info: { photo_images: ['https://clickpost.example.com/m/1.jpg'] } },
    });
  });

  it('need an address that is verified at TikTok', async () => {
    await practice.order('verify', { prefixes: ['https://elsewhere.example.com/'] });
    const prepared = await practice.prepare(ctx, draftOf({}, [loaf]), [loaf]);
    const failure = await failureOf(practice.send(ctx, prepared, [loaf]));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'url_ownership_unverified' });
    expect(failure.remedy).toContain('URL properties');
    expect(practice.visible()).toEqual([]);
  });

  it('that cannot be fetched are told afterwards', async () => {
    const lost = { ...loaf, address: async () => 'http://127.0.0.1:9/nothing.jpg' };
    const draft = draftOf({}, [lost]);
    const prepared = await practice.prepare(ctx, draft, [lost]);
    const accepted = await practice.send(ctx, prepared, [lost]);
    practice.pass(10_000);
    expect(await practice.look(ctx, prepared, draft, { accepted })).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'media', platformCode: 'photo_pull_failed' },
    });
  });
});

// https://developers.tiktok.com/doc/content-posting-api-reference-upload-video
describe('a draft', () => {
  const settings = { format: 'draft' };

  it('waits in the inbox, and says so', async () => {
    const receipt = await publish({ settings });
    expect(receipt.id).toMatch(/^v_inbox_file~/);
    expect(receipt.note).toBe(
      "It waits in @ada.baker's inbox in the TikTok app until somebody finishes and posts it there.",
    );
    expect(practice.visible()).toMatchObject([
      { id: receipt.id, text: '', details: { format: 'draft', audience: 'inbox' } },
    ]);
    await practice.order('post', { publish: receipt.id });
    const { draft } = practiceDraft({ settings }, [video]);
    const prepared = await practice.prepare(ctx, draft, [video]);
    if (prepared.by !== 'upload') throw new Error('It is uploaded.');
    const looked = await practice.look(ctx, { ...prepared, publishId: receipt.id }, draft);
    expect(looked).toMatchObject({ outcome: 'published', receipt: { id: receipt.id } });
  });

  it('of photos takes their title and text along', async () => {
    await publish({ text: 'Bread', settings: { ...settings, title: 'Rye' } }, [loaf]);
    expect(practice.visible()).toMatchObject([{ text: 'Bread', details: { format: 'draft', title: 'Rye' } }]);
  });

  it('is refused while five of them wait, says what to do, and keeps back no post that goes out by itself', async () => {
    for (let count = 1; count <= 5; count += 1) await publish({ settings });
    practice.pass(60_000);
    const failure = await failureOf(publish({ settings }));
    expect(failure).toMatchObject({ kind: 'rate-limit', platformCode: 'spam_risk_too_many_pending_share' });
    expect(failure).toMatchObject({ scope: 'post', remedy: expect.stringContaining('TikTok app') as string });
    await publish({});
    expect(practice.visible().filter(({ details }) => details?.['format'] !== 'draft')).toHaveLength(1);
  });
});

describe('an installation that was not audited', () => {
  beforeEach(async () => (ctx = await practice.account({ person: 'Eve' }, PRACTICE_APP_UNAUDITED)));

  it('posts on private accounts, for nobody else', async () => {
    await publish({ settings: { privacy: 'SELF_ONLY' } });
    expect(practice.visible()).toMatchObject([{ details: { audience: 'only you' } }]);
  });

  it.each([
    ['a public account', { isPrivate: false }, 'SELF_ONLY'],
    ['others to see', { isPrivate: true }, 'MUTUAL_FOLLOW_FRIENDS'],
  ])('is refused for %s, in words that say what to change', async (_what, change, privacy) => {
    await practice.order('creator', { user: ctx.channelId ?? '', ...change });
    const failure = await failureOf(publish({ settings: { privacy } }));
    expect(failure).toMatchObject({
      kind: 'permission',
      platformCode: 'unaudited_client_can_only_post_to_private_accounts',
    });
    expect(failure.remedy).toContain('Set the account to private');
  });

  it('posts for five people a day', async () => {
    for (const person of ['A', 'B', 'C', 'D', 'E', 'F']) {
      ctx = await practice.account({ person }, PRACTICE_APP_UNAUDITED);
      const published = publish({ settings: { privacy: 'SELF_ONLY' } });
      if (person !== 'F') await published;
      else
        expect(await failureOf(published)).toMatchObject({
          kind: 'rate-limit',
          platformCode: 'reached_active_user_cap',
        });
    }
  });
});

describe('an installation whose videos TikTok fetches', () => {
  it('posts by the request that describes the video, and sends no bytes', async () => {
    practice.options = { audited: 'audited', pull: true };
    ctx = await practice.account({ person: 'Ada Baker' });
    const receipt = await publish({ text: 'Fetched' });
    expect(practice.parts()).toEqual([]);
    expect(practice.visible()).toMatchObject([{ id: receipt.id, media: [{ digest: video.digest }] }]);
    expect(receipt.extra).toMatchObject({ publishId: expect.stringMatching(/^v_pub_url~/) as string });
    const prepared = await practice.prepare(ctx, draftOf({}), [video]);
    expect(adapter.goodUntil?.(prepared)).toBeUndefined();
  });
});
