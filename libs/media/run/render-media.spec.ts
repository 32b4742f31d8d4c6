import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MediaFacts } from '../plan/facts.js';
import { type ImageLimit, type VideoLimit } from '../plan/limits.js';
import { planMedia } from '../plan/plan.js';
import { RenditionError } from '../problem.js';
import { card } from '../testing/card.js';
import { clip } from '../testing/clips.js';
import { Workbench } from '../testing/corpus.js';
import { colourAt, discSize, distance, fitted, readPicture, similarity } from '../testing/judge.js';
import { probeMedia } from './probe.js';
import { renderMedia } from './render-media.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

const VIDEO: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  maxBytes: 5_000_000,
  needsFastStart: true,
};
const BARS = '#ffffff';
const IMAGE: ImageLimit = { types: ['image/jpeg'], maxBytes: 1_000_000 };

describe('renderMedia', () => {
  it('makes a square of a phone’s video, within its limits', async () => {
    const path = await clip('portraitPhone');
    const facts = await probeMedia(path);
    const plan = planMedia(facts, { video: { ...VIDEO, aspect: { min: 1, max: 1 }, maxWidth: 320 } });
    expect(plan).toMatchObject({ output: 'video', action: 'transcode' });
    const output = bench.path('made');
    const made = await renderMedia(plan, facts, path, output);
    expect(made.facts).toMatchObject({ kind: 'video', width: 320, height: 320, codec: 'h264', hasLocation: false });
    expect(made.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['pad', 'crop'] as const)('brings a wide picture into a tall one: %s', async (fit) => {
    const path = await bench.file(await card(640, 360).jpeg({ quality: 95 }).toBuffer());
    const facts = await probeMedia(path);
    const limit = { ...IMAGE, aspect: { min: 0.8, max: 0.8 }, maxWidth: 400 };
    const plan = planMedia(facts, { image: limit }, { fit });
    const output = bench.path('made');
    const made = await renderMedia(plan, facts, path, output);
    expect(made.facts).toMatchObject(fit === 'pad' ? { width: 400, height: 500 } : { width: 288, height: 360 });
    const picture = await readPicture(output);
    const disc = discSize(picture, { x: 0.5, y: 0.5 });
    expect(Math.abs(disc.width / disc.height - 1)).toBeLessThan(0.05);
    const original = await readPicture(path);
    const expected = await fitted(
      original,
      fit === 'pad'
        ? { scale: { width: 400, height: 225 }, pad: { width: 400, height: 500, colour: BARS } }
        : { crop: { x: 176, y: 0, width: 288, height: 360 } },
    );
    expect(similarity(expected, picture)).toBeGreaterThan(0.9);
    if (fit === 'pad') expect(distance(colourAt(picture, 0.5, 0.05), colourAt(expected, 0.5, 0.05))).toBeLessThan(4);
  });

  it('enlarges a picture that is too small', async () => {
    const path = await bench.file(await card(160, 120).png().toBuffer());
    const facts = await probeMedia(path);
    const plan = planMedia(facts, { image: { ...IMAGE, minWidth: 320 } });
    const made = await renderMedia(plan, facts, path, bench.path('made'));
    expect(made.facts).toMatchObject({ width: 320, height: 240, format: 'jpeg' });
  });

  it('gives out what conforms byte for byte', async () => {
    const path = await clip('landscape');
    const facts = await probeMedia(path);
    const plan = planMedia(facts, { video: VIDEO });
    expect(plan).toMatchObject({ action: 'keep' });
    const output = bench.path('made');
    const made = await renderMedia(plan, facts, path, output);
    expect(made.facts).toEqual(facts);
  });

  it('finds out a plan that does not do what its limit asks, and removes its file', async () => {
    const path = await clip('landscape');
    const facts: MediaFacts = await probeMedia(path);
    const output = bench.path('made');
    const limit = { ...VIDEO, maxFrameRate: 25, maxWidth: 320 };
    const plan = { output: 'video', action: 'keep', reason: 'Mistaken.', limit } as const;
    const error: unknown = await renderMedia(plan, facts, path, output).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RenditionError);
    expect((error as RenditionError).reasons.join(' ')).toMatch(/30 frames/);
    expect((error as RenditionError).reasons.join(' ')).toMatch(/640 x 360/);
    expect((await readdir(bench.directory)).filter((name) => name.startsWith(basename(output)))).toEqual([]);
  });

  it('does not begin what nobody wants any more', async () => {
    const path = await clip('landscape');
    const facts = await probeMedia(path);
    const signal = AbortSignal.abort(new Error('Cancelled.'));
    const output = bench.path('made');
    const plan = planMedia(facts, { video: VIDEO });
    await expect(renderMedia(plan, facts, path, output, { signal })).rejects.toThrow('Cancelled.');
  });
});
