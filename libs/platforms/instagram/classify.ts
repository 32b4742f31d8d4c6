import { type Failure } from '#platforms/core';
import { classifyGraph, graphErrorOf, knownFailure } from '#platforms/meta';
import { codes, subcodes } from './failures.js';
import { manifest } from './manifest.js';

/** Translates what any method threw, and what the passport strategies handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  return classifyGraph({ manifest, subcodes, codes }, error, now);
}

/** Whether Instagram refused with this subcode. */
export function hasSubcode(error: unknown, subcode: number): boolean {
  return graphErrorOf(error)?.subcode === subcode;
}

/**
 * What the `status` of a container in `ERROR` means: a sentence that ends in the code, such as "Error: Media upload has failed
 * with error code 2207026". https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export function failureOfStatus(status: string): Failure {
  const code = /\b(22070\d\d)\b/.exec(status)?.[1];
  const known = code === undefined ? undefined : knownFailure({ subcodes, codes }, 0, Number(code));
  const unknown = {
    kind: 'media',
    message: 'Instagram could not process the files of this post.',
    remedy:
      'Replace the file that the details name, then retry; if it is the same again, publish it in the Instagram app.',
  } as const;
  return {
    ...(known ?? unknown),
    docs: known?.docs ?? manifest.docs,
    ...(code !== undefined && { platformCode: code }),
    ...(status !== '' && { platformMessage: status.slice(0, 300) }),
  };
}
