import { constants, copyFile, rm } from 'node:fs/promises';
import { type MediaFacts } from '../plan/facts.js';
import { type KeepPlan, type RenderPlan } from '../plan/image.js';
import { type MediaPlan } from '../plan/plan.js';
import { type KeepVideoPlan, planVideo, type RemuxPlan, type TranscodePlan, type VideoPlan } from '../plan/video.js';
import { RenditionError } from '../problem.js';
import { renderPage } from './page.js';
import { probeMedia } from './probe.js';
import { digestOf, renderImage } from './render.js';
import { encodeVideo, type RenderOptions } from './render-video.js';
import { renderStill } from './still.js';

/** A file that was made, as it turned out to be. */
export interface RenderedMedia {
  facts: MediaFacts;
  /** SHA-256 of its bytes, hex. */
  digest: string;
}

/**
 * Carries any plan out, then looks at the result again: it must be one that the same limit would keep. Scratch files lie
 * beside the output, under its name with `.parts`; nothing is left behind but the output, and that only where all went well.
 * @param facts those of the original
 * @throws RenditionError where the result does not meet its limit, with each reason
 * @throws GuardedError where the time was over; the reason of the signal where that ended it
 */
export async function renderMedia(
  plan: MediaPlan,
  facts: MediaFacts,
  inputPath: string,
  outputPath: string,
  options: RenderOptions = {},
): Promise<RenderedMedia> {
  options.signal?.throwIfAborted();
  if (plan.action === 'refuse') throw new RenditionError([plan.reason]);
  switch (plan.output) {
    case 'image':
      return renderPicture(plan, facts, inputPath, outputPath, options);
    case 'document':
      return cleanly(outputPath, async () => {
        await copy(inputPath, outputPath);
        return { facts, digest: await digestOf(outputPath) };
      });
    case 'video':
      return cleanly(outputPath, () => renderVideo(plan, facts, inputPath, outputPath, options));
  }
}

/** Of an image, of a moment of a video, or of the first page of a document. */
async function renderPicture(
  plan: KeepPlan | RenderPlan,
  facts: MediaFacts,
  inputPath: string,
  outputPath: string,
  { signal }: RenderOptions,
): Promise<RenderedMedia> {
  if (facts.kind === 'image') return renderImage(plan, inputPath, outputPath);
  if (plan.action === 'keep') throw new Error(`A ${facts.kind} is not kept as an image.`);
  if (facts.kind === 'document') return renderPage(plan, inputPath, outputPath, signal);
  return renderStill(facts, inputPath, outputPath, { ...plan.still, plan, ...(signal && { signal }) });
}

async function renderVideo(
  plan: KeepVideoPlan | RemuxPlan | TranscodePlan,
  facts: MediaFacts,
  inputPath: string,
  outputPath: string,
  options: RenderOptions,
): Promise<RenderedMedia> {
  if (facts.kind === 'document') throw new Error('A document does not become a video.');
  if (plan.action === 'keep') await copy(inputPath, outputPath);
  else await encodeVideo(plan, facts, inputPath, outputPath, options);
  const made = await probeMedia(outputPath, options.signal ? { signal: options.signal } : {});
  if (made.kind !== 'video') throw new RenditionError(['What was made is not a video.']);
  const broken = [...shortened(plan, made.durationMs), ...objections(planVideo(made, plan.limit))];
  if (broken.length > 0) throw new RenditionError(broken);
  return { facts: made, digest: await digestOf(outputPath) };
}

/** A file that is damaged in its middle ends there, without an error. */
const LOST_MS = 500;
const LOST_SHARE = 0.05;

function shortened(plan: KeepVideoPlan | RemuxPlan | TranscodePlan, durationMs: number): string[] {
  if (plan.action !== 'transcode') return [];
  const lost = plan.durationMs - durationMs;
  if (lost <= Math.max(LOST_MS, plan.durationMs * LOST_SHARE)) return [];
  const [made, wanted] = [durationMs, plan.durationMs].map((ms) => (ms / 1000).toFixed(1));
  return [`Only ${made} of ${wanted} seconds could be read: the video is damaged.`];
}

function objections(again: VideoPlan): string[] {
  switch (again.action) {
    case 'keep':
      return [];
    case 'refuse':
      return [again.reason];
    case 'remux':
    case 'transcode':
      return again.steps.map((step) => step.reason);
  }
}

const copy = (from: string, to: string): Promise<void> => copyFile(from, to, constants.COPYFILE_FICLONE);

async function cleanly<T>(outputPath: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await rm(outputPath, { force: true });
    throw error;
  }
}
