import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type ImageFacts } from '../plan/facts.js';
import { type Size } from '../plan/fit.js';
import { RenditionError } from '../problem.js';
import { decoding, MAX_ANIMATION_PIXELS, openOptions } from './engine.js';

/** Pictures at even times; one that is shown for longer is there several times, as one file under several names. */
export interface Frames {
  /** As ffmpeg's image reader takes it. */
  pattern: string;
  framesPerSecond: number;
  durationMs: number;
}

/** More than ten minutes of 30 a second. */
const MAX_FRAMES = 20_000;
/** What is decoded at a time; each time begins at the first frame. */
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;
/** What browsers take for a delay that is left out or too short to be meant. */
const USUAL_DELAY_MS = 100;
const MIN_DELAY_MS = 11;

/**
 * Takes an animation apart: ffmpeg cannot read WebP, loses the time of the last frame of a GIF, and forgets what is
 * transparent, which becomes white here. Memory does not grow with the number of frames. The folder is made, and removed by whoever asks for it.
 * @throws RenditionError where it would be too many frames
 */
export async function extractFrames(
  path: string,
  facts: ImageFacts,
  folder: string,
  framesPerSecond: number,
): Promise<Frames> {
  await mkdir(folder, { recursive: true });
  const { delay = [], pageHeight = facts.height, width, pages = 1 } = await sharp(path, openOptions(true)).metadata();
  const delays = Array.from({ length: pages }, (_, page) => shownFor(delay[page]));
  const numbers = shownAt(delays, framesPerSecond);
  const count = numbers.at(-1) ?? 0;
  if (count > MAX_FRAMES) {
    throw new RenditionError([`As a video it would have ${count} frames; ${MAX_FRAMES} can be made.`]);
  }
  const size = { width, height: pageHeight };
  const together = Math.max(1, Math.floor(MAX_CHUNK_BYTES / (width * pageHeight * 3)));
  for (let page = 0; page < pages; page += together) {
    const chunk = await decode(path, size, page, Math.min(together, pages - page));
    await write(chunk, size, (index) => namesOf(folder, numbers, page + index));
  }
  return {
    pattern: join(folder, '%06d.ppm'),
    framesPerSecond,
    durationMs: (count * 1000) / framesPerSecond,
  };
}

const shownFor = (delay: number | undefined): number =>
  delay === undefined || delay < MIN_DELAY_MS ? USUAL_DELAY_MS : delay;

/** Up to which number of even frames each frame is shown; rounded in sum, so that errors do not add up. */
function shownAt(delays: readonly number[], framesPerSecond: number): number[] {
  let end = 0;
  return delays.map((delay) => {
    end += delay;
    return Math.max(1, Math.round((end * framesPerSecond) / 1000));
  });
}

/** None where a frame is too short to be seen at this rate. */
function namesOf(folder: string, numbers: readonly number[], page: number): string[] {
  const from = page === 0 ? 0 : (numbers[page - 1] ?? 0);
  const count = (numbers[page] ?? 0) - from;
  return Array.from({ length: count }, (_, index) => join(folder, `${String(from + index + 1).padStart(6, '0')}.ppm`));
}

/** Some frames, one after the other, as bytes of red, green and blue. */
async function decode(path: string, { width, height }: Size, page: number, pages: number): Promise<Buffer> {
  return decoding.run(width * height, () =>
    sharp(path, { ...openOptions(false), limitInputPixels: MAX_ANIMATION_PIXELS, page, pages })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer(),
  );
}

async function write(chunk: Buffer, { width, height }: Size, namesFor: (index: number) => string[]): Promise<void> {
  const header = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1');
  const bytes = width * height * 3;
  for (let index = 0; index * bytes < chunk.length; index += 1) {
    const [first, ...others] = namesFor(index);
    if (first === undefined) continue;
    await writeFile(first, Buffer.concat([header, chunk.subarray(index * bytes, (index + 1) * bytes)]));
    for (const other of others) await link(first, other);
  }
}
