import { type CommitContext, isJsonObject, type JsonObject } from '#platforms/core';
import { accessOf } from './api.js';
import { image, Practice, video } from './instagram.fixture.js';
import { FACEBOOK_LOGIN, INSTAGRAM_LOGIN } from './manifest.js';
import { graphErrorOf } from '#platforms/meta';

let practice: Practice;
let ctx: CommitContext & { channelId: string };
beforeEach(async () => {
  practice = await Practice.start();
  ctx = await practice.channel(INSTAGRAM_LOGIN);
});
afterEach(() => practice.sandbox.close());

type Parameters = Record<string, string>;

/** Calls the API as anybody could, without the adapter's care. */
function call(method: 'GET' | 'POST' | 'DELETE', path: string, given: Parameters = {}, by = ctx): Promise<JsonObject> {
  const { graph, token } = accessOf(by);
  const body = method === 'POST' ? { body: new URLSearchParams(given) } : { query: given };
  return graph.call(by, { operation: 'try', method, path, token, ...body });
}

const make = (given: Parameters, by = ctx) => call('POST', `${by.channelId}/media`, given, by);

/** The code of a refusal, `100` or `100/33`. */
async function refusalOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => graphErrorOf(reason),
  );
  if (!error) throw new Error('It was not refused.');
  return error.subcode === undefined ? String(error.code) : `${error.code}/${error.subcode}`;
}

const idOf = async (answer: Promise<JsonObject>): Promise<string> => {
  const { id } = await answer;
  return typeof id === 'string' ? id : '';
};

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
describe('the parameters of a container', () => {
  it.each<[string, (image: string, video: string) => Parameters, string]>([
    ['one that nobody knows', (image_url) => ({ image_url, scheduled_publish_time: '1' }), '100'],
    ['no file', () => ({ caption: 'x' }), '100'],
    ['a reel without a video', () => ({ media_type: 'REELS' }), '100'],
    ['two files', (image_url, video_url) => ({ media_type: 'STORIES', image_url, video_url }), '100'],
    ['a video of its own', (_, video_url) => ({ media_type: 'VIDEO', video_url }), '100'],
    ['a kind that does not exist', (image_url) => ({ media_type: 'POST', image_url }), '100/2207023'],
    ['a reel in a carousel', (_, video_url) => ({ media_type: 'REELS', video_url, is_carousel_item: 'true' }), '100'],
    ['a caption on an item', (image_url) => ({ image_url, is_carousel_item: 'true', caption: 'x' }), '100'],
    ['a caption on a story', (image_url) => ({ image_url, media_type: 'STORIES', caption: 'x' }), '100'],
    ['a description of a reel', (_, video_url) => ({ media_type: 'REELS', video_url, alt_text: 'x' }), '100'],
    ['a description that is too long', (image_url) => ({ image_url, alt_text: 'x'.repeat(1_001) }), '100'],
    ['a caption that is too long', (image_url) => ({ image_url, caption: 'x'.repeat(2_201) }), '36004/2207010'],
    ['21 mentions', (image_url) => ({ image_url, caption: '@a '.repeat(21) }), '100/2207040'],
    ['four collaborators', (image_url) => ({ image_url, collaborators: '["a","b","c","d"]' }), '100'],
    ['a name without a place', (image_url) => ({ image_url, user_tags: '[{"username":"a"}]' }), '100'],
    [
      'a place in a reel',
      (_, video_url) => ({ media_type: 'REELS', video_url, user_tags: '[{"username":"a","x":0,"y":0}]' }),
      '100',
    ],
    ['a Page without a place', (image_url) => ({ image_url, location_id: '7640348502' }), '100'],
    [
      'a trial of another kind',
      (_, video_url) => ({ media_type: 'REELS', video_url, trial_params: '{"graduation_strategy":"NO"}' }),
      '100',
    ],
    // https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
    ['an upload without Facebook Login', () => ({ media_type: 'REELS', upload_type: 'resumable' }), '100'],
    ['one item', () => ({ media_type: 'CAROUSEL', children: '1' }), '100/2207028'],
    ['items that are none', () => ({ media_type: 'CAROUSEL', children: '1,2' }), '24/2207008'],
  ])('refuses %s', async (_name, given, code) => {
    const [picture, clip] = [await (await image()).address(), await video().address()];
    expect(await refusalOf(make(given(picture, clip)))).toBe(code);
  });
});

describe('the states of a container', () => {
  it('does not publish what is not ready, was published, is an item, or has expired', async () => {
    const publish = (creation_id: string) => call('POST', `${ctx.channelId}/media_publish`, { creation_id });
    const address = await (await image()).address();
    const reel = await idOf(make({ media_type: 'REELS', video_url: await video().address() }));
    expect(await refusalOf(publish(reel))).toBe('9007/2207027');
    const post = await idOf(make({ image_url: address }));
    await publish(post);
    expect(await call('GET', post, { fields: 'status_code' })).toMatchObject({ status_code: 'PUBLISHED' });
    expect(await refusalOf(publish(post))).toBe('24/2207008');
    expect(await refusalOf(publish(await idOf(make({ image_url: address, is_carousel_item: 'true' }))))).toBe(
      '24/2207008',
    );
    const old = await idOf(make({ image_url: address }));
    practice.pass(24 * 3_600_000);
    expect(await call('GET', old, { fields: 'status_code' })).toMatchObject({ status_code: 'EXPIRED' });
    expect(await refusalOf(publish(old))).toBe('24/2207008');
  });

  it('makes 400 of them in 24 hours and no more', async () => {
    const address = await (await image()).address();
    await practice.order('trouble', { account: ctx.channelId, made: 399 });
    await make({ image_url: address });
    expect(await refusalOf(make({ image_url: address }))).toBe('9');
    practice.pass(24 * 3_600_000);
    await practice.order('trouble', { account: ctx.channelId, made: 0 });
    await expect(make({ image_url: address })).resolves.toHaveProperty('id');
  });

  it('refuses a carousel around what is not ready', async () => {
    const item = { is_carousel_item: 'true' };
    const first = await idOf(make({ ...item, image_url: await (await image()).address() }));
    const second = await idOf(make({ ...item, media_type: 'VIDEO', video_url: await video().address() }));
    expect(await refusalOf(make({ media_type: 'CAROUSEL', children: `${first},${second}` }))).toBe('9007/2207027');
  });
});

// https://developers.facebook.com/docs/permissions
describe('who may do what', () => {
  it('asks for the permission of each call', async () => {
    const scopes = ['instagram_business_basic', 'instagram_business_content_publish'];
    const silent = await practice.channel(INSTAGRAM_LOGIN, { person: 'Silas', scopes });
    const id = await idOf(make({ image_url: await (await image()).address() }, silent));
    const media = await idOf(call('POST', `${silent.channelId}/media_publish`, { creation_id: id }, silent));
    expect(await refusalOf(call('POST', `${media}/comments`, { message: 'First' }, silent))).toBe('200');
    // https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting
    expect(await refusalOf(call('DELETE', media, {}, silent))).toBe('100/33');
  });

  it('lets nobody act for the account of another', async () => {
    const other = await practice.channel(INSTAGRAM_LOGIN, { person: 'Otto' });
    expect(await refusalOf(call('GET', `${other.channelId}/media`))).toBe('100/33');
    const facebook = await practice.channel(FACEBOOK_LOGIN);
    expect(await refusalOf(call('GET', `${other.channelId}/media`, {}, facebook))).toBe('100/33');
  });

  it('knows no field that is not documented, and lists page by page', async () => {
    const address = await (await image()).address();
    const ids: string[] = [];
    for (let post = 0; post < 2; post += 1) {
      const creation_id = await idOf(make({ image_url: address }));
      ids.unshift(await idOf(call('POST', `${ctx.channelId}/media_publish`, { creation_id })));
    }
    expect(await refusalOf(call('GET', `${ctx.channelId}/media`, { fields: 'id,text' }))).toBe('100');
    const first = await call('GET', `${ctx.channelId}/media`, { fields: 'id', limit: '1' });
    expect(first.data).toEqual([{ id: ids[0] }]);
    const after = isJsonObject(first.paging) && isJsonObject(first.paging.cursors) ? first.paging.cursors.after : '';
    const second = await call('GET', `${ctx.channelId}/media`, {
      fields: 'id',
      limit: '1',
      after: typeof after === 'string' ? after : '',
    });
    expect(second.data).toEqual([{ id: ids[1] }]);
  });
});
