import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import sharp, { type Sharp } from 'sharp';
import { type ImageFacts } from '../plan/facts.js';
import { type Size } from '../plan/fit.js';
import { type ImagePlan, type ImageStep, type KeepPlan, planImage, QUALITY, type RenderPlan } from '../plan/image.js';
import { tooManyBytes } from '../plan/words.js';
import { RenditionError } from '../problem.js';
import { decoding, openOptions } from './engine.js';
import { readFacts } from './probe.js';

/** The file that a plan made. */
export interface Rendition {
  facts: ImageFacts;
  /** SHA-256 of its bytes, hex. */
  digest: string;
}

/**
 * Carries a plan out, then looks at the result again: it must be one that the same limit would keep. Throws
 * {@link RenditionError} otherwise, and leaves no output behind whatever it throws.
 */
export async function renderImage(
  plan: KeepPlan | RenderPlan,
  inputPath: string,
  outputPath: string,
): Promise<Rendition> {
  try {
    if (plan.action === 'keep') await copyFile(inputPath, outputPath, constants.COPYFILE_FICLONE);
    else {
      const source = await openSource(inputPath);
      await decoding.run(source.width * source.height, () => encodeWithin(plan, source, outputPath));
    }
    const facts = await readFacts(outputPath);
    const broken = objections(planImage(facts, plan.limit));
    if (broken.length > 0) throw new RenditionError(broken);
    return { facts, digest: await digestOf(outputPath) };
  } catch (error) {
    await rm(outputPath, { force: true });
    throw error;
  }
}

/** What has to be known of the original while it is rendered. */
interface Source extends Size {
  path: string;
  /** Does it carry a colour profile, be it that of sRGB? */
  profiled: boolean;
}

async function openSource(path: string): Promise<Source> {
  const { width, height } = await readFacts(path);
  const { icc } = await sharp(path, openOptions(false)).metadata();
  return { path, width, height, profiled: icc !== undefined };
}

function objections(again: ImagePlan): readonly string[] {
  switch (again.action) {
    case 'keep':
      return [];
    case 'refuse':
      return [again.reason];
    case 'render':
      return again.steps.map((step) => step.reason);
  }
}

/** The settings of a format's encoder, from the best looking to the smallest. */
const LEVELS: Readonly<Record<RenderPlan['format'], readonly ((image: Sharp) => Sharp)[]>> = {
  jpeg: qualities().map((quality) => (image) => image.jpeg({ quality })),
  webp: qualities().map((quality) => (image) => image.webp({ quality })),
  png: [(image) => image.png(), (image) => image.png({ palette: true })],
  gif: [(image) => image.gif()],
};

function qualities(): number[] {
  return Array.from({ length: QUALITY.best - QUALITY.worst + 1 }, (_, step) => QUALITY.best - step);
}

/** How much further down than the ratio of bytes says, so that few rounds are needed. */
const MARGIN = 0.95;

/** The best level that fits; where even the smallest does not, the same with fewer and fewer pixels. */
async function encodeWithin(plan: RenderPlan, source: Source, outputPath: string): Promise<void> {
  let size: Size = { width: plan.width, height: plan.height };
  for (;;) {
    const { bytes } = await encodeBest(plan, size, source, outputPath);
    const { maxBytes } = plan.limit;
    if (bytes <= maxBytes) return;
    if (plan.animated || (size.width === 1 && size.height === 1)) {
      throw new RenditionError([`At its smallest: ${tooManyBytes(bytes, maxBytes)}.`]);
    }
    const scale = Math.sqrt(maxBytes / bytes) * MARGIN;
    size = { width: shrink(size.width, scale), height: shrink(size.height, scale) };
  }
}

const shrink = (side: number, scale: number): number => Math.max(1, Math.floor(side * scale));

/** Leaves the file of the best level that fits, else of the smallest, by binary search over the levels. */
async function encodeBest(
  plan: RenderPlan,
  size: Size,
  source: Source,
  outputPath: string,
): Promise<{ bytes: number }> {
  const levels = LEVELS[plan.format];
  let written = -1;
  let bytes = 0;
  const fits = async (level: number): Promise<boolean> => {
    bytes = await encode(plan, size, levels[level] ?? ((image) => image), source, outputPath);
    written = level;
    return bytes <= plan.limit.maxBytes;
  };
  const last = levels.length - 1;
  if ((await fits(0)) || last === 0 || !(await fits(last))) return { bytes };
  let tooLarge = 0;
  let good = last;
  while (good - tooLarge > 1) {
    const middle = Math.floor((tooLarge + good) / 2);
    if (await fits(middle)) good = middle;
    else tooLarge = middle;
  }
  if (written !== good) await fits(good);
  return { bytes };
}

async function encode(
  plan: RenderPlan,
  size: Size,
  level: (image: Sharp) => Sharp,
  source: Source,
  outputPath: string,
): Promise<number> {
  const opened = sharp(source.path, openOptions(plan.animated));
  const image = plan.steps.reduce((step, next) => applyStep(step, next, source), opened);
  if (!plan.animated) placeInto(image, plan, size, source);
  return (await level(image).toFile(outputPath)).size;
}

/** The picture in its size, in the middle of a frame of `size` where it has bars; all smaller alike than planned. */
function placeInto(image: Sharp, plan: RenderPlan, size: Size, source: Size): void {
  const pad = plan.steps.find((step) => step.kind === 'pad');
  if (!pad) {
    image.resize({ ...size, fit: 'fill' });
    return;
  }
  const planned = contentOf(plan, source);
  const content = {
    width: Math.min(size.width, Math.max(1, Math.round((planned.width * size.width) / plan.width))),
    height: Math.min(size.height, Math.max(1, Math.round((planned.height * size.height) / plan.height))),
  };
  const left = Math.floor((size.width - content.width) / 2);
  const top = Math.floor((size.height - content.height) / 2);
  image.resize({ ...content, fit: 'fill' }).extend({
    left,
    top,
    right: size.width - content.width - left,
    bottom: size.height - content.height - top,
    background: pad.colour,
  });
}

/** What is shown inside the bars. */
function contentOf({ steps }: RenderPlan, source: Size): Size {
  return steps.find((step) => step.kind === 'resize') ?? steps.find((step) => step.kind === 'crop') ?? source;
}

function applyStep(image: Sharp, step: ImageStep, { profiled }: Source): Sharp {
  switch (step.kind) {
    case 'orient':
      return image.autoOrient();
    case 'toSrgb':
      // Sharp carries 16 bits from their profile to P3, so sRGB has to be named as the profile of the result. Without a
      // profile they are sRGB already, and the same call would take them for P3.
      return (profiled ? image.withIccProfile('srgb', { attach: false }) : image).toColourspace('srgb');
    case 'flatten':
      return image.flatten({ background: step.background });
    case 'crop':
      return image.extract({ left: step.x, top: step.y, width: step.width, height: step.height });
    // Sharp writes no metadata unless told to; size, format and quality belong to the search for what fits.
    case 'strip':
    case 'resize':
    case 'pad':
    case 'format':
    case 'quality':
      return image;
  }
}

/** SHA-256 of a file, hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
