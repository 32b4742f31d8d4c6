import { type Failure } from '#platforms/core';
import { classifyGraph } from '#platforms/meta';
import { CODES, SUBCODES } from './failures.js';
import { manifest } from './manifest.js';

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  return classifyGraph({ manifest, subcodes: SUBCODES, codes: CODES }, error, now);
}
