import { createHash } from 'node:crypto';
import { type SandboxRequest } from '#platforms/core';
import { tooManyCalls } from './answers.js';
import { type State } from './state.js';

const MINUTE_MS = 60_000;

/** "Each user access_token is limited to … requests per minute." Of the pages of each request. */
const LIMITS = { creator: 20, init: 6, status: 30, other: 600 } as const;
export type Category = keyof typeof LIMITS;

/** Counts a call within the minute that moves with the time. Throws `Refused` where it is one too many. */
export function countCall(state: State, request: SandboxRequest, category: Category): void {
  const who = createHash('sha256')
    .update(request.headers.authorization ?? '')
    .digest('hex');
  const key = `${category}:${who}`;
  const now = state.now();
  const recent = (state.calls.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
  if (recent.length >= LIMITS[category]) throw tooManyCalls();
  state.calls.set(key, [...recent, now]);
}
