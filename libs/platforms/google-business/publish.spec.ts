import { type CommitContext, isJsonObject, type JsonObject, parseJson, StillProcessing } from '#platforms/core';
import { practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { manifest } from './manifest.js';
import { draft, EVENING, failureOf, OFFER_OF_A_MONTH, photo, Practice, preparing } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.place();
});
afterAll(() => practice.sandbox.close());

/** What the publishing request said. */
function published(): JsonObject {
  const [call, more] = practice.sent.filter(
    ({ method, url }) => method === 'POST' && url.pathname.endsWith('/localPosts'),
  );
  expect(more).toBeUndefined();
  const body = parseJson(call?.body ?? '');
  if (!isJsonObject(body)) throw new Error('Nothing was published.');
  return body;
}

// https://developers.google.com/my-business/content/posts-data
describe('a post on Google', () => {
  it('is an update of the place, in its language, and seen at an address of its own', async () => {
    const receipt = await practice.publish(ctx, draft({ text: 'Fresh bread at six' }));
    expect(published()).toEqual({ topicType: 'STANDARD', languageCode: 'en-US', summary: 'Fresh bread at six' });
    expect(receipt.id).toMatch(/^accounts\/\d+\/locations\/\d+\/localPosts\/\d+$/);
    expect(receipt.id).toContain(`/${ctx.channelId}/`);
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    const [post] = practice.sandbox.visible(manifest.id);
    expect(post).toMatchObject({ id: receipt.id, accountName: 'Practice Bakery', details: { format: 'standard' } });
  });

  it('has its link behind a button, and none behind the one that calls', async () => {
    const link = 'https://example.com/menu';
    await practice.publish(ctx, draft({ link, settings: { callToAction: 'ORDER' } }));
    expect(published().callToAction).toEqual({ actionType: 'ORDER', url: link });
    practice.sent.length = 0;
    await practice.publish(ctx, draft({ settings: { callToAction: 'CALL' } }));
    expect(published().callToAction).toEqual({ actionType: 'CALL' });
    practice.sent.length = 0;
    await practice.publish(ctx, draft({ settings: { callToAction: 'NONE' } }));
    expect(published()).not.toHaveProperty('callToAction');
  });

  it('says of an event when it is, as the clocks at the place show it', async () => {
    await practice.publish(ctx, draft({ text: '', settings: EVENING }));
    expect(published()).toEqual({
      topicType: 'EVENT',
      languageCode: 'en-US',
      event: {
        title: 'An evening of bread',
        schedule: {
          startDate: { year: 2026, month: 12, day: 31 },
          startTime: { hours: 18, minutes: 0, seconds: 0, nanos: 0 },
          endDate: { year: 2026, month: 12, day: 31 },
          endTime: { hours: 21, minutes: 30, seconds: 0, nanos: 0 },
        },
      },
    });
  });

  it('says of an offer how long it holds and how it is redeemed, without a button', async () => {
    await practice.publish(ctx, draft({ settings: { ...OFFER_OF_A_MONTH, callToAction: 'SHOP' } }));
    expect(published()).toMatchObject({
      topicType: 'OFFER',
      event: { title: 'Two for one', schedule: { startDate: { day: 1 }, endDate: { day: 31 } } },
      offer: {
        couponCode: 'RYE-2',
        redeemOnlineUrl: 'https://example.com/redeem',
        termsConditions: 'One for each person.',
      },
    });
    expect(published()).not.toHaveProperty('callToAction');
  });

  it('that Google rejects at once, or checks, is known by its name from then on', async () => {
    const { error, name } = await practice.accepted(ctx, draft({ text: 'Call us: 217 555 0100' }));
    expect(error.what).toBe('Google is checking the post.');
    expect(error.checkAt.getTime()).toBeGreaterThan(practice.now().getTime());
    expect(name).toContain(`/${ctx.channelId}/`);
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
    practice.altered = async (_request, answer) => {
      const body: unknown = await answer.json();
      return Response.json({ ...(isJsonObject(body) ? body : {}), state: 'REJECTED' });
    };
    await expect(practice.publish(ctx, draft())).rejects.toThrow(StillProcessing);
  });

  it.each([
    ['of another place', { name: 'accounts/1/locations/2/localPosts/3', state: 'LIVE' }],
    ['without a name', { state: 'LIVE' }],
    ['with a name that is none', { name: 'accounts/1/../../x', state: 'LIVE' }],
  ])('is not taken for published by an answer %s', async (_name, body) => {
    practice.altered = () => Response.json(body);
    expect(await failureOf(practice.publish(ctx, draft()))).toMatchObject({ kind: 'unknown' });
  });
});

describe('a photo', () => {
  it('is fetched by Google, by its address alone', async () => {
    const loaf = await photo();
    const { look } = await practice.accepted(ctx, draft(), [loaf]);
    expect(published().media).toEqual([{ mediaFormat: 'PHOTO', sourceUrl: await loaf.address() }]);
    practice.pass(10_000);
    expect(await look()).toMatchObject({ outcome: 'published', confidence: 'certain' });
    const [post] = practice.sandbox.visible(manifest.id);
    expect(post?.media).toMatchObject([{ digest: loaf.digest }]);
  });

  it('is refused in words where the installation cannot be reached, before anything is sent', async () => {
    const real = { ...ctx, endpoints: { ...ctx.endpoints, mybusiness: manifest.endpoints.mybusiness ?? '' } };
    const failure = await failureOf(practice.prepare(real, draft(), [await photo()]));
    expect(failure).toMatchObject({ kind: 'media' });
    expect(failure.remedy).toContain('PUBLIC_URL');
    expect(practice.sent).toEqual([]);
    // Without a photo nothing has to be reached.
    await expect(practice.prepare(real, draft())).resolves.toBeDefined();
  });

  it('of too few bytes is refused before anything is sent', async () => {
    const failure = await failureOf(practice.prepare(ctx, draft(), [await practiceImage()]));
    expect(failure).toMatchObject({ kind: 'media' });
    expect(failure.message).toMatch(/\d+ bytes.*10 KB/);
    expect(practice.sent).toEqual([]);
  });

  it('that Google cannot fetch, or does not take, is told as that, and nothing was published', async () => {
    const narrow = await photo({ width: 240, height: 900 });
    const gone = { ...(await photo({ seed: 70 })), address: async () => 'http://127.0.0.1:9/media/1/file' };
    for (const source of [narrow, gone]) {
      const prepared = await practice.prepare(ctx, draft(), [source]);
      const failure = await failureOf(adapter.commit(ctx, prepared));
      expect(failure).toMatchObject({ kind: 'media', platformCode: 'INVALID_ARGUMENT' });
      expect(failure.platformMessage).toMatch(/image|photo/);
      expect(failure.remedy).toContain('250 by 250');
    }
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
  });
});

describe('what is refused', () => {
  it('tells that the place is gone, or that the account does not manage it any more', async () => {
    const prepared = await adapter.prepare(preparing(ctx), draft());
    await practice.order('place', { person: 'Practice Person', title: 'Practice Bakery', gone: true });
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({
      kind: 'permission',
      message: expect.stringContaining('not in this Google account') as string,
    });
    const elsewhere = { ...prepared, parent: prepared.parent.replace(/^accounts\/\d+/, 'accounts/7') };
    const failure = await failureOf(adapter.commit(ctx, elsewhere));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'PERMISSION_DENIED' });
    expect(failure.remedy).toContain('https://business.google.com');
  });

  it('waits where the project has used up its minute, and not where its quota is 0', async () => {
    const prepared = await adapter.prepare(preparing(ctx), draft());
    await practice.order('quota', { limit: 1 });
    await adapter.commit(ctx, prepared);
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({ kind: 'rate-limit', scope: 'app' });
    await practice.order('quota', { limit: 0 });
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({ kind: 'permission' });
  });
});

describe('after publishing', () => {
  it('the text can be changed, and nothing else is', async () => {
    const { id } = await practice.publish(ctx, draft({ text: 'Bread at six', settings: EVENING }));
    await adapter.edit?.(ctx, { id }, 'Bread at seven');
    const { body } = await practice.ask(ctx, 'GET', `/mybusiness/v4/${id}`);
    expect(body).toMatchObject({ summary: 'Bread at seven', topicType: 'EVENT', event: { title: EVENING.title } });
  });

  it('a change that Google rejects at once is told, and one of a post that is gone', async () => {
    const { id } = await practice.publish(ctx, draft());
    practice.altered = async (_request, answer) => {
      const body: unknown = await answer.json();
      return Response.json({ ...(isJsonObject(body) ? body : {}), state: 'REJECTED' });
    };
    const refused = await failureOf(adapter.edit?.(ctx, { id }, 'Call 217 555 0100'));
    expect(refused).toMatchObject({ kind: 'content', platformCode: 'REJECTED' });
    practice.altered = undefined;
    await practice.order('forget', { name: id });
    expect(await failureOf(adapter.edit?.(ctx, { id }, 'Later'))).toMatchObject({
      kind: 'content',
      message: 'The post is not there any more.',
    });
  });

  it('the address is read where the answer to the request did not hold it', async () => {
    const { id, permalink } = await practice.publish(ctx, draft());
    expect(await adapter.permalink?.(ctx, { id })).toBe(permalink);
  });

  it('it can be deleted, twice without harm', async () => {
    const { id } = await practice.publish(ctx, draft());
    await adapter.remove?.(ctx, { id });
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
    await adapter.remove?.(ctx, { id });
  });
});
