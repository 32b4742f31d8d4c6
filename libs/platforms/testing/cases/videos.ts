import { type CaseInput } from '../conformance.js';
import { practiceDraft, type PracticeDraft } from '../drafts.js';
import { type PracticeKit } from '../kit.js';
import { Crash, MiniRunner } from '../runner.js';
import { practiceVideo, type PracticeVideoOptions } from '../video.js';
import { anyDraft, expectShown, onlyVisible } from './expectations.js';

/** What holds wherever videos are taken: they are streamed, sent once, waited for, and refused in words. */
export function videoCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const { manifest } = adapter;
  const { settings } = anyDraft(subject).draft;
  const { altText: described, media: taken } = manifest.limits;
  const isDescribed = described !== undefined && (described.maxForVideo ?? described.max) > 0;
  const description = isDescribed ? { altText: 'A clip' } : {};
  const durationMs = Math.max(2_000, taken.video?.minDurationMs ?? 0);
  // No smaller than what the network takes.
  const width = Math.max(270, taken.video?.minWidth ?? 0);
  const height = Math.max(480, taken.video?.minHeight ?? 0);
  const shape = { durationMs, width, height };
  const withVideo = (options: PracticeVideoOptions = {}): PracticeDraft =>
    practiceDraft({ text: 'Watch this.', settings }, [practiceVideo({ ...shape, ...description, ...options })]);
  if (!manifest.limits.media.video) {
    it('says in words that it publishes no videos', () => {
      const { draft } = withVideo();
      expect(adapter.validate(draft, manifest.limits)).toContainEqual(
        expect.objectContaining({ rule: `${manifest.id}.media-video-unsupported`, field: 'media/0' }),
      );
    });
    return;
  }

  it(
    'publishes a video without reading it into memory',
    scene(async (kit) => {
      const practice = withVideo({ dataBytes: 3_000_000 });
      expect(adapter.validate(practice.draft, kit.limits(practice.draft))).toEqual([]);
      const ending = await new MiniRunner(kit, practice).publish();
      expect(ending.state).toBe('published');
      const post = onlyVisible(kit);
      expectShown(post, practice.draft, subject);
      expect(post.media).toMatchObject([{ contentType: 'video/mp4', ...description }]);
    }),
  );

  it('uploads a video once, wherever the worker dies', async () => {
    const clean = { steps: 0, uploads: 0 };
    await scene(async (kit) => {
      const runner = new MiniRunner(kit, withVideo());
      await runner.prepare();
      clean.steps = runner.stored.size;
      clean.uploads = uploads(kit);
    })();
    for (let dieAfter = 1; dieAfter <= clean.steps; dieAfter += 1) {
      await scene(async (kit) => {
        const runner = new MiniRunner(kit, withVideo());
        await expect(runner.prepare({ dieAfter })).rejects.toThrow(Crash);
        const ending = await runner.finish(await runner.prepare());
        expect(ending.state).toBe('published');
        expect(uploads(kit)).toBe(clean.uploads);
      })();
    }
  });

  it(
    'says of a video that is refused when it is processed that the media is at fault',
    scene(async (kit) => {
      // One that is fetched by its address is the receiver's own affair.
      if (!subject.preparesOverHttp) return;
      const refused = new MiniRunner(kit, withVideo({ refusedLate: true })).publish();
      const ending = await refused.catch(
        (error: unknown) => ({ state: 'failed', failure: kit.explain(error) }) as const,
      );
      if (ending.state !== 'failed') throw new Error(`It ended ${ending.state}.`);
      const { failure } = ending;
      expect(failure.kind).toBe('media');
      expect([failure.message, failure.remedy]).not.toContain('');
      expect(kit.visibleIds()).toEqual([]);
    }),
  );

  it('takes no more videos than it says, and none beside images where it takes no mixture', () => {
    const { maxVideos = 1, mixed = false } = manifest.limits.media;
    const { draft } = withVideo();
    const [video] = draft.media;
    if (!video) throw new Error('There is no video.');
    const rulesOf = (media: typeof draft.media) =>
      adapter.validate({ ...draft, media }, manifest.limits).map(({ rule }) => rule);
    const many = Array.from({ length: maxVideos + 1 }, () => video);
    expect(rulesOf(many)).toContain(`${manifest.id}.media-too-many-videos`);
    const image = { ...video, kind: 'image' as const, contentType: 'image/jpeg' };
    expect(rulesOf([video, image]).includes(`${manifest.id}.media-mixed`)).toBe(!mixed);
  });
}

/** Requests that left something on the platform. */
function uploads(kit: PracticeKit): number {
  return kit.sandbox.requests().filter(({ operation, method }) => operation === 'prepare' && method !== 'GET').length;
}
