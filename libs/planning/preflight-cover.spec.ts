import { type ImageFacts, type MediaAssetRecord } from '#media';
import { type VideoLimit } from '#platforms/core';
import { planCoverOf } from './preflight-cover.js';

const image: ImageFacts = {
  ...{ kind: 'image', format: 'png', contentType: 'image/png', width: 1600, height: 900, bytes: 90_000 },
  ...{ orientation: 1, pages: 1, hasAlpha: false, colourSpace: 'srgb', hasLocation: false, hasProfile: false },
  metadata: [],
};
const asset = (facts: Partial<ImageFacts> = {}): MediaAssetRecord =>
  ({ id: 'cover', digest: 'd', facts: { ...image, ...facts } }) as never;
const plain: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  maxBytes: 1_000_000_000,
};
const covered = (cover: Partial<NonNullable<VideoLimit['cover']>> = {}): VideoLimit => ({
  ...plain,
  cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2_000_000, ...cover },
});
const chosen = { id: 'video', coverId: 'cover' };

describe('the image that stands for a video on one channel', () => {
  it('goes out as it is where it fits', () => {
    const plan = planCoverOf(chosen, asset(), covered());
    expect(plan).toMatchObject({ told: { mediaId: 'cover', action: 'keep', steps: [] } });
    expect(plan?.content).toMatchObject({ assetId: 'cover', digest: 'd', plan: { action: 'keep' } });
    expect(plan?.refused).toBeUndefined();
  });

  it('is cut or gets bars where another shape is wanted, as was chosen for the video', () => {
    const square = covered({ aspect: { min: 1, max: 1 } });
    const kinds = (fit?: 'crop' | 'pad') =>
      planCoverOf({ ...chosen, ...(fit && { fit }) }, asset(), square)?.told.steps.map(({ kind }) => kind);
    expect(kinds()).toContain('pad');
    expect(kinds('crop')).toContain('crop');
    const hashes = (['crop', 'pad'] as const).map(
      (fit) => planCoverOf({ ...chosen, fit }, asset(), square)?.content?.planHash,
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it('is refused in words where no size of it is taken, and nothing of it is sent', () => {
    const plan = planCoverOf(chosen, asset(), covered({ minWidth: 2_000, maxWidth: 1_000 }));
    expect(plan?.content).toBeUndefined();
    expect(plan?.told.action).toBe('refuse');
    expect(plan?.refused).toMatchObject({
      rule: 'media.image-cannot-fit',
      message: expect.stringMatching(/^The cover: It is 1600 x 900 pixels/) as string,
      remedy: expect.any(String) as string,
    });
  });

  it.each([
    ['only a moment is', { ...plain, coverMoment: true }, /Only a moment/],
    ['nothing is', plain, /No cover is taken here/],
  ])('is left out where %s taken, which is told', (_what, limit, reason) => {
    expect(planCoverOf(chosen, asset(), limit)).toEqual({
      told: { mediaId: 'cover', action: 'none', steps: [], reason: expect.stringMatching(reason) as string },
    });
  });

  it('is nothing where nobody chose one, or what was chosen is no still image', () => {
    expect(planCoverOf({ id: 'video' }, undefined, covered())).toBeUndefined();
    expect(planCoverOf(chosen, undefined, covered())).toBeUndefined();
    expect(planCoverOf(chosen, asset({ pages: 3 }), covered())).toBeUndefined();
  });
});
