import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ImageFacts, type VideoFacts } from '../plan/facts.js';
import { type VideoLimit } from '../plan/limits.js';
import { type RemuxPlan, type TranscodePlan, type VideoStep } from '../plan/video.js';
import { RenditionError } from '../problem.js';
import { card, PATCHES } from '../testing/card.js';
import { animatedWebp, cached, clip, CLIPS, dotAt } from '../testing/clips.js';
import { Workbench } from '../testing/corpus.js';
import { colourAt, discSize, distance, fitted, type Picture, readPicture, similarity } from '../testing/judge.js';
import { encodeVideo, type RenderOptions } from './render-video.js';
import { renderStill } from './still.js';
import { readFacts } from './probe.js';
import { probeVideo } from './video-probe.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

const LIMIT: VideoLimit = { types: ['video/mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'], maxBytes: 5_000_000 };
const reason = 'For a test.';
const ENCODE: VideoStep = { kind: 'encode', codec: 'h264', profile: 'high', level: 41, maxBitRate: 4_000_000, reason };
const AUDIO: VideoStep = { kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2, bitRate: 96_000, reason };

async function factsOf(path: string): Promise<VideoFacts> {
  return probeVideo(path, path.endsWith('mov') ? 'mov' : path.endsWith('webm') ? 'webm' : 'mp4');
}

function transcode(
  facts: VideoFacts | ImageFacts,
  size: { width: number; height: number },
  ...steps: VideoStep[]
): TranscodePlan {
  return { output: 'video', action: 'transcode', limit: LIMIT, ...size, durationMs: facts.durationMs ?? 0, steps };
}

async function make(
  plan: TranscodePlan | RemuxPlan,
  facts: VideoFacts | ImageFacts,
  path: string,
  options: RenderOptions = {},
) {
  const output = bench.path('made');
  await encodeVideo(plan, facts, path, output, options);
  return { output, facts: await probeVideo(output, 'mp4') };
}

async function pictureAt(path: string, atMs: number): Promise<Picture> {
  const still = bench.path('still');
  await renderStill(await probeVideo(path, 'mp4'), path, still, { atMs });
  return readPicture(still);
}

function expectPatches(picture: Picture, tolerance: number, place = (x: number, y: number) => ({ x, y })): void {
  for (const patch of PATCHES) {
    const { x, y } = place(patch.x, patch.y);
    const found = colourAt(picture, x, y);
    if (distance(found, patch.colour) > tolerance)
      throw new Error(`At ${x}, ${y}: ${found.join()} is not ${patch.colour.join()}`);
  }
}

describe('a video that is encoded anew', () => {
  it('shows the same, upright, unstretched, in standard colours', async () => {
    const name = 'portraitPhone';
    const path = await clip(name);
    const facts = await factsOf(path);
    expect(facts).toMatchObject({ width: CLIPS[name].width, height: CLIPS[name].height });
    const made = await make(transcode(facts, facts, ENCODE, AUDIO), facts, path);
    expect(made.facts).toMatchObject({
      width: facts.width,
      height: facts.height,
      codec: 'h264',
      pixelFormat: 'yuv420p',
      colourSpace: 'bt709',
      rotation: 0,
      squarePixels: true,
      variableFrameRate: false,
      interlaced: false,
      fastStart: true,
      editList: false,
      hasLocation: false,
      metadata: [],
      audio: { codec: 'aac', channels: 2, sampleRate: 48_000 },
    });
    expect(Math.abs(made.facts.durationMs - facts.durationMs)).toBeLessThan(150);
    const picture = await pictureAt(made.output, 600);
    expectPatches(picture, 10);
    const disc = discSize(picture, { x: 0.5, y: 0.5 });
    expect(Math.abs(disc.width / disc.height - 1)).toBeLessThan(0.05);
    const original = await readPicture(await card(facts.width, facts.height).png().toBuffer());
    expect(similarity(original, picture)).toBeGreaterThan(0.93);
  });
});

describe('the shape', () => {
  it('is cut at the edges, made smaller, and put on bars, without stretching', async () => {
    const path = await clip('landscape');
    const crop = { x: 70, y: 0, width: 500, height: 360 };
    const scale = { width: 300, height: 216 };
    const pad = { width: 300, height: 300, colour: '#204060' };
    const made = await make(
      transcode(
        await factsOf(path),
        { width: 300, height: 300 },
        { kind: 'crop', ...crop, reason },
        { kind: 'scale', ...scale, reason },
        { kind: 'pad', ...pad, reason },
        ENCODE,
      ),
      await factsOf(path),
      path,
    );
    expect(made.facts).toMatchObject({ width: 300, height: 300 });
    const picture = await pictureAt(made.output, 600);
    const original = await readPicture(await card(640, 360).png().toBuffer());
    expect(similarity(await fitted(original, { crop, scale, pad }), picture)).toBeGreaterThan(0.93);
    for (const y of [0.05, 0.95]) expect(distance(colourAt(picture, 0.5, y), [0x20, 0x40, 0x60])).toBeLessThan(8);
    const disc = discSize(picture, { x: 0.5, y: 0.5 });
    expect(Math.abs(disc.width / disc.height - 1)).toBeLessThan(0.05);
  });
});

describe('time', () => {
  it('begins and ends exactly where it is trimmed, of copied sound as well', async () => {
    const path = await clip('landscape');
    const facts = await factsOf(path);
    const plan = transcode(facts, facts, { kind: 'trim', startMs: 310, endMs: 910, reason }, ENCODE);
    const made = await make({ ...plan, durationMs: 600 }, facts, path);
    expect(Math.abs(made.facts.durationMs - 600)).toBeLessThan(100);
    // No key frame is near: what is shown first is what was shown then.
    const dots = [0.31, 0.86].map(dotAt);
    const [first, last] = [await pictureAt(made.output, 0), await pictureAt(made.output, 550)];
    expect(dots.map(({ x, y }) => Math.max(...colourAt(first, x, y)) < 70)).toEqual([true, false]);
    expect(dots.map(({ x, y }) => Math.max(...colourAt(last, x, y)) < 70)).toEqual([false, true]);
  });

  it('leaves out what an edit list does not show, of copied sound as well', async () => {
    const path = await clip('editList');
    const facts = await factsOf(path);
    expect(facts).toMatchObject({ editList: true });
    const made = await make(transcode(facts, facts, ENCODE), facts, path);
    expect(made.facts).toMatchObject({ editList: false });
    expect(Math.abs(made.facts.durationMs - facts.durationMs)).toBeLessThan(100);
    const first = await pictureAt(made.output, 0);
    const { x, y } = dotAt(0.5);
    expect(Math.max(...colourAt(first, x, y))).toBeLessThan(70);
  });

  it('ends soon enough for the longest that is allowed, with what a container adds', async () => {
    const path = await clip('landscape');
    const facts = await factsOf(path);
    const plan = transcode(facts, facts, ENCODE, AUDIO);
    const made = await make({ ...plan, limit: { ...LIMIT, maxDurationMs: facts.durationMs } }, facts, path);
    expect(made.facts.durationMs).toBeLessThanOrEqual(facts.durationMs);
    expect(made.facts.durationMs).toBeGreaterThan(facts.durationMs - 250);
  });
});

describe('animations', () => {
  it('become a video of the same length, each frame as long as it was', async () => {
    const durationMs = 1_200;
    const path = await bench.file(await animatedWebp(240, 180), 'animation.webp');
    const facts = await readFacts(path);
    const rate: VideoStep = { kind: 'frameRate', framesPerSecond: 30, reason };
    const made = await make({ ...transcode(facts, facts, rate, ENCODE), durationMs }, facts, path);
    expect(made.facts).toMatchObject({ width: 240, height: 180, codec: 'h264', frameRate: 30 });
    expect(Math.abs(made.facts.durationMs - durationMs)).toBeLessThan(100);
    // Red for 300 ms, green for 200 and blue for 700, the right half transparent.
    const moments = [150, 400, 1_100];
    const pictures = await Promise.all(moments.map((ms) => pictureAt(made.output, ms)));
    const colours = [
      [190, 50, 50],
      [60, 150, 70],
      [50, 70, 170],
    ] as const;
    pictures.forEach((picture, index) => {
      expect(distance(colourAt(picture, 0.25, 0.5), colours[index] ?? [0, 0, 0])).toBeLessThan(12);
      expect(distance(colourAt(picture, 0.75, 0.5), [255, 255, 255])).toBeLessThan(6);
    });
  });
});

describe('sound', () => {
  it('is silence where there is none, as long as the picture', async () => {
    const path = await clip('silent');
    const facts = await factsOf(path);
    const silence: VideoStep = { kind: 'silence', sampleRate: 44_100, channels: 2, bitRate: 64_000, reason };
    const made = await make(transcode(facts, facts, ENCODE, silence), facts, path);
    expect(made.facts.audio).toMatchObject({ codec: 'aac', channels: 2, sampleRate: 44_100 });
    expect(Math.abs(made.facts.durationMs - facts.durationMs)).toBeLessThan(100);
  });

  it('and picture are copied into a new file without the place where they were taken', async () => {
    const path = await clip('located');
    const facts = await factsOf(path);
    expect(facts).toMatchObject({ hasLocation: true, plainEditList: true });
    const { width, height } = facts;
    const steps: VideoStep[] = [
      { kind: 'fastStart', reason },
      { kind: 'strip', reason },
    ];
    const made = await make({ output: 'video', action: 'remux', limit: LIMIT, width, height, steps }, facts, path);
    expect(made.facts).toMatchObject({ hasLocation: false, metadata: [], fastStart: true, editList: false });
    expect(made.facts).not.toHaveProperty('plainEditList');
    const [before, after] = await Promise.all([pictureAt(path, 500), pictureAt(made.output, 500)]);
    expect(similarity(before, after)).toBeGreaterThan(0.999);
  });
});

describe('the limit of bytes', () => {
  const small = { ...CLIPS.silent, width: 160, height: 90, lasting: 0.8 };
  const noisy = () => cached('noisy', { ...small, filters: ['noise=alls=60:allf=t', ...CLIPS.silent.filters] });

  it('is met by making it again with fewer bits', async () => {
    const path = await noisy();
    const facts = await factsOf(path);
    const maxBytes = 8_000;
    const plan = { ...transcode(facts, facts, ENCODE), limit: { ...LIMIT, maxBytes } };
    const fractions: number[] = [];
    const made = await make(plan, facts, path, { onProgress: ({ fraction }) => fractions.push(fraction) });
    expect(made.facts.bytes).toBeLessThanOrEqual(maxBytes);
    expect(made.facts.bytes).toBeGreaterThan(maxBytes * 0.6);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('that cannot be met ends in words, and leaves nothing but what it was given', async () => {
    const path = await noisy();
    const facts = await factsOf(path);
    const plan = { ...transcode(facts, facts, ENCODE), limit: { ...LIMIT, maxBytes: 1_500 } };
    const output = bench.path('impossible');
    await expect(encodeVideo(plan, facts, path, output, {})).rejects.toThrow(/1.5 kB are allowed/);
    expect(await leftOf(output)).toEqual([]);
  });
});

describe('what does not come to its end leaves nothing behind', () => {
  it('cancelled in the middle', async () => {
    const path = await clip('longGif');
    const facts = await readFacts(path);
    const controller = new AbortController();
    const output = bench.path('cancelled');
    const big = { width: 640, height: 480 };
    const plan = transcode(facts, big, { kind: 'scale', ...big, reason }, ENCODE);
    const made = encodeVideo({ ...plan, durationMs: 12_000 }, facts, path, output, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('Nobody wants it any more.')),
    });
    await expect(made).rejects.toThrow('Nobody wants it any more.');
    expect(await leftOf(output)).toEqual([]);
  });

  it('out of time', async () => {
    const path = await clip('landscape');
    const facts = await factsOf(path);
    const output = bench.path('late');
    const error: unknown = await encodeVideo(transcode(facts, facts, ENCODE), facts, path, output, { timeMs: 5 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'GuardedError', end: 'time' });
    expect(await leftOf(output)).toEqual([]);
  });

  it('damaged in the middle', async () => {
    const path = await clip('landscape');
    const facts = await factsOf(path);
    const content = await readFile(path);
    const output = bench.path('damaged');
    const damaged = await bench.file(content.fill(0, content.indexOf('mdat') + 4));
    await expect(encodeVideo(transcode(facts, facts, ENCODE), facts, damaged, output, {})).rejects.toBeInstanceOf(
      RenditionError,
    );
    expect(await leftOf(output)).toEqual([]);
  });
});

async function leftOf(output: string): Promise<string[]> {
  return (await readdir(bench.directory)).filter((name) => name.startsWith(basename(output)));
}
