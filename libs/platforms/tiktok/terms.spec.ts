import { checkTerms, type CommitContext, type JsonObject } from '#platforms/core';
import { practiceDraft } from '#platforms/testing';
import { adapter } from './adapter.js';
import { manifest } from './manifest.js';
import { PRACTICE_APP_UNAUDITED } from './options.js';
import { AGREED, clip, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => (ctx = await practice.account({ person: 'Ada Baker' })));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const video = clip();
const terms = async () => (await adapter.terms?.(ctx)) ?? {};
const change = (changes: JsonObject) => practice.order('creator', { user: ctx.channelId ?? '', ...changes });
const draftWith = (settings: JsonObject = {}, media = [video]) =>
  practiceDraft({ text: 'Hello', settings: { ...AGREED, ...settings } }, media);
const values = (options: readonly { value: string }[] = []) => options.map(({ value }) => value);

// "API Clients must retrieve the latest creator info when rendering the Post to TikTok page."
// https://developers.tiktok.com/doc/content-sharing-guidelines
describe('the terms of the day', () => {
  it('say as whom it is posted, for whom it may be, and how long a video may be', async () => {
    const { account, maxVideoMs, settings, closed } = await terms();
    expect(account).toMatchObject({ name: 'Ada Baker', handle: 'ada.baker' });
    expect(maxVideoMs).toBe(600_000);
    expect(values(settings?.privacy?.options)).toEqual(['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY']);
    expect(closed).toBeUndefined();
  });

  it('are others of a private account: followers, and neither duets nor stitches', async () => {
    await change({ isPrivate: true });
    const { settings } = await terms();
    expect(values(settings?.privacy?.options)).toEqual(['MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY']);
    expect(settings?.allowDuet?.unavailable).toContain('duets');
    expect(settings?.allowStitch?.unavailable).toContain('stitches');
    expect(settings?.allowComments).toBeUndefined();
  });

  it('refuse in the composer what an account has switched off', async () => {
    await change({ commentsOff: true, maxSeconds: 2 });
    const { draft } = draftWith({ allowComments: true, privacy: 'FOLLOWER_OF_CREATOR' });
    const violations = checkTerms(draft, await terms(), manifest);
    expect(violations.map(({ field }) => field).sort()).toEqual([
      'media/0',
      'settings/allowComments',
      'settings/privacy',
    ]);
  });

  it('offer an app that was not audited nothing but "Only me"', async () => {
    practice.options = { audited: 'unaudited', pull: false };
    ctx = await practice.account({ person: 'Ada Baker' }, PRACTICE_APP_UNAUDITED);
    expect(await terms()).not.toHaveProperty('closed');
    expect(values((await terms()).settings?.privacy?.options)).toEqual(['SELF_ONLY']);
  });

  it('say before a post is written that an app that was not audited cannot post on a public account', async () => {
    practice.options = { audited: 'unaudited', pull: false };
    ctx = await practice.account({ person: 'Ada Baker', account: 'public' }, PRACTICE_APP_UNAUDITED);
    expect((await terms()).closed).toContain('Set the account to private in the TikTok app');
    practice.options = { audited: 'audited', pull: false };
    ctx = await practice.account({ person: 'Ada Baker', account: 'public' });
    expect(await terms()).not.toHaveProperty('closed');
  });

  it.each([
    ['a ban', async () => change({ isBanned: true }), 'does not let this account post'],
    ['the day being used up', async () => postFifteen(), '15'],
  ])('are closed by %s', async (_why, happens, words) => {
    await happens();
    expect((await terms()).closed).toContain(words);
    // Nothing is sent then, and the answer came with HTTP 200.
    const { draft, media } = draftWith();
    const failure = await failureOf(practice.prepare(ctx, draft, media));
    expect(['permission', 'rate-limit']).toContain(failure.kind);
    expect(practice.sent.some(({ url }) => url.includes('/init/'))).toBe(false);
  });

  it('are not told where TikTok cannot be asked', async () => {
    await practice.order('expire', { user: ctx.channelId ?? '' });
    expect(await failureOf(terms())).toMatchObject({ kind: 'auth' });
  });
});

// The account may have changed since the post was written.
describe('right before a post', () => {
  it.each([
    ['an audience that is gone', { isPrivate: true }, {}, 'content', 'privacy_level_option_mismatch'],
    ['comments that are off', { commentsOff: true }, { allowComments: true }, 'content', 'tiktok.interaction-off'],
    ['duets that are off', { duetOff: true }, { allowDuet: true }, 'content', 'tiktok.interaction-off'],
    ['stitches that are off', { stitchOff: true }, { allowStitch: true }, 'content', 'tiktok.interaction-off'],
    ['a video that is too long', { maxSeconds: 2 }, {}, 'media', 'tiktok.video-too-long-for-account'],
  ])('refuses %s before anything is sent', async (_what, changes, settings, kind, platformCode) => {
    await change(changes);
    const { draft, media } = draftWith(settings);
    const failure = await failureOf(practice.prepare(ctx, draft, media));
    expect(failure).toMatchObject({ kind, platformCode });
    expect([failure.message, failure.remedy]).not.toContain('');
    expect(practice.sent.some(({ url }) => url.includes('/init/'))).toBe(false);
  });

  it('asks anew for every post, and once for each', async () => {
    const { draft, media } = draftWith();
    const steps = new Map();
    practice.sent.length = 0;
    await practice.prepare(ctx, draft, media, steps);
    await practice.prepare(ctx, draft, media, steps);
    expect(practice.sent.filter(({ url }) => url.includes('creator_info'))).toHaveLength(1);
    await practice.prepare(ctx, draft, media);
    expect(practice.sent.filter(({ url }) => url.includes('creator_info'))).toHaveLength(2);
  });

  it('asks nothing for a draft, which is finished in the app', async () => {
    const { draft, media } = practiceDraft({ settings: { format: 'draft' } }, [video]);
    practice.sent.length = 0;
    await practice.prepare(ctx, draft, media);
    expect(practice.sent.some(({ url }) => url.includes('creator_info'))).toBe(false);
  });

  it.each([
    ['a post', { ...AGREED }, ['user.info.basic', 'video.upload'], 'video.publish'],
    ['a draft', { format: 'draft' }, ['user.info.basic', 'video.publish'], 'video.upload'],
  ])('says which permission %s lacks', async (_what, settings, scopes, missing) => {
    ctx = await practice.account({ scopes });
    const { draft, media } = practiceDraft({ settings }, [video]);
    const failure = await failureOf(practice.prepare(ctx, draft, media));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain(missing);
  });
});

async function postFifteen(): Promise<void> {
  const { draft, media } = draftWith({ privacy: 'SELF_ONLY' });
  for (let post = 1; post <= 15; post += 1) {
    await practice.publish(ctx, draft, media);
    practice.pass(60_000);
  }
  practice.sent.length = 0;
}
