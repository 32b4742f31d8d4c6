import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RenditionError } from '../problem.js';
import { cached, clip, CLIPS, type ClipName, dotAt } from '../testing/clips.js';
import { PATCHES } from '../testing/card.js';
import { Workbench } from '../testing/corpus.js';
import { colourAt, discSize, distance, readPicture } from '../testing/judge.js';
import { probeVideo } from './video-probe.js';
import { renderStill, type StillOptions } from './still.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

async function still(path: string, options?: StillOptions) {
  const facts = await probeVideo(path, path.endsWith('mov') ? 'mov' : 'mp4');
  const output = bench.path('still');
  const rendition = await renderStill(facts, path, output, options);
  return { ...rendition, picture: await readPicture(output) };
}

describe('a still image of a video', () => {
  it.each<[ClipName, tolerance: number]>([
    ['portraitPhone', 10],
    ['widePixels', 10],
    // Less bright on purpose: there has to be room for what is brighter than white.
    ['hdrPq', 60],
  ])('of %s stands upright, in its shape and its colours', async (name, tolerance) => {
    const { facts, picture } = await still(await clip(name), { width: 320 });
    const { width, height } = CLIPS[name];
    expect(facts).toMatchObject({ format: 'jpeg', width: 320 });
    expect(Math.abs(facts.height - (320 * height) / width)).toBeLessThanOrEqual(1);
    const disc = discSize(picture, { x: 0.5, y: 0.5 });
    expect(Math.abs(disc.width / disc.height - 1)).toBeLessThan(0.05);
    for (const { x, y, colour } of PATCHES) {
      const found = colourAt(picture, x, y);
      if (distance(found, colour) > tolerance)
        throw new Error(`At ${x}, ${y}: ${found.join()} is not ${colour.join()}`);
    }
  });

  it.each([200, 800])('shows the moment that was asked for: %i ms', async (atMs) => {
    const { picture } = await still(await clip('landscape'), { atMs });
    const dark = [200, 500, 800].filter((ms) => {
      const { x, y } = dotAt(ms / 1000);
      return Math.max(...colourAt(picture, x, y)) < 60;
    });
    expect(dark).toEqual([atMs]);
  });

  it('shows the last picture where the moment lies behind it', async () => {
    const { picture } = await still(await clip('landscape'), { atMs: 999_999 });
    expect(distance(colourAt(picture, 0.1, 0.1), PATCHES[0]?.colour ?? [0, 0, 0])).toBeLessThan(10);
  });

  it('is not the black that a video begins with', async () => {
    const path = await cached('blackStart', {
      ...CLIPS.silent,
      lasting: 1.8,
      filters: ["drawbox=c=black:t=fill:enable='lt(t,0.9)'", ...CLIPS.silent.filters],
    });
    const { picture } = await still(path);
    expect(distance(colourAt(picture, 0.1, 0.1), PATCHES[0]?.colour ?? [0, 0, 0])).toBeLessThan(10);
  });

  it('leaves nothing behind where no picture can be read', async () => {
    const whole = await readFile(await clip('landscape'));
    const facts = await probeVideo(await clip('landscape'), 'mp4');
    // The index is there, and none of what it points to.
    const path = await bench.file(whole.fill(0, whole.indexOf('mdat') + 4));
    const output = bench.path('still');
    await expect(renderStill(facts, path, output)).rejects.toBeInstanceOf(RenditionError);
    expect((await readdir(bench.directory)).filter((name) => name.startsWith(basename(output)))).toEqual([]);
  });
});
