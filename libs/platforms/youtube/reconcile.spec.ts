import { type CommitContext, type ReconcileInput, type SegmentDraft } from '#platforms/core';
import { practiceVideo, preparing } from '#platforms/testing';
import { adapter } from './adapter.js';
import { PERSON, Practice, videoPost } from './practice.fixture.js';
import { type Prepared } from './publish.js';

let practice: Practice;
let ctx: CommitContext;
const wide = practiceVideo({ width: 640, height: 360 });

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
});
afterAll(() => practice.sandbox.close());

const look = (prepared: Prepared, more: Partial<ReconcileInput<Prepared>> = {}) =>
  adapter.reconcile(ctx, { prepared, draft: videoPost(), since: practice.now(), claimed: new Set(), ...more });

describe('a video whose answer was lost', () => {
  it.each(['public', 'unlisted', 'private'])('is found by its id where it became %s', async (privacy) => {
    const prepared = await practice.prepare(ctx, videoPost({ privacy }), [wide]);
    expect(await look(prepared)).toMatchObject({ outcome: 'absent' });
    await adapter.commit(ctx, prepared);
    expect(await look(prepared)).toMatchObject({
      outcome: 'published',
      confidence: 'certain',
      receipt: { id: prepared.videoId },
    });
  });

  it('is certainly not there any more where somebody deleted it', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    await practice.order('studio', { video: prepared.videoId, deleted: true });
    expect(await look(prepared)).toMatchObject({ outcome: 'refused', failure: { kind: 'content' } });
  });

  it('belongs to nobody else', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    await adapter.commit(ctx, prepared);
    expect(await look(prepared, { claimed: new Set([prepared.videoId]) })).toMatchObject({ outcome: 'unknown' });
  });

  it('is not believed to be missing where the answer makes no sense', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    practice.altered = () => Response.json({ kind: 'youtube#videoListResponse' });
    await expect(look(prepared)).rejects.toThrow('"items" is not a list');
  });

  it('is known to be refused where YouTube took it down', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    await adapter.commit(ctx, prepared);
    const status = { privacyStatus: 'public', uploadStatus: 'rejected', rejectionReason: 'copyright' };
    practice.altered = () => Response.json({ items: [{ id: prepared.videoId, status }] });
    expect(await look(prepared)).toMatchObject({ outcome: 'refused', failure: { platformCode: 'rejected/copyright' } });
  });
});

describe('a comment whose answer was lost', () => {
  const written = async (
    text = 'The recipe is on our site.',
  ): Promise<{ comment: SegmentDraft; prepared: Prepared }> => {
    const root = await practice.publish(ctx, videoPost(), [wide]);
    const comment = videoPost({}, { kind: 'comment', text, replyTo: { root, parent: root } });
    return { comment, prepared: await adapter.prepare(preparing(ctx), comment) };
  };

  it('is found by its text, author and time', async () => {
    const { prepared } = await written();
    expect(await look(prepared)).toMatchObject({ outcome: 'absent' });
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look(prepared)).toMatchObject({ outcome: 'published', confidence: 'matched', receipt: { id } });
    expect(await look(prepared, { claimed: new Set([id]) })).toMatchObject({ outcome: 'absent' });
    practice.pass(60_000);
    expect(await look(prepared)).toMatchObject({ outcome: 'absent' });
  });

  it('is not the same that somebody else wrote', async () => {
    await practice.account({ person: 'A stranger' });
    const { prepared } = await written();
    await practice.order('comment', {
      person: 'A stranger',
      video: prepared.videoId,
      text: 'The recipe is on our site.',
    });
    expect(await look(prepared)).toMatchObject({ outcome: 'absent' });
  });

  it('stays open where two are the same', async () => {
    const { prepared } = await written();
    await adapter.commit(ctx, prepared);
    await practice.order('comment', { person: PERSON, video: prepared.videoId, text: 'The recipe is on our site.' });
    expect(await look(prepared)).toMatchObject({ outcome: 'unknown' });
  });

  it('stays open where there are more comments than are read', async () => {
    const { prepared } = await written();
    const since = practice.now();
    for (let n = 0; n < 16; n += 1) {
      await practice.order('comment', { person: PERSON, video: prepared.videoId, text: `Comment ${n}` });
    }
    expect(await look(prepared, { since })).toMatchObject({ outcome: 'unknown' });
  });

  it('never will be there where the video is gone', async () => {
    const { prepared } = await written();
    await practice.order('studio', { video: prepared.videoId, deleted: true });
    expect(await look(prepared)).toMatchObject({ outcome: 'refused', failure: { kind: 'content' } });
  });
});
