import { type MediaChoices } from './choices.js';
import { CONTENT_TYPES, type ImageFacts, VIDEO_TYPES, type VideoFacts } from './facts.js';
import { planHash } from './hash.js';
import { limitSet } from './limits.fixture.js';
import { type VideoLimit } from './limits.js';
import { planMedia } from './plan.js';
import { planCover, planStill } from './still.js';
import { planVideo, type VideoPlan } from './video.js';

const LIMIT: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  maxBytes: 100_000_000,
  maxDurationMs: 90_000,
  maxFrameRate: 30,
  maxLongSide: 1920,
  maxShortSide: 1080,
  maxAudioChannels: 2,
  maxAudioSampleRate: 48_000,
  aspect: { min: 4 / 5, max: 16 / 9 },
  needsFastStart: true,
};

function facts(changes: Partial<VideoFacts> = {}): VideoFacts {
  const container = changes.container ?? 'mp4';
  return {
    kind: 'video',
    container,
    contentType: VIDEO_TYPES[container],
    width: 1280,
    height: 720,
    bytes: 10_000_000,
    durationMs: 10_000,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    frameRate: 30,
    variableFrameRate: false,
    interlaced: false,
    rotation: 0,
    squarePixels: true,
    bitRate: 8_000_000,
    audio: { codec: 'aac', profile: 'LC', channels: 2, sampleRate: 48_000, bitRate: 128_000 },
    fastStart: true,
    editList: false,
    hasLocation: false,
    metadata: [],
    ...changes,
  };
}

const SILENT = (() => {
  const { audio: _audio, ...rest } = facts();
  return rest;
})();

/** The plan in one line: its action, its size and what is done. */
function summary(plan: VideoPlan): string {
  if (plan.action === 'keep') return 'keep';
  if (plan.action === 'refuse') return `refuse ${plan.rule}`;
  return `${plan.action} ${plan.width}x${plan.height} ${plan.steps.map(({ kind }) => kind).join(' ')}`;
}

/** The reason of each step, by its kind. */
function reasons(from: Partial<VideoFacts>, limit: Partial<VideoLimit> = {}, choices: MediaChoices = {}) {
  const plan = planVideo(facts(from), { ...LIMIT, ...limit }, choices);
  return 'steps' in plan ? Object.fromEntries(plan.steps.map(({ kind, reason }) => [kind, reason])) : plan;
}

const ELSE = 'What changes is in every frame, so that all are made anew.';

describe('planVideo', () => {
  it.each<[string, Partial<VideoFacts>, Partial<VideoLimit>, string]>([
    ['a conforming video', {}, {}, 'keep'],
    ['an edit list where nobody minds', { editList: true }, {}, 'keep'],
    ['uneven frames where no rate is named', { variableFrameRate: true }, { maxFrameRate: undefined as never }, 'keep'],
    ['high dynamic range where it is shown', { hdr: 'pq', pixelFormat: 'yuv420p10le' }, { acceptsHdr: true }, 'keep'],
    ['an index at the end', { fastStart: false }, {}, 'remux 1280x720 fastStart'],
    ['a place', { hasLocation: true, metadata: ['location'] }, {}, 'remux 1280x720 strip'],
    ['QuickTime', { container: 'mov' }, {}, 'remux 1280x720 container'],
    [
      'QuickTime with parts that are not shown',
      { container: 'mov', editList: true },
      {},
      'transcode 1280x720 encode container',
    ],
    ['a plain edit list where nobody minds', { plainEditList: true }, {}, 'keep'],
    [
      'a plain edit list that is refused',
      { plainEditList: true },
      { refusesEditLists: true },
      'remux 1280x720 editList',
    ],
    ['an edit list that is refused', { editList: true }, { refusesEditLists: true }, 'transcode 1280x720 encode'],
    ['HEVC', { codec: 'hevc' }, {}, 'transcode 1280x720 encode'],
    ['10 bits', { pixelFormat: 'yuv420p10le' }, {}, 'transcode 1280x720 encode'],
    ['high dynamic range', { hdr: 'hlg', pixelFormat: 'yuv420p10le' }, {}, 'transcode 1280x720 tonemap encode'],
    ['60 frames a second', { frameRate: 60 }, {}, 'transcode 1280x720 frameRate encode'],
    ['29.97 frames a second', { frameRate: 29.97 }, {}, 'keep'],
    ['interlaced frames', { interlaced: true }, {}, 'transcode 1280x720 deinterlace encode'],
    ['a turned video', { rotation: 90, width: 1080, height: 1350 }, {}, 'transcode 1080x1350 rotate encode'],
    ['pixels that are not square', { squarePixels: false }, {}, 'transcode 1280x720 scale encode'],
    ['odd sides', { width: 1281, height: 721 }, {}, 'transcode 1280x720 scale encode'],
    ['4K', { width: 3840, height: 2160 }, {}, 'transcode 1920x1080 scale encode'],
    ['a tall one', { width: 1080, height: 1920 }, {}, 'transcode 1080x1350 scale pad encode'],
    [
      'uncompressed sound',
      { audio: { codec: 'pcm_s16le', channels: 2, sampleRate: 48_000 } },
      {},
      'transcode 1280x720 audio',
    ],
    ['too small', { width: 320, height: 180 }, { minWidth: 640 }, 'transcode 640x360 scale encode'],
    [
      'WebM',
      { container: 'webm', codec: 'vp9', audio: { codec: 'opus', channels: 2, sampleRate: 48_000 } },
      {},
      'transcode 1280x720 encode audio container',
    ],
    ['too large a file', { bytes: 200_000_000 }, {}, 'transcode 1280x720 encode'],
    ['too long', { durationMs: 252_000 }, {}, 'refuse media.video-too-long'],
    ['too short', { durationMs: 1_000 }, { minDurationMs: 3_000 }, 'refuse media.video-too-short'],
    [
      'an hour in a megabyte',
      { durationMs: 3_600_000, bytes: 5e8 },
      { maxBytes: 1e6, maxDurationMs: 4e6 },
      'refuse media.video-cannot-fit',
    ],
  ])('%s', (_name, video, limit, expected) => {
    expect(summary(planVideo(facts(video), { ...LIMIT, ...limit }))).toBe(expected);
  });

  it('adds a silent track where there is no sound and one is needed, and copies the picture', () => {
    const plan = planVideo(SILENT, { ...LIMIT, needsAudio: true });
    expect(summary(plan)).toBe('transcode 1280x720 silence');
  });

  it('says why in words with numbers', () => {
    expect(reasons({ width: 1080, height: 2160 })).toEqual({
      scale: 'It is 1080 x 2160 pixels; allowed is 1920 for the longer side.',
      pad: '1:2 is taller than 4:5: bars are added at the sides.',
      encode: ELSE,
    });
    expect(reasons({ width: 1080, height: 2160 }, {}, { fit: 'crop' })).toEqual({
      crop: '1:2 is taller than 4:5: the top and the bottom are cut.',
      encode: ELSE,
    });
    expect(reasons({ frameRate: 60 })).toMatchObject({ frameRate: '60 frames a second; 30 are allowed.' });
    expect(reasons({ codec: 'hevc', bytes: 123_456_789 })).toEqual({
      encode: 'Its picture is HEVC; H.264 is accepted. It has 123.5 MB; 100 MB are allowed.',
    });
    expect(reasons({ durationMs: 252_000 })).toMatchObject({
      reason: 'It is 4.2 minutes long; 90 seconds are allowed: choose which part to use.',
      remedy: 'Choose a part of at most 90 seconds.',
    });
    expect(reasons({ audio: { codec: 'aac', channels: 6, sampleRate: 48_000 } })).toEqual({
      audio: 'Its sound has 6 channels; 2 are allowed.',
    });
    expect(reasons({ hasLocation: true, metadata: ['location', 'camera'] })).toEqual({
      strip: 'It says where it was recorded, and more (camera), which nobody should see.',
    });
  });

  it('uses the part that a person chose, and cuts a few frames too many without asking', () => {
    const trim = { startMs: 61_500, endMs: 121_500 };
    const plan = planVideo(facts({ durationMs: 252_000 }), LIMIT, { trim });
    expect(plan).toMatchObject({ action: 'transcode', durationMs: 60_000 });
    expect(reasons({ durationMs: 252_000 }, {}, { trim })).toMatchObject({
      trim: 'Of its 4.2 minutes the part from 1:01.5 to 2:01.5 is used, as chosen.',
    });
    expect(planVideo(facts({ durationMs: 90_300 }), LIMIT)).toMatchObject({ action: 'transcode', durationMs: 89_850 });
    expect(planVideo(facts(), LIMIT, { trim: { startMs: 0, endMs: 10_000 } }).action).toBe('keep');
    expect(planVideo(facts(), LIMIT, { trim: { startMs: 5_000, endMs: 20_000 } })).toMatchObject({
      rule: 'media.trim-outside',
      reason: 'The chosen part, from 0:05 to 0:20, is not within the video, which is 10 seconds long.',
    });
  });

  it('keeps the focus in sight where edges are cut', () => {
    const crop = (x: number) => {
      const plan = planVideo(facts(), { ...LIMIT, aspect: { min: 1, max: 1 } }, { fit: 'crop', focus: { x, y: 0.5 } });
      return 'steps' in plan ? plan.steps.find(({ kind }) => kind === 'crop') : undefined;
    };
    expect(crop(0)).toMatchObject({ x: 0, y: 0, width: 720, height: 720 });
    expect(crop(0.5)).toMatchObject({ x: 280 });
    expect(crop(1)).toMatchObject({ x: 560 });
  });

  it('meets the size by fewer bits, then by fewer pixels, and says so', () => {
    const long = facts({ durationMs: 88_000, bytes: 500_000_000, width: 1920, height: 1080 });
    const encode = (maxBytes: number) => {
      const plan = planVideo(long, { ...LIMIT, maxBytes });
      const step = 'steps' in plan ? plan.steps.find((one) => one.kind === 'encode') : undefined;
      return { plan, bits: step?.maxBitRate ?? 0 };
    };
    const roomy = encode(50_000_000);
    expect(summary(roomy.plan)).toBe('transcode 1920x1080 encode');
    expect(((roomy.bits + 128_000) * 88) / 8).toBeLessThanOrEqual(50_000_000 * 0.95);
    const tight = encode(5_000_000);
    expect(tight.plan).toMatchObject({ width: 960, height: 540 });
    expect(((tight.bits + 64_000) * 88) / 8).toBeLessThanOrEqual(5_000_000 * 0.95);
    expect(JSON.stringify(tight.plan)).toMatch(
      /88 seconds in 5 MB leave \d+ kbit\/s for the picture: it looks better at/,
    );
    expect(encode(200_000).plan).toMatchObject({
      rule: 'media.video-cannot-fit',
      remedy: expect.stringMatching(/^Choose a part of at most [\d.]+ seconds\.$/) as string,
    });
  });

  it('halves frames evenly', () => {
    const rate = (frameRate: number, limit: Partial<VideoLimit>) => {
      const plan = planVideo(facts({ frameRate }), { ...LIMIT, ...limit });
      return 'steps' in plan ? plan.steps.find((step) => step.kind === 'frameRate')?.framesPerSecond : undefined;
    };
    expect(rate(50, { maxFrameRate: 30 })).toBe(25);
    expect(rate(120, { maxFrameRate: 60 })).toBe(60);
    expect(rate(60.01, { maxFrameRate: 60 })).toBe(60);
    expect(rate(15, { minFrameRate: 23, maxFrameRate: 60 })).toBe(30);
  });
});

const GIF: ImageFacts = {
  ...{ kind: 'image', format: 'gif', contentType: CONTENT_TYPES.gif, width: 401, height: 300, bytes: 1_000_000 },
  ...{ orientation: 1, pages: 40, durationMs: 4_000, hasAlpha: false, colourSpace: 'srgb', hasLocation: false },
  ...{ hasProfile: false, metadata: [] },
};

describe('planMedia', () => {
  const { video } = limitSet('Bluesky').limits;

  it('makes a video of an animation that is not accepted as an image', () => {
    const plan = planMedia(GIF, limitSet('Bluesky').limits);
    expect(plan).toMatchObject({ output: 'video', action: 'transcode', durationMs: 4_000, width: 400, height: 300 });
    expect(JSON.stringify(plan)).toContain('An animation is not accepted as it is: it becomes a video.');
    expect(planMedia(GIF, limitSet('Mastodon default').limits)).toMatchObject({ output: 'image', action: 'keep' });
    expect(planMedia(GIF, limitSet('Instagram feed image').limits)).toMatchObject({
      rule: 'media.animation-unsupported',
    });
  });

  it('says what is not taken at all', () => {
    expect(planMedia(facts(), limitSet('Instagram feed image').limits)).toMatchObject({
      rule: 'media.kind-unsupported',
    });
    expect(planMedia({ ...GIF, pages: 1 }, { ...(video && { video }) })).toMatchObject({
      rule: 'media.kind-unsupported',
    });
  });

  it('lets documents go out as they are, or not at all', () => {
    const pdf = { kind: 'document', contentType: 'application/pdf', width: 0, height: 0, bytes: 5_000 } as const;
    const { limits } = limitSet('LinkedIn');
    expect(planMedia(pdf, limits).action).toBe('keep');
    expect(planMedia({ ...pdf, bytes: 200_000_000 }, limits)).toMatchObject({ rule: 'media.document-unsupported' });
    expect(planMedia({ ...pdf, contentType: 'text/plain' }, limits)).toMatchObject({
      rule: 'media.document-unsupported',
    });
  });

  it('refuses documents with more pages than are allowed, where they can be counted', () => {
    const pdf = { kind: 'document', contentType: 'application/pdf', width: 0, height: 0, bytes: 5_000 } as const;
    const limits = { document: { types: ['application/pdf'], maxBytes: 100_000, maxPages: 300 } };
    expect(planMedia({ ...pdf, pages: 300 }, limits).action).toBe('keep');
    expect(planMedia(pdf, limits).action).toBe('keep');
    expect(planMedia({ ...pdf, pages: 1_204 }, limits)).toMatchObject({
      rule: 'media.document-too-many-pages',
      reason: 'It has 1,204 pages; 300 are allowed.',
      remedy: 'Export a part of it with at most 300 pages, and upload that.',
    });
  });
});

describe('pictures of a video', () => {
  it('become covers within the limit, of the moment that was chosen or of the part that is used', () => {
    const limit = { types: ['image/jpeg'], maxBytes: 2_000_000, maxWidth: 640, aspect: { min: 1, max: 1 } };
    expect(planCover(facts(), limit, { coverAtMs: 1_500, fit: 'crop' })).toMatchObject({
      action: 'render',
      format: 'jpeg',
      width: 640,
      height: 640,
      still: { atMs: 1_500 },
    });
    expect(planCover(facts(), limit, { trim: { startMs: 700, endMs: 5_000 } })).toMatchObject({ still: { atMs: 700 } });
  });

  it('become posters that are never wider than the video', () => {
    expect(planStill(facts(), 400)).toMatchObject({ width: 400, height: 225, still: {} });
    expect(planStill(facts({ width: 100, height: 50 }), 400)).toMatchObject({ width: 100, height: 50 });
  });
});

describe('planHash', () => {
  const hash = (video: Partial<VideoFacts>, limit: Partial<VideoLimit> = {}, choices: MediaChoices = {}) =>
    planHash(planVideo(facts(video), { ...LIMIT, ...limit }, choices));

  it('is one for plans that make the same of a video', () => {
    expect(hash({ codec: 'hevc', fastStart: false })).toBe(
      hash({ codec: 'hevc', fastStart: false }, { needsFastStart: false }),
    );
    expect(hash({ frameRate: 60 })).toBe(
      hash({ frameRate: 60 }, { maxDurationMs: 60_000, videoCodecs: ['h264', 'vp9'] }),
    );
    expect(hash({ fastStart: false })).toBe(hash({ fastStart: false }, { maxBytes: 50_000_000 }));
  });

  it('is another for choices and limits that matter', () => {
    const tall = { width: 1080, height: 1920 };
    const hashes = [
      hash(tall),
      hash(tall, {}, { fit: 'crop' }),
      hash(tall, {}, { fit: 'crop', focus: { x: 0.5, y: 0 } }),
      hash(tall, {}, { trim: { startMs: 0, endMs: 5_000 } }),
      hash(tall, {}, { trim: { startMs: 1_000, endMs: 6_000 } }),
      hash(tall, { maxBytes: 1_000_000 }),
      hash(tall, { maxFrameRate: 24 }),
      hash({}),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    const cover = { types: ['image/jpeg'], maxBytes: 2_000_000 };
    expect(planHash(planCover(facts(), cover))).not.toBe(planHash(planCover(facts(), cover, { coverAtMs: 5 })));
  });
});
