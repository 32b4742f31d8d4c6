import { type Json, type PrepareContext, type SegmentDraft } from '#platforms/core';
import { type PracticeImage } from '#platforms/testing';

/** A post of this text, with whatever else is given. */
export function draftOf(text: string, rest: Partial<SegmentDraft> = {}): SegmentDraft {
  return { kind: 'post', text, media: [], settings: {}, ...rest };
}

/** A context for an account on a server, as the runner makes it, with checkpoints in memory. */
export function contextFor(
  instance: string,
  rest: Partial<PrepareContext> & { accessToken?: string; accountId?: string } = {},
): PrepareContext {
  const { accessToken = 'practice', accountId = '', ...given } = rest;
  const steps = new Map<string, Json>();
  return {
    fetch: (...input) => fetch(...input),
    now: () => new Date(),
    endpoints: {},
    credentials: { instance, accessToken },
    channelDetails: { accountId },
    options: {},
    spend: () => undefined,
    use: () => undefined,
    media: [] as PracticeImage[],
    setId: 'set-1',
    async step<T extends Json>(name: string, fn: () => Promise<T> | T): Promise<T> {
      if (!steps.has(name)) steps.set(name, await fn());
      return steps.get(name) as T;
    },
    ...given,
  };
}
