import fc from 'fast-check';
import { type MediaChoices } from './choices.js';
import { type AudioFacts, VIDEO_TYPES, type VideoContainer, type VideoFacts } from './facts.js';
import { LIMIT_SETS } from './limits.fixture.js';
import { type VideoLimit } from './limits.js';
import { shapeProblems } from './shape.js';
import { planVideo, type RemuxPlan, type TranscodePlan, type VideoStep } from './video.js';

const anyAudio: fc.Arbitrary<AudioFacts> = fc.record(
  {
    codec: fc.constantFrom('aac', 'mp3', 'opus', 'vorbis', 'pcm_s16le', 'ac3'),
    profile: fc.constantFrom('LC', 'HE-AAC'),
    channels: fc.integer({ min: 1, max: 8 }),
    sampleRate: fc.constantFrom(8_000, 22_050, 44_100, 48_000, 96_000),
    bitRate: fc.integer({ min: 8_000, max: 2_000_000 }),
  },
  { requiredKeys: ['codec', 'channels', 'sampleRate'] },
);

const anyFacts: fc.Arbitrary<VideoFacts> = fc
  .record(
    {
      container: fc.constantFrom<VideoContainer>('mp4', 'mov', 'webm', 'matroska'),
      width: fc.integer({ min: 1, max: 8192 }),
      height: fc.integer({ min: 1, max: 4320 }),
      bytes: fc.integer({ min: 1_000, max: 5_000_000_000 }),
      durationMs: fc.integer({ min: 1, max: 43_200_000 }),
      codec: fc.constantFrom('h264', 'hevc', 'vp8', 'vp9', 'av1', 'prores'),
      pixelFormat: fc.constantFrom('yuv420p', 'yuvj420p', 'yuv420p10le', 'yuv444p', 'yuv422p10le'),
      frameRate: fc.oneof(
        fc.constantFrom(24, 25, 29.97, 30, 50, 60, 120),
        fc.double({ min: 0.5, max: 240, noNaN: true }),
      ),
      variableFrameRate: fc.boolean(),
      interlaced: fc.boolean(),
      rotation: fc.constantFrom(0, 0, 90, 180, 270),
      squarePixels: fc.boolean(),
      hdr: fc.constantFrom('pq', 'hlg'),
      audio: anyAudio,
      fastStart: fc.boolean(),
      editList: fc.boolean(),
      plainEditList: fc.boolean(),
      hasLocation: fc.boolean(),
      metadata: fc.subarray(['location', 'camera', 'subtitles']),
    },
    {
      requiredKeys: [
        ...(['container', 'width', 'height', 'bytes', 'durationMs', 'codec', 'pixelFormat', 'frameRate'] as const),
        ...(['variableFrameRate', 'interlaced', 'rotation', 'squarePixels', 'fastStart', 'editList'] as const),
        ...(['hasLocation', 'metadata'] as const),
      ],
    },
  )
  .map((record): VideoFacts => ({
    kind: 'video',
    ...record,
    contentType: VIDEO_TYPES[record.container],
    bitRate: Math.round((record.bytes * 8000) / record.durationMs),
  }));

/** Two numbers of which the second is not the smaller, or either alone, or none. */
const range = (least: number, most: number) =>
  fc
    .tuple(fc.option(fc.integer({ min: least, max: most })), fc.option(fc.integer({ min: least, max: most })))
    .map(([a, b]) => (a !== null && b !== null ? [Math.min(a, b), Math.max(a, b)] : [a, b]) as [number?, number?]);

const anyLimit: fc.Arbitrary<VideoLimit> = fc
  .record({
    types: fc.subarray(['video/quicktime', 'video/webm']).map((types) => ['video/mp4', ...types]),
    videoCodecs: fc.subarray(['hevc', 'vp9'] as const).map((codecs) => ['h264' as const, ...codecs]),
    audioCodecs: fc.subarray(['mp3', 'opus'] as const).map((codecs) => ['aac' as const, ...codecs]),
    maxBytes: fc.integer({ min: 100_000, max: 4_000_000_000 }),
    duration: range(1, 3_600_000),
    rate: fc.constantFrom<(number | undefined)[]>([], [23, 60], [undefined, 30], [undefined, 60], [24], [30, 30]),
    width: range(16, 4096),
    height: range(16, 4096),
    maxLongSide: fc.option(fc.integer({ min: 64, max: 4096 })),
    maxPixels: fc.option(fc.integer({ min: 10_000, max: 9_000_000 })),
    aspect: fc.option(fc.constantFrom({ min: 0.8, max: 1.91 }, { min: 0.5625, max: 0.5625 }, { min: 1 / 3, max: 3 })),
    maxVideoBitRate: fc.option(fc.integer({ min: 500_000, max: 50_000_000 })),
    maxAudioBitRate: fc.option(fc.integer({ min: 64_000, max: 320_000 })),
    maxAudioSampleRate: fc.option(fc.constantFrom(44_100, 48_000)),
    maxAudioChannels: fc.option(fc.constantFrom(1, 2)),
    flags: fc.subarray(['needsAudio', 'needsFastStart', 'refusesEditLists', 'acceptsHdr'] as const),
  })
  .map(({ duration, rate, width, height, flags, ...rest }) => {
    const all = {
      ...rest,
      ...{ minDurationMs: duration[0], maxDurationMs: duration[1], minFrameRate: rate[0], maxFrameRate: rate[1] },
      ...{ minWidth: width[0], maxWidth: width[1], minHeight: height[0], maxHeight: height[1] },
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
    };
    return Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== null && value !== undefined),
    ) as unknown as VideoLimit;
  });

const anyChoices: fc.Arbitrary<MediaChoices> = fc.record(
  {
    fit: fc.constantFrom('pad', 'crop'),
    focus: fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) }),
    trim: fc.record({ startMs: fc.integer({ min: 0, max: 10_000 }), endMs: fc.integer({ min: 1, max: 100_000 }) }),
  },
  { requiredKeys: [] },
);

const find = <K extends VideoStep['kind']>(plan: RemuxPlan | TranscodePlan, kind: K) =>
  plan.steps.find((step): step is Extract<VideoStep, { kind: K }> => step.kind === kind);

/** What a plan promises to make. */
function planned(from: VideoFacts, plan: RemuxPlan | TranscodePlan, limit: VideoLimit): VideoFacts {
  const { width, height } = plan;
  const sound = find(plan, 'audio') ?? find(plan, 'silence');
  const audio: AudioFacts | undefined = sound
    ? { codec: 'aac', profile: 'LC', channels: sound.channels, sampleRate: sound.sampleRate, bitRate: sound.bitRate }
    : from.audio;
  const { plainEditList: _plain, ...kept } = from;
  const around: VideoFacts = {
    ...kept,
    ...{ container: 'mp4', contentType: 'video/mp4', width, height, fastStart: true, editList: false },
    ...{ hasLocation: false, metadata: [], bytes: Math.min(from.bytes, limit.maxBytes) },
    ...(audio && { audio }),
  };
  const encode = find(plan, 'encode');
  if (!encode || plan.action === 'remux') return around;
  const { hdr: _hdr, ...rest } = around;
  return {
    ...rest,
    ...{ codec: 'h264', profile: 'High', level: encode.level, pixelFormat: 'yuv420p', colourSpace: 'bt709' },
    ...{ variableFrameRate: false, interlaced: false, rotation: 0, squarePixels: true },
    frameRate: find(plan, 'frameRate')?.framesPerSecond ?? from.frameRate,
    durationMs: plan.durationMs,
    bytes: limit.maxBytes,
    bitRate: encode.maxBitRate + (audio?.bitRate ?? 0),
  };
}

describe('any plan of a video', () => {
  it('has a result that would be kept, that is not stretched, and words for each step', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, anyChoices, (facts, limit, choices) => {
        const plan = planVideo(facts, limit, choices);
        if (plan.action === 'keep') return;
        if (plan.action === 'refuse') {
          expect(plan.reason).toMatch(/^.+\.$/);
          expect(plan.remedy).toMatch(/^[A-Z].+\.$/);
          return;
        }
        for (const { reason } of plan.steps) expect(reason).toMatch(/^([A-Z\d]|video\/).*[^.]\.$/);
        expect(shapeProblems(plan, limit)).toEqual([]);
        const again = planVideo(planned(facts, plan, limit), limit);
        // A minimum of length may lie within what a cut at the end takes off: then a person has to choose.
        if (again.action === 'refuse' && again.rule === 'media.video-too-short') return;
        expect(again).toMatchObject({ action: 'keep' });
        expect(stretched(facts, plan)).toBeLessThan(0.05);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(LIMIT_SETS.flatMap(({ name, limits }) => (limits.video ? [[name, limits.video] as const] : [])))(
    'can be made under the limits of %s, whatever phones, cameras and screens record',
    (_name, limit) => {
      fc.assert(
        fc.property(anyFacts, anyChoices, (facts, { trim: _trim, ...choices }) => {
          const usual = { ...facts, durationMs: 5_000, bytes: Math.min(facts.bytes, 100_000_000) };
          const plan = planVideo(usual, limit, choices);
          expect(plan.action).not.toBe('refuse');
        }),
        { numRuns: 100 },
      );
    },
  );
});

/** By how much the shape of what is shown differs from that of the original; rounding of few pixels does not count. */
function stretched(facts: VideoFacts, plan: RemuxPlan | TranscodePlan): number {
  const scale = find(plan, 'scale');
  if (!scale) return 0;
  const shown = find(plan, 'crop') ?? facts;
  const shortest = Math.min(scale.width, scale.height, shown.width, shown.height);
  // A line of a few pixels has no shape to speak of, before or after: no side is made shorter than two.
  if (shortest < 16) return 0;
  const pixels = 3 / shortest;
  return Math.max(0, Math.abs(scale.width / scale.height / (shown.width / shown.height) - 1) - pixels);
}
