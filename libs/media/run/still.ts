import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type VideoFacts } from '../plan/facts.js';
import { planImage, type RenderPlan } from '../plan/image.js';
import { type ImageLimit } from '../plan/limits.js';
import { RenditionError } from '../problem.js';
import { openOptions } from './engine.js';
import { GuardedError, runGuarded } from './guarded.js';
import { readFacts } from './probe.js';
import { renderImage, type Rendition } from './render.js';
import { videoTools } from './tools.js';
import { openArguments, PICTURE_MAP, QUIET, seconds } from './video-arguments.js';
import { stillFilters } from './video-filters.js';

/** Which picture of a video is wanted. */
export interface StillOptions {
  /** Milliseconds of the original; left out = the first that shows something. */
  atMs?: number;
  /** Pixels; a smaller video is not enlarged. */
  width?: number;
  /** What the picture has to be; left out = a JPEG of any size. */
  limit?: ImageLimit;
  /** How the picture is made into what it has to be; left out = whatever the limit asks for. */
  plan?: RenderPlan;
  signal?: AbortSignal;
}

const ANY_JPEG: ImageLimit = { types: ['image/jpeg'], maxBytes: 10_000_000 };
/** Pictures that are looked at, two a second, for one that shows something. */
const CANDIDATES = 8;
const CANDIDATES_A_SECOND = 2;
/** Brightness of 0 to 255 below which a picture is taken for black, and how much it has to vary not to be empty. */
const DARK = 20;
const EVEN = 6;
const BOUNDS = { timeMs: 60_000, memoryBytes: 3 * 1024 ** 3, fileBytes: 256 * 1024 * 1024 };

/**
 * Makes a still image of a video: a cover, or the poster that stands for it on screens. It goes through the same steps
 * as an uploaded image, and is looked at again in the same way. Leaves nothing behind but its output.
 * @throws RenditionError where no picture can be read, or none that fits the limit can be made
 */
export async function renderStill(
  facts: VideoFacts,
  inputPath: string,
  outputPath: string,
  options: StillOptions = {},
): Promise<Rendition> {
  const scratch = `${outputPath}.parts`;
  await mkdir(scratch, { recursive: true });
  try {
    const picture = await choosePicture(facts, inputPath, scratch, options);
    const found = await readFacts(picture);
    const whole = found.width === facts.width && found.height === facts.height;
    const plan = whole && options.plan ? options.plan : planImage(found, limitOf(options));
    if (plan.action === 'refuse') throw new RenditionError([plan.reason]);
    return await renderImage(plan, picture, outputPath);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function limitOf({ width = Infinity, plan, limit = plan?.limit ?? ANY_JPEG }: StillOptions): ImageLimit {
  const maxWidth = Math.min(width, limit.maxWidth ?? Infinity);
  return { ...limit, ...(maxWidth < Infinity && { maxWidth }) };
}

async function choosePicture(
  facts: VideoFacts,
  inputPath: string,
  scratch: string,
  { atMs, signal }: StillOptions,
): Promise<string> {
  const at = atMs === undefined ? 0 : Math.max(0, Math.min(atMs, facts.durationMs - 1));
  const many = atMs === undefined;
  let pictures = await takePictures(facts, inputPath, scratch, { at, many, signal });
  // The very last moment may lie behind the last picture.
  if (pictures.length === 0 && at > 0) {
    const before = Math.max(0, facts.durationMs - 500);
    pictures = await takePictures(facts, inputPath, scratch, { at: before, many: true, signal });
    return pictures.at(-1) ?? nothing();
  }
  return (await firstThatShows(pictures)) ?? nothing();
}

function nothing(): never {
  throw new RenditionError(['No picture of the video could be read.']);
}

async function takePictures(
  facts: VideoFacts,
  inputPath: string,
  scratch: string,
  { at, many, signal }: { at: number; many: boolean; signal: AbortSignal | undefined },
): Promise<string[]> {
  const { ffmpeg } = await videoTools();
  const filters = [...(many ? [`fps=${CANDIDATES_A_SECOND}`] : []), ...stillFilters(facts)];
  const args = [
    ...QUIET,
    ...['-threads', '1', '-ss', seconds(at)],
    ...openArguments({ kind: 'video', path: inputPath, facts }),
    ...[...PICTURE_MAP, '-an', '-sn', '-dn', '-map_metadata', '-1', '-vf', filters.join(',')],
    ...['-frames:v', String(many ? CANDIDATES : 1), '-c:v', 'png', '-f', 'image2', '%03d.png'],
  ];
  try {
    await runGuarded(ffmpeg, { args, cwd: scratch, bounds: BOUNDS, ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GuardedError) || error.stderr.includes('No space left')) throw error;
    throw Object.assign(new RenditionError(['No picture of the video could be read.']), { cause: error });
  }
  return (await readdir(scratch))
    .filter((name) => name.endsWith('.png'))
    .sort()
    .map((name) => join(scratch, name));
}

/** The first picture that is neither black nor empty; where all are, the one with the most in it. */
async function firstThatShows(pictures: readonly string[]): Promise<string | undefined> {
  let best: { path: string; variety: number } | undefined;
  for (const path of pictures) {
    const { channels } = await sharp(path, openOptions(false)).greyscale().stats();
    const { mean = 0, stdev = 0 } = channels[0] ?? {};
    if (mean > DARK && stdev > EVEN) return path;
    if (!best || stdev > best.variety) best = { path, variety: stdev };
  }
  return best?.path;
}
