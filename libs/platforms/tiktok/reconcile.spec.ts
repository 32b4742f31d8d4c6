import { type CommitContext, type JsonObject, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage } from '#platforms/testing';
import { AGREED, clip, failureOf, Practice } from './practice.fixture.js';
import { type PreparedPost } from './publish.js';

let practice: Practice;
let ctx: CommitContext;
const video = clip();
const loaf = await practiceImage();

beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => (ctx = await practice.account({ person: 'Ada Baker' })));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Sent {
  draft: SegmentDraft;
  prepared: PreparedPost;
  accepted: JsonObject;
  since: Date;
}

async function sent(settings: JsonObject = {}, media = [video], text = 'Fresh bread'): Promise<Sent> {
  const isDraft = settings.format === 'draft';
  const { draft } = practiceDraft({ text: isDraft ? '' : text, settings: { ...AGREED, ...settings } }, media);
  const prepared = await practice.prepare(ctx, draft, media);
  const since = practice.now();
  const accepted = await practice.send(ctx, prepared, media);
  return { draft, prepared, accepted, since };
}

const look = ({ prepared, draft, since, accepted }: Sent, claimed: ReadonlySet<string> = new Set()) =>
  practice.look(ctx, prepared, draft, { since, accepted, claimed });
/** As if the answer had not come. */
const lookBlindly = ({ prepared, draft, since }: Sent, claimed: ReadonlySet<string> = new Set()) =>
  practice.look(ctx, prepared, draft, { since, claimed });

// https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status
describe('what TikTok says under the publish_id', () => {
  it('is processing, then review, then an address', async () => {
    await practice.order('pace', { what: 'work', ms: 30_000 });
    await practice.order('pace', { what: 'review', ms: 45_000 });
    const post = await sent();
    const working = await look(post);
    expect(working).toMatchObject({ outcome: 'pending', evidence: { status: 'PROCESSING_UPLOAD' } });
    practice.pass(31_000);
    expect(await look(post)).toMatchObject({ outcome: 'pending', evidence: { status: 'PUBLISH_COMPLETE' } });
    practice.pass(45_000);
    const [visible] = practice.visible();
    expect(await look(post)).toMatchObject({
      outcome: 'published',
      confidence: 'certain',
      // Nineteen digits: more than a number holds.
      receipt: { id: visible?.id, permalink: visible?.permalink },
    });
  });

  it('is asked more seldom, the longer it takes', async () => {
    await practice.order('pace', { what: 'work', ms: 10 * HOUR_MS });
    const post = await sent();
    const waits: number[] = [];
    for (const passed of [0, 2 * MINUTE_MS, 20 * MINUTE_MS]) {
      practice.pass(passed);
      const looked = await look(post);
      if (looked.outcome !== 'pending') throw new Error(`It is ${looked.outcome}.`);
      waits.push(Math.round((looked.checkAt.getTime() - practice.now().getTime()) / 1_000));
    }
    expect(waits).toEqual([5, 30, 600]);
  });

  it('is the first of several posts, and the others are kept for whoever looks', async () => {
    const post = await sent();
    const ids = '[7000000000000000001, 7000000000000000002]';
    practice.between = async () =>
      new Response(`{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":${ids}},"error":{"code":"ok"}}`);
    expect(await look(post)).toMatchObject({
      outcome: 'published',
      receipt: { id: '7000000000000000001' },
      evidence: { postIds: ['7000000000000000001', '7000000000000000002'] },
    });
  });

  it('is a post without an address where the review takes longer than the hours that TikTok speaks of', async () => {
    await practice.order('pace', { what: 'review', ms: 24 * HOUR_MS });
    const post = await sent();
    practice.pass(5 * HOUR_MS);
    expect(await look(post)).toMatchObject({ outcome: 'pending' });
    practice.pass(2 * HOUR_MS);
    const looked = await look(post);
    expect(looked).toMatchObject({ outcome: 'published', receipt: { id: post.accepted.publishId } });
    // Of some accounts TikTok never tells any, so that it is not said that the review goes on.
    expect(looked).toHaveProperty(
      'receipt.note',
      "TikTok has published it but tells no address for it. Look at the account in the TikTok app: others may not see it before TikTok's review is done.",
    );
    expect(looked).not.toHaveProperty('receipt.permalink');
  });

  it.each([
    ['file_format_check_failed', 'media'],
    ['duration_check_failed', 'media'],
    ['frame_rate_check_failed', 'media'],
    ['picture_size_check_failed', 'media'],
    ['internal', 'unavailable'],
    ['video_pull_failed', 'media'],
    ['photo_pull_failed', 'media'],
    ['publish_cancelled', 'content'],
    ['auth_removed', 'auth'],
    ['spam_risk_too_many_posts', 'rate-limit'],
    ['spam_risk_user_banned_from_posting', 'permission'],
    ['spam_risk_text', 'content'],
    ['spam_risk', 'content'],
    ['something_new', 'unknown'],
  ])('is that it failed of %s: a matter of %s', async (reason, kind) => {
    await practice.order('refuse', { reason });
    const post = await sent();
    practice.pass(MINUTE_MS);
    const looked = await look(post);
    if (looked.outcome !== 'refused') throw new Error(`It is ${looked.outcome}.`);
    expect(looked.failure).toMatchObject({ kind, platformCode: reason });
    expect([looked.failure.message, looked.failure.remedy]).not.toContain('');
    expect(practice.visible()).toEqual([]);
  });

  it.each([
    ['a number that it does not know any more', 'v_pub_file~v2-1.1', 'invalid_publish_id'],
    ['the post of somebody else', undefined, 'token_not_authorized_for_specified_publish_id'],
  ])('is nothing to go by for %s', async (_what, publishId, why) => {
    const post = await sent();
    if (post.prepared.by !== 'upload') throw new Error('It is uploaded.');
    const id = publishId ?? post.prepared.publishId;
    if (publishId === undefined) ctx = await practice.account({ person: 'Somebody else' });
    const prepared = { ...post.prepared, publishId: id };
    expect(await practice.look(ctx, prepared, post.draft)).toMatchObject({ outcome: 'unknown', evidence: { why } });
  });

  it('is no answer where it is none', async () => {
    const post = await sent();
    practice.between = async () => Response.json({ data: { status: 'BREWING' }, error: { code: 'ok' } });
    expect(await failureOf(look(post))).toMatchObject({ kind: 'unknown' });
    practice.between = async () => new Response('<html>', { status: 200 });
    expect(await failureOf(look(post))).toMatchObject({ kind: 'unknown' });
  });

  it('does not take back that all of it was there', async () => {
    const post = await sent();
    practice.between = async () =>
      Response.json({ data: { status: 'PROCESSING_UPLOAD', uploaded_bytes: 0 }, error: { code: 'ok' } });
    expect(await look(post)).toMatchObject({ outcome: 'pending' });
    expect(await lookBlindly(post)).toMatchObject({ outcome: 'absent' });
  });
});

// https://developers.tiktok.com/doc/tiktok-api-v2-video-list
describe('a video that TikTok fetched, where the answer with its publish_id was lost', () => {
  beforeEach(async () => {
    practice.options = { audited: 'audited', pull: true };
    ctx = await practice.account({ person: 'Ada Baker' });
  });

  it('is the one public video since then that says the same', async () => {
    const older = await sent();
    practice.pass(MINUTE_MS);
    const post = await sent();
    await sent({}, [video], 'Something else');
    expect(await lookBlindly(post)).toMatchObject({ outcome: 'pending' });
    practice.pass(MINUTE_MS);
    const looked = await lookBlindly(post);
    const visible = practice.visible()[1];
    expect(looked).toMatchObject({
      outcome: 'published',
      confidence: 'matched',
      receipt: { id: visible?.id, permalink: visible?.permalink },
    });
    expect(await look(older)).toMatchObject({ outcome: 'published', receipt: { id: practice.visible()[0]?.id } });
  });

  it('is not one that belongs to another publication', async () => {
    const post = await sent();
    practice.pass(MINUTE_MS);
    const claimed = new Set(practice.visible().map(({ id }) => id));
    expect(await lookBlindly(post, claimed)).toMatchObject({ outcome: 'pending' });
    practice.pass(HOUR_MS);
    expect(await lookBlindly(post, claimed)).toMatchObject({ outcome: 'unknown' });
  });

  it('is left open where it has no text, as any other without one looks the same', async () => {
    const post = await sent({}, [video], '');
    practice.pass(MINUTE_MS);
    expect(await lookBlindly(post)).toMatchObject({
      outcome: 'unknown',
      evidence: { why: expect.stringContaining('text') as string },
    });
  });

  it('is left open where two say the same', async () => {
    const post = await sent();
    await sent();
    practice.pass(MINUTE_MS);
    expect(await lookBlindly(post)).toMatchObject({
      outcome: 'unknown',
      evidence: { same: [{}, {}].map(() => expect.any(String) as string) },
    });
  });

  it('is found behind many others', async () => {
    const post = await sent();
    ctx = await practice.account({ person: 'Ada Baker' });
    const real = practice.visible()[0]?.id;
    practice.pass(MINUTE_MS);
    practice.between = async (request, ask) => {
      if (!request.url.includes('/video/list')) return ask();
      const { cursor } = (await request.clone().json()) as { cursor?: number };
      if (cursor !== undefined) return ask();
      const at = Math.floor(practice.now().getTime() / 1_000);
      const other = { id: '7000', create_time: at, title: 'x', video_description: 'x', share_url: '' };
      const data = { videos: [other], cursor: practice.now().getTime(), has_more: true };
      return Response.json({ data, error: { code: 'ok' } });
    };
    expect(await lookBlindly(post)).toMatchObject({ outcome: 'published', receipt: { id: real } });
  });

  it.each([
    ['posts that are not public', { privacy: 'SELF_ONLY' }, undefined, 'public videos'],
    ['drafts', { format: 'draft' }, undefined, 'public videos'],
    ['a sign-in without the permission', {}, ['user.info.basic', 'video.publish'], 'video.list'],
  ])('cannot be looked for among %s', async (_what, settings, scopes, why) => {
    if (scopes) ctx = await practice.account({ person: 'Ada Baker', scopes });
    const post = await sent(settings);
    expect(await lookBlindly(post)).toMatchObject({
      outcome: 'unknown',
      evidence: { why: expect.stringContaining(why) as string },
    });
  });
});

describe('photos', () => {
  it('are known by the answer alone', async () => {
    const post = await sent({}, [loaf]);
    practice.pass(MINUTE_MS);
    expect(await look(post)).toMatchObject({ outcome: 'published', confidence: 'certain' });
    expect(await lookBlindly(post)).toMatchObject({
      outcome: 'unknown',
      evidence: { why: "TikTok's list holds videos alone." },
    });
  });
});
