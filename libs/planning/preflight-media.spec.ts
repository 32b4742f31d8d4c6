import { type ImageFacts, type MediaAssetRecord, type VideoFacts } from '#media';
import { type PostMediaLimits } from '#platforms/core';
import { loadPlatforms } from '#platforms';
import { type AttachedMedia, type PostContent } from './post-content.js';
import { attachmentPlan, choiceErrors, planFile } from './preflight-media.js';

const phoneClip: VideoFacts = {
  ...{ kind: 'video', container: 'mov', contentType: 'video/quicktime', width: 1080, height: 1920, bytes: 9_000_000 },
  ...{ durationMs: 10_000, codec: 'hevc', profile: 'Main', pixelFormat: 'yuv420p', frameRate: 30, bitRate: 7_200_000 },
  ...{ variableFrameRate: false, interlaced: false, rotation: 90, squarePixels: true, fastStart: false },
  ...{ audio: { codec: 'aac', profile: 'LC', channels: 2, sampleRate: 48_000 }, editList: false, hasLocation: true },
  metadata: ['location'],
};
const picture: ImageFacts = {
  ...{ kind: 'image', format: 'jpeg', contentType: 'image/jpeg', width: 800, height: 600, bytes: 90_000 },
  ...{ orientation: 1, pages: 1, hasAlpha: false, colourSpace: 'srgb', hasLocation: false, hasProfile: false },
  metadata: [],
};
const asset = (facts: MediaAssetRecord['facts']): MediaAssetRecord =>
  ({ id: 'm', workspace_id: 'w', kind: facts.kind, filename: 'clip.mov', alt_text: null, digest: 'd', facts }) as never;
const platforms = await loadPlatforms();
const bluesky = platforms.get('bluesky');
const facebook = platforms.get('facebook');
const mastodon = platforms.get('mastodon');

const limitsOf = (platform: { adapter: { manifest: { limits: { media: PostMediaLimits } } } }) =>
  platform.adapter.manifest.limits.media;

describe('choices that fit the file nowhere', () => {
  const errorsOf = (choices: Omit<AttachedMedia, 'id'>, facts: MediaAssetRecord['facts']) => {
    const post: PostContent = { content: { text: '' }, media: [{ id: 'm', ...choices }], channels: [] };
    return choiceErrors(post, new Map([['m', asset(facts)]]));
  };

  it.each<[string, Omit<AttachedMedia, 'id'>, MediaAssetRecord['facts'], string | null, string | null]>([
    ['the middle of a video', { trim: { startMs: 1_000, endMs: 5_000 } }, phoneClip, null, null],
    [
      'all of it, and its last frame',
      { trim: { startMs: 0, endMs: 10_000 }, coverAtMs: 10_000 },
      phoneClip,
      null,
      null,
    ],
    ['an end before the start', { trim: { startMs: 5_000, endMs: 5_000 } }, phoneClip, 'trim-empty', 'trim'],
    ['an end beyond the end', { trim: { startMs: 0, endMs: 10_001 } }, phoneClip, 'trim-outside', 'trim'],
    ['a cover beyond the end', { coverAtMs: 10_001 }, phoneClip, 'cover-outside', 'coverAtMs'],
    [
      'a cover outside of what is used',
      { trim: { startMs: 2_000, endMs: 4_000 }, coverAtMs: 1_000 },
      phoneClip,
      'cover-outside',
      'coverAtMs',
    ],
    ['a part of an image', { trim: { startMs: 0, endMs: 1 } }, picture, 'trim-not-video', 'trim'],
    ['the cover of an image', { coverAtMs: 0 }, picture, 'cover-not-video', 'coverAtMs'],
    ['a cut image', { fit: 'crop', focus: { x: 0, y: 1 } }, picture, null, null],
  ])('%s', (_name, choices, facts, rule, choice) => {
    const errors = errorsOf(choices, facts);
    expect(errors.map((error) => [error.field, error.rule])).toEqual(
      rule === null ? [] : [[`media/0/${choice}`, rule]],
    );
    for (const { message, remedy } of errors) expect([message, remedy]).not.toContain('');
  });

  it('the cover is told of with the part, where no part of the video has it', () => {
    const rulesOf = (coverAtMs: number) =>
      errorsOf({ trim: { startMs: 5_000, endMs: 4_000 }, coverAtMs }, phoneClip).map(({ rule }) => rule);
    expect(rulesOf(10_001)).toEqual(['trim-empty', 'cover-outside']);
    expect(rulesOf(1_000)).toEqual(['trim-empty']);
  });
});

describe('what a channel gets', () => {
  it('a clip of a phone becomes another version for each of two networks', () => {
    const clip = { ...phoneClip, width: 2160, height: 3840 };
    const plans = [mastodon, bluesky].map((network) => planFile({ id: 'm' }, asset(clip), limitsOf(network)));
    expect(plans.map(({ content }) => content.kind)).toEqual(['video', 'video']);
    expect(plans.map(({ draft: { width, height } }) => [width, height])).toEqual([
      [2160, 3840],
      [1080, 1920],
    ]);
    expect(new Set(plans.map(({ content }) => content.planHash)).size).toBe(2);
    const told = plans.map((plan) => attachmentPlan({ channelId: 'c', segment: 0, position: 0 }, plan));
    for (const one of told) {
      expect(one).toMatchObject({ mediaId: 'm', output: 'video', action: 'transcode', durationMs: 10_000 });
      for (const { kind, reason } of one?.steps ?? []) expect([kind, reason]).not.toContain('');
    }
  });

  it('a part of it is as long as that part, and its cover counts from there', () => {
    const item = { id: 'm', trim: { startMs: 2_000, endMs: 5_000 }, coverAtMs: 2_500 };
    const [onMastodon, onBluesky] = [mastodon, bluesky].map((to) => planFile(item, asset(phoneClip), limitsOf(to)));
    expect([onMastodon?.draft, onMastodon?.content]).toMatchObject([
      { durationMs: 3_000, coverAtMs: 500 },
      { coverAtMs: 500 },
    ]);
    // There nobody can be told.
    expect(onBluesky?.content.coverAtMs).toBeUndefined();
  });

  it('an animation goes out as a video where animated images are not taken', () => {
    const gif: ImageFacts = { ...picture, format: 'gif', contentType: 'image/gif', pages: 12, durationMs: 1_200 };
    expect(planFile({ id: 'm' }, asset(gif), limitsOf(bluesky)).content.kind).toBe('video');
    expect(planFile({ id: 'm' }, asset(gif), limitsOf(mastodon)).content.kind).toBe('image');
  });

  it('a network that takes no videos is told so by its own rules, in words', () => {
    const { limits } = facebook.adapter.manifest;
    const { video: _video, ...media } = limits.media;
    const { plan, draft } = planFile({ id: 'm' }, asset(phoneClip), media);
    expect(plan).toBeUndefined();
    const post = { kind: 'post' as const, text: 'x', media: [draft], settings: {} };
    expect(facebook.adapter.validate(post, { ...limits, media })).toMatchObject([
      {
        rule: 'facebook.media-video-unsupported',
        field: 'media/0',
        message: expect.stringContaining('publishes no videos on Facebook') as string,
      },
    ]);
  });

  it('what should stay in sight is told where nothing is cut yet, and only to those who listen', () => {
    const item = { id: 'm', focus: { x: 0.2, y: 0.3 } };
    expect(planFile(item, asset(picture), limitsOf(mastodon)).content.focus).toEqual(item.focus);
    expect(planFile(item, asset(picture), limitsOf(bluesky)).content.focus).toBeUndefined();
  });
});
