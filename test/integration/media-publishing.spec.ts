import { type PublicationRecord, settleClearance } from '#publishing';
import { EngineMedia } from '../support/engine-media.js';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const HOUR = 3_600;
const FAILURE = { message: 'The video ends in the middle of a frame.', remedy: 'Export it once more.' };

/** When a publication is begun: what it awaits has to be there by then. */
function begun({ due_at, lead_ms }: PublicationRecord): Date {
  return new Date(due_at.getTime() - lead_ms);
}

describe('publications that wait for their media', () => {
  let engine: TestEngine;
  let media: EngineMedia;
  let worker: EngineParts;
  let tenant: TestTenant;
  let bluesky: string;
  let mastodon: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    media = new EngineMedia(engine);
    worker = await engine.parts();
  });
  beforeEach(async () => {
    tenant = await engine.tenant();
    count += 1;
    bluesky = await engine.account(tenant, 'bluesky', `clip${count}`);
    mastodon = await engine.account(tenant, 'mastodon', `clip${count}`);
  });
  afterAll(() => engine.close());

  const word = () => `clip${count}`;
  const finished = ({ digest: sourceDigest, planHash }: { digest: string; planHash: string }) =>
    worker.sweep.releaseMedia({ organizationId: tenant.organizationId, sourceDigest, planHash });
  const approve = (id: string) =>
    engine.act(tenant, id, (_service, tx, actor, record) => settleClearance(tx, actor, [record], () => true));
  const lastTold = async (id: string) => (await engine.log(id)).at(-1);

  it('one file for two networks: each goes out when its own version is made', async () => {
    const first = media.video();
    const second = { ...media.video(), digest: first.digest, assetId: first.assetId };
    const onBluesky = await media.schedule(tenant, bluesky, [first], { text: word() });
    const onMastodon = await media.schedule(tenant, mastodon, [second], { text: word() });
    for (const { id } of [onBluesky, onMastodon]) {
      expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'media-processing', attempts: 0 });
      expect(await engine.story(id)).toBe('scheduled cleared held');
    }
    expect(await media.rendition(first)).toMatchObject({ state: 'waiting', needed_at: begun(onBluesky) });
    await worker.sweep.sweep();
    expect((await engine.find(onBluesky.id)).state).toBe('held');

    const made = await media.made(tenant, first);
    await finished(first);
    expect(await engine.find(onBluesky.id)).toMatchObject({ state: 'scheduled', held_reason: null });
    expect((await lastTold(onBluesky.id))?.evidence).toMatchObject({ why: 'Its media is ready.' });
    expect((await engine.find(onMastodon.id)).state).toBe('held');
    expect((await worker.carryOut(onBluesky.id)).state).toBe('published');

    const other = await media.made(tenant, second, { dataBytes: 1_000 });
    // Nobody told of it: the sweep finds it by itself.
    await worker.sweep.sweep();
    expect((await worker.carryOut(onMastodon.id)).state).toBe('published');
    const shown = engine.sandbox.visible().filter(({ text }) => text === word());
    expect(shown.map((post) => post.media.map(({ digest, contentType }) => ({ digest, contentType })))).toEqual([
      [{ digest: made.digest, contentType: 'video/mp4' }],
      [{ digest: other.digest, contentType: 'video/mp4' }],
    ]);
    expect(await media.sent(onBluesky.id)).toEqual([]);
  });

  it('what is made already is not waited for, and what goes out as it is neither', async () => {
    const video = media.video();
    await media.schedule(tenant, bluesky, [video], { dueIn: HOUR });
    await media.made(tenant, video);
    const again = await media.schedule(tenant, mastodon, [video], { dueIn: HOUR });
    expect(again.state).toBe('scheduled');
    const kept = media.video({ plan: { output: 'video', action: 'keep' } });
    const asItIs = await media.schedule(tenant, mastodon, [kept], { dueIn: HOUR });
    expect([asItIs.state, await media.rendition(kept)]).toEqual(['scheduled', undefined]);
    expect(await media.sent(asItIs.id)).toEqual([{ plan_hash: kept.planHash, awaited: false }]);
  });

  it('an approval is asked for first, and then the media', async () => {
    const video = media.video();
    const { id } = await media.schedule(tenant, bluesky, [video], { dueIn: HOUR, cleared: false });
    expect(await engine.find(id)).toMatchObject({ held_reason: 'approval-missing' });
    expect(await media.rendition(video)).toMatchObject({ state: 'waiting' });
    await approve(id);
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'media-processing' });
    await media.made(tenant, video);
    await finished(video);
    expect(await engine.find(id)).toMatchObject({ state: 'scheduled', held_reason: null });
  });

  it('media that is ready before the approval lets go of nothing, and keeps nothing back after it', async () => {
    const video = media.video();
    const { id } = await media.schedule(tenant, bluesky, [video], { dueIn: HOUR, cleared: false });
    await media.made(tenant, video);
    await finished(video);
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'approval-missing' });
    await approve(id);
    expect((await engine.find(id)).state).toBe('scheduled');
  });

  it('an approval that is taken back while the media is made is told when it is ready', async () => {
    const video = media.video();
    const { id } = await media.schedule(tenant, bluesky, [video], { dueIn: HOUR });
    await engine.act(tenant, id, (_service, tx, actor, record) => settleClearance(tx, actor, [record], () => false));
    await media.made(tenant, video);
    await finished(video);
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'approval-missing' });
  });

  it('media that cannot be made says why, and goes out when it is made after all', async () => {
    const video = media.video();
    const { id } = await media.schedule(tenant, bluesky, [video], { text: word() });
    await media.notMade(tenant, video, FAILURE);
    await finished(video);
    const failed = { state: 'held', held_reason: 'media-failed', failure: { kind: 'media', ...FAILURE } };
    expect(await engine.find(id)).toMatchObject(failed);
    expect(await lastTold(id)).toMatchObject({ kind: 'held', evidence: { reason: 'media-failed', ...FAILURE } });
    // The same file somewhere else: it is known at once.
    const elsewhere = await media.schedule(tenant, mastodon, [video]);
    expect(elsewhere).toMatchObject(failed);
    expect((await lastTold(elsewhere.id))?.evidence).toMatchObject({ reason: 'media-failed', ...FAILURE });

    const release = engine.act(tenant, id, (service, tx, actor, record) => service.release(tx, actor, record));
    await expect(release).rejects.toMatchObject({ status: 409 });
    await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
    expect(await media.rendition(video)).toMatchObject({ state: 'waiting', failure: null });
    expect(await engine.find(id)).toMatchObject({ held_reason: 'media-processing', failure: null });
    await worker.sweep.sweep();
    expect(await engine.find(elsewhere.id)).toMatchObject({ held_reason: 'media-processing', failure: null });
    await media.made(tenant, video);
    await finished(video);
    expect((await worker.carryOut(id)).state).toBe('published');
  });

  it('the making that somebody stopped is named, and a retry keeps the time', async () => {
    const video = media.video();
    const { id, due_at } = await media.schedule(tenant, bluesky, [video], { dueIn: HOUR });
    await media.cancelled(tenant, video);
    await finished(video);
    expect((await engine.find(id)).failure?.message).toBe('The making of its media was cancelled.');
    await engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
    expect(await engine.find(id)).toMatchObject({ held_reason: 'media-processing', due_at });
  });

  it('other content wants another version, and the old one is needed by nobody', async () => {
    const [old, next] = [media.video(), media.video()];
    const { id } = await media.schedule(tenant, bluesky, [old], { dueIn: HOUR });
    await engine.act(tenant, id, (service, tx, actor, record) =>
      service.revise(tx, actor, record, { revision: 2, content: media.content([next]), cleared: true }),
    );
    expect(await media.sent(id)).toEqual([{ plan_hash: next.planHash, awaited: true }]);
    expect([(await media.rendition(old))?.needed_at, (await media.rendition(next))?.needed_at]).toEqual([
      null,
      begun(await engine.find(id)),
    ]);
    await media.made(tenant, old);
    await finished(old);
    expect(await engine.find(id)).toMatchObject({ held_reason: 'media-processing' });
    await media.made(tenant, next);
    await finished(next);
    expect((await engine.find(id)).state).toBe('scheduled');
  });

  it('another time brings along when its media is needed, an end takes that away', async () => {
    const video = media.video();
    const early = await media.schedule(tenant, bluesky, [video], { dueIn: HOUR });
    const late = await media.schedule(tenant, mastodon, [video], { dueIn: 3 * HOUR });
    const neededAt = async () => (await media.rendition(video))?.needed_at;
    expect(await neededAt()).toEqual(begun(early));
    const at = new Date(Date.now() + 2 * HOUR * 1_000);
    await engine.act(tenant, early.id, (service, tx, actor, record) =>
      service.reschedule(tx, actor, record, { at, timeZone: 'UTC', local: '2030-01-01T09:00' }),
    );
    expect(await neededAt()).toEqual(begun(await engine.find(early.id)));
    expect((await engine.find(early.id)).due_at).toEqual(at);
    expect(await engine.find(early.id)).toMatchObject({ held_reason: 'media-processing' });
    const cancel = (id: string) =>
      engine.act(tenant, id, (service, tx, actor, record) => service.cancel(tx, actor, record, 'Deleted.'));
    await cancel(early.id);
    expect(await neededAt()).toEqual(begun(late));
    await cancel(late.id);
    expect([await neededAt(), await media.sent(late.id)]).toEqual([null, []]);
    await media.made(tenant, video);
    await finished(video);
    expect((await engine.find(early.id)).state).toBe('cancelled');
  });

  describe('media that takes longer than its workspace lets anything be late', () => {
    /** As if so many minutes had passed since it was scheduled. */
    const passed = async (id: string, minutes: number) => {
      const guards = (state: 'disable' | 'enable') =>
        engine.owner.query(
          `alter table publications ${state} trigger user; alter table publishing_log ${state} trigger user`,
        );
      const back = (column: string) => `set ${column} = ${column} - interval '${minutes} minutes'`;
      await guards('disable');
      await engine.owner.query(`update publications ${back('due_at')} where id = $1`, [id]);
      await engine.owner.query(`update publishing_log ${back('at')} where publication_id = $1`, [id]);
      await guards('enable');
    };
    beforeEach(() =>
      engine.owner.query('update workspaces set late_limit_minutes = 5 where id = $1', [tenant.workspaceId]),
    );

    it('goes out at once where it was to go out at once', async () => {
      const video = media.video();
      const { id } = await media.schedule(tenant, bluesky, [video], { text: word() });
      await passed(id, 30);
      await media.made(tenant, video);
      await finished(video);
      expect((await lastTold(id))?.evidence).toMatchObject({
        why: 'Its media is ready. It was to go out at once, so it does now.',
      });
      expect((await worker.carryOut(id)).state).toBe('published');
    });

    it('is held as too late where it had a time of its own, and says that its media took so long', async () => {
      const video = media.video();
      const { id } = await media.schedule(tenant, bluesky, [video], { dueIn: 600 });
      await passed(id, 40);
      await media.made(tenant, video);
      await finished(video);
      expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'too-late' });
      const { evidence } = (await lastTold(id)) ?? {};
      expect(evidence?.['message']).toMatch(/^Its media was ready 30 minutes after its time/);
      expect(evidence?.['remedy']).toMatch(/Retry it/);
    });
  });

  it('a worker that finds its media unmade at the last moment holds it, and sends nothing', async () => {
    const video = media.video();
    const { id } = await media.schedule(tenant, bluesky, [video], { text: word() });
    await media.made(tenant, video);
    await finished(video);
    await engine.owner.query(
      `update renditions set state = 'waiting', digest = null, facts = null, storage_key = null where source_digest = $1`,
      [video.digest],
    );
    expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: 'media-processing', attempts: 0 });
    expect(engine.shown(word())).toEqual([]);
  });
});
