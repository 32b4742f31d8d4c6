import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { planImage, type RenderPlan } from '../plan/image.js';
import { PAGE_SIDE } from '../plan/page.js';
import { RenditionError } from '../problem.js';
import { GuardedError } from './guarded.js';
import { drawPdf } from './pdf.js';
import { readFacts } from './probe.js';
import { renderImage, type Rendition } from './render.js';

/**
 * Draws the first page of a PDF, and makes of it what a plan asks for. Leaves nothing behind but its output.
 * @throws RenditionError where it cannot be drawn with the time and memory that there are for it
 */
export async function renderPage(
  plan: RenderPlan,
  inputPath: string,
  outputPath: string,
  signal?: AbortSignal,
): Promise<Rendition> {
  const scratch = `${outputPath}.parts`;
  await mkdir(scratch, { recursive: true });
  try {
    const picture = join(scratch, 'page.png');
    await draw(inputPath, picture, signal);
    const found = await readFacts(picture);
    const again = planImage(found, plan.limit);
    if (again.action === 'refuse') throw new RenditionError([again.reason]);
    return await renderImage(again, picture, outputPath);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function draw(inputPath: string, picture: string, signal?: AbortSignal): Promise<void> {
  const raw = `${picture}.raw`;
  try {
    const drawn = await drawPdf(inputPath, raw, PAGE_SIDE, signal);
    if (!drawn) throw new RenditionError([NOT_DRAWN]);
    const { width, height } = drawn;
    await sharp(await readFile(raw), { raw: { width, height, channels: 4 } })
      .flatten({ background: 'white' })
      .png()
      .toFile(picture);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GuardedError) || error.stderr.includes('ENOSPC')) throw error;
    throw Object.assign(new RenditionError([NOT_DRAWN]), { cause: error });
  }
}

const NOT_DRAWN = 'The first page of the document could not be drawn.';
