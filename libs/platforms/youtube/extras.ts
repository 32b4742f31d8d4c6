import { PlatformHttpError } from '#platforms/core';
import { googleErrorOf } from '#platforms/google';
import { classify } from './classify.js';

/**
 * Why YouTube did not take what goes with a video, for the middle of a sentence. Undefined = it concerns more than that (the sign-in,
 * the quota, the project), or passes: then it is nothing to go on after.
 * @param words what is known by YouTube's reason
 */
export function refusalOfExtra(error: unknown, words: Readonly<Record<string, string>>, now: Date): string | undefined {
  const known = googleErrorOf(error)
    ?.reasons.map((reason) => words[reason])
    .find((why) => why !== undefined);
  if (known !== undefined || !(error instanceof PlatformHttpError)) return known;
  const { kind, platformMessage, platformCode = '' } = classify(error, now);
  if (kind !== 'content' && kind !== 'media') return undefined;
  return `YouTube did not take it: ${(platformMessage ?? platformCode).replace(/[.\s]+$/, '')}`;
}

/** Whether YouTube named this reason. */
export function isRefusedFor(error: unknown, reason: string): boolean {
  return googleErrorOf(error)?.reasons.includes(reason) === true;
}
