import { createHash } from 'node:crypto';
import { type ImagePlan } from './image.js';

/**
 * SHA-256 (hex) of what a plan does, as canonical JSON: equal for plans whose renditions are interchangeable. The
 * wording of reasons does not count, nor does a limit that changes nothing.
 */
export function planHash(plan: ImagePlan): string {
  return createHash('sha256')
    .update(canonicalJson(essenceOf(plan)))
    .digest('hex');
}

function essenceOf(plan: ImagePlan): unknown {
  switch (plan.action) {
    case 'keep':
      return { action: plan.action };
    case 'refuse':
      return { action: plan.action, rule: plan.rule };
    case 'render': {
      const { action, format, animated, width, height } = plan;
      const steps = plan.steps.map(({ reason: _words, ...step }) => step);
      return { action, format, animated, width, height, steps };
    }
  }
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
