import { createHash } from 'node:crypto';
import { type RenderPlan } from './image.js';
import { type MediaPlan } from './plan.js';
import { type RemuxPlan, type TranscodePlan, type VideoStep } from './video.js';

/**
 * SHA-256 (hex) of what a plan does, as canonical JSON: equal for plans whose renditions of one original are
 * interchangeable. The wording of reasons does not count, nor does a limit that changes nothing.
 */
export function planHash(plan: MediaPlan): string {
  return createHash('sha256')
    .update(canonicalJson(essenceOf(plan)))
    .digest('hex');
}

function essenceOf(plan: MediaPlan): unknown {
  switch (plan.action) {
    case 'keep':
      return { action: plan.action };
    case 'refuse':
      return { action: plan.action, rule: plan.rule };
    case 'render':
      return essenceOfImage(plan);
    case 'remux':
    case 'transcode':
      return essenceOfVideo(plan);
  }
}

function essenceOfImage({ action, format, animated, width, height, still, steps }: RenderPlan): unknown {
  return { action, format, animated, width, height, ...(still && { still }), steps: steps.map(withoutWords) };
}

/** Every video that is written is MP4 with its index first and nothing besides picture and sound, whoever asks for it. */
const ALWAYS: ReadonlySet<VideoStep['kind']> = new Set(['container', 'fastStart', 'editList', 'strip']);

function essenceOfVideo(plan: RemuxPlan | TranscodePlan): unknown {
  const { output, action, width, height } = plan;
  const steps = plan.steps.filter(({ kind }) => !ALWAYS.has(kind)).map(withoutWords);
  return { output, action, width, height, ...(plan.action === 'transcode' && { durationMs: plan.durationMs }), steps };
}

function withoutWords<T extends { reason: string }>({ reason: _words, ...step }: T): Omit<T, 'reason'> {
  return step;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
