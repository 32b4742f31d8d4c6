import { type CommitContext, type MediaSource, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage, practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { chosen, failureOf, Practice } from './practice.fixture.js';
import { CAROUSEL_LIMITS, INLINE_MAX_BYTES } from './limits.js';
import { manifest } from './manifest.js';
import { API } from './options.js';

let practice: Practice;
let ctx: CommitContext;
const loaf = await practiceImage({ altText: 'A loaf' });
const shop = await practiceImage({ color: '#993333', type: 'png', altText: 'The shop' });
const clip = practiceVideo({ durationMs: 5_000 });
/** As large as only a photograph is: what stands behind a JPEG is no matter to those who read it. */
const photograph = { ...loaf, bytes: INLINE_MAX_BYTES + 1 };

beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => (ctx = await practice.account()));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

async function draftOn(
  board: string,
  given: Partial<SegmentDraft>,
  media: readonly MediaSource[],
  section?: string,
): Promise<SegmentDraft> {
  const place = await chosen(ctx, 'board', board);
  const settings = {
    board: { ...place },
    ...(section !== undefined && { section: { ...(await chosen(ctx, 'section', section, place.value)) } }),
    ...given.settings,
  };
  return practiceDraft({ ...given, settings }, media).draft;
}

const seen = () => practice.sandbox.visible('pinterest');

// https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/#creating-image-pins
describe('an image', () => {
  it('is pinned on the section of a board with all that a Pin has', async () => {
    const given = { text: 'Every morning at six.', link: 'https://example.com/rye', settings: { title: ' Rye ' } };
    const receipt = await practice.publish(ctx, await draftOn('Bread and cakes', given, [loaf], 'Rye'), [loaf]);
    expect(receipt.permalink).toBe(`${ctx.endpoints.www ?? ''}/pin/${receipt.id}/`);
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    expect(seen()).toMatchObject([
      {
        id: receipt.id,
        text: 'Every morning at six.',
        link: 'https://example.com/rye',
        media: [{ digest: loaf.digest, altText: 'A loaf' }],
        details: { format: 'pin', title: 'Rye', board: 'Bread and cakes', section: 'Rye' },
      },
    ]);
  });

  it('goes with the request while it is small, and is fetched where it is large', async () => {
    const small = await practice.prepare(ctx, await draftOn('Bikes', {}, [loaf]), [loaf]);
    expect(small.pin.media_source).toMatchObject({ source_type: 'image_base64', content_type: 'image/jpeg' });
    const draft = await draftOn('Bikes', {}, [photograph]);
    const large = await practice.prepare(ctx, draft, [photograph]);
    expect(large.pin.media_source).toMatchObject({ source_type: 'image_url' });
    await adapter.commit(ctx, large);
    expect(seen()).toMatchObject([{ media: [{ digest: loaf.digest }] }]);
  });

  it('goes with the request whatever its size where the internet does not reach the installation', async () => {
    const real = { ...ctx, endpoints: { ...ctx.endpoints, api: API } };
    const toPractice = (url: string) => url.replace(API, ctx.endpoints.api ?? '');
    const outside: CommitContext = {
      ...real,
      fetch: (input, init) =>
        fetch(input instanceof Request ? new Request(toPractice(input.url), input) : toPractice(String(input)), init),
    };
    const draft = await draftOn('Bikes', {}, [photograph]);
    expect((await practice.prepare(outside, draft, [photograph])).pin.media_source).toMatchObject({
      source_type: 'image_base64',
    });
  });

  it('is told as out of reach where Pinterest cannot fetch it', async () => {
    const lost = { ...photograph, address: async () => 'http://127.0.0.1:9/nothing.jpg' };
    const published = practice.publish(ctx, await draftOn('Bikes', {}, [lost]), [lost]);
    const failure = await failureOf(published);
    expect(failure).toMatchObject({ kind: 'media', platformCode: '1' });
    expect(failure.message).toContain('could not fetch');
    expect(failure.platformMessage).toContain('Unable to reach the URL');
    expect(seen()).toEqual([]);
  });
});

// https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/#creating-video-pins
describe('a video', () => {
  it('is sent as a form with every parameter and without the token', async () => {
    practice.sent.length = 0;
    await practice.publish(ctx, await draftOn('Bikes', {}, [clip]), [clip]);
    const form = practice.sent.find(({ url }) => url.includes('/upload'));
    expect(form?.headers.get('authorization')).toBeNull();
    expect(form?.headers.get('content-type')).toMatch(/^multipart\/form-data/);
    expect(seen()).toMatchObject([
      { media: [{ digest: clip.digest }], details: { format: 'video', cover: 'the frame at 0 seconds' } },
    ]);
  });

  it('has the chosen moment for a cover, as an image', async () => {
    const cover = async () => ({ contentType: 'image/jpeg', bytes: await loaf.read() });
    const covered = { ...clip, coverAtMs: 2_500, cover };
    await practice.publish(ctx, await draftOn('Bikes', {}, [covered]), [covered]);
    expect(seen()).toMatchObject([{ details: { cover: `an image: ${loaf.digest}` } }]);
  });

  it('has the second of the chosen moment where there is no image of it', async () => {
    const covered = { ...clip, coverAtMs: 2_500 };
    await practice.publish(ctx, await draftOn('Bikes', {}, [covered]), [covered]);
    expect(seen()).toMatchObject([{ details: { cover: 'the frame at 2 seconds' } }]);
  });

  it('is sent anew by a retry after Pinterest could not process it', async () => {
    const refused = practiceVideo({ durationMs: 5_000, refusedLate: true });
    const draft = await draftOn('Bikes', {}, [refused]);
    const steps = new Map();
    expect(await failureOf(practice.prepare(ctx, draft, [refused], steps))).toMatchObject({ kind: 'media' });
    const prepared = await practice.prepare(ctx, draft, [clip], steps);
    await adapter.commit(ctx, prepared);
    expect(seen()).toMatchObject([{ media: [{ digest: clip.digest }] }]);
  });
});

describe('a place that is gone', () => {
  it.each([
    ['the board', { deleted: true }, '404'],
    ['the section', { sections: ['Cakes'] }, 'pinterest.section-gone'],
  ])('is told before anything is sent: %s', async (_what, change, platformCode) => {
    const draft = await draftOn('Bread and cakes', {}, [clip], 'Rye');
    await practice.order('board', { user: ctx.channelId ?? '', name: 'Bread and cakes', ...change });
    const failure = await failureOf(practice.prepare(ctx, draft, [clip]));
    expect(failure).toMatchObject({ kind: 'content', platformCode });
    expect(failure.remedy).toContain('Choose another board');
    expect(practice.sent.some(({ url }) => url.endsWith('/media'))).toBe(false);
  });

  it('is told where the board was deleted between the two requests', async () => {
    const prepared = await practice.prepare(ctx, await draftOn('Bikes', {}, [loaf]), [loaf]);
    await practice.order('board', { user: ctx.channelId ?? '', name: 'Bikes', deleted: true });
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({ kind: 'content', platformCode: '404' });
  });
});

describe('what the operator says about the app', () => {
  it('is trial access unless something else is said: seen by the creator alone, in the sandbox of Pinterest', () => {
    const trial = adapter.configured?.({ access: 'trial', carousels: false });
    expect(trial?.notice).toContain('nobody but their creator');
    expect(trial?.quotas).toMatchObject([{ scope: 'app', limit: 300, windowMs: 86_400_000 }]);
    expect(trial?.endpoints).toEqual({ ...manifest.endpoints, api: 'https://api-sandbox.pinterest.com/v5' });
    expect(trial?.limits).toBeUndefined();
  });

  it('is standard access: nothing of the manifest differs', () => {
    expect(adapter.configured?.({ access: 'standard', carousels: false })).toEqual({});
    expect(manifest.notice).toBeUndefined();
    expect(manifest.quotas).toMatchObject([{ scope: 'channel', limit: 100, windowMs: 60_000 }]);
  });

  // https://developers.pinterest.com/docs/key-concepts/access-tiers/
  it('shows with trial access that only the creator sees a Pin', async () => {
    await practice.order('access', { access: 'trial' });
    await practice.publish(ctx, await draftOn('Bikes', {}, [loaf]), [loaf]);
    expect(seen()).toMatchObject([{ details: { audience: 'only you' } }]);
  });

  it('explains trial access at the wrong host, and what the operator does about it', async () => {
    await practice.order('access', { access: 'trial-in-production' });
    const failure = await failureOf(practice.publish(ctx, await draftOn('Bikes', {}, [loaf]), [loaf]));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: '29' });
    expect(failure.remedy).toContain('PINTEREST_ACCESS');
  });

  // https://developers.pinterest.com/docs/api/v5/pins-create (`multiple_image_base64`, `multiple_image_urls`)
  it('may be that carousels are taken: two to five images in one Pin', async () => {
    const { limits } = adapter.configured?.({ access: 'standard', carousels: true }) ?? {};
    expect(limits).toEqual(CAROUSEL_LIMITS);
    const draft = await draftOn('Bikes', { link: 'https://example.com/' }, [loaf, shop]);
    expect(adapter.validate(draft, CAROUSEL_LIMITS)).toEqual([]);
    expect(adapter.validate(draft, manifest.limits).map(({ rule }) => rule)).toEqual(['pinterest.media-too-many']);
    await practice.publish(ctx, draft, [loaf, shop]);
    const large = { ...shop, bytes: photograph.bytes };
    await practice.publish(ctx, await draftOn('Bikes', {}, [loaf, large]), [loaf, large]);
    const carousel = {
      media: [{ digest: loaf.digest, altText: 'A loaf\nThe shop' }, { digest: shop.digest }],
      details: { format: 'carousel' },
    };
    expect(seen()).toMatchObject([carousel, carousel]);
  });

  it('holds the descriptions of all images of a carousel to one limit', async () => {
    const long = { ...loaf, altText: 'x'.repeat(300) };
    const draft = await draftOn('Bikes', {}, [long, long]);
    expect(adapter.validate(draft, CAROUSEL_LIMITS).map(({ rule }) => rule)).toEqual(['pinterest.alt-texts-too-long']);
  });
});

// https://developers.pinterest.com/docs/api/v5/pins-update
describe('changing a Pin', () => {
  it('replaces the description, and empties it', async () => {
    const receipt = await practice.publish(ctx, await draftOn('Bikes', { text: 'Old' }, [loaf]), [loaf]);
    await adapter.edit?.(ctx, receipt, 'New');
    expect(seen()).toMatchObject([{ id: receipt.id, text: 'New' }]);
    await adapter.edit?.(ctx, receipt, '');
    expect(seen()).toMatchObject([{ id: receipt.id, text: '' }]);
  });

  it('says that it is a beta feature where the app does not have it', async () => {
    const receipt = await practice.publish(ctx, await draftOn('Bikes', { text: 'Old' }, [loaf]), [loaf]);
    await practice.order('arrange', { what: 'no-beta', on: true });
    const failure = await failureOf(adapter.edit?.(ctx, receipt, 'New') ?? Promise.resolve());
    expect(failure).toMatchObject({ kind: 'permission', platformCode: '29' });
    expect(failure.message).toContain('only some apps');
  });
});
