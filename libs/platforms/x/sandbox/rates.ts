import { type SandboxAnswer } from '#platforms/core';
import { answering, problem } from './answers.js';
import { type State } from './state.js';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
const APP = 'app';

/** How often one account may ask within 15 minutes. https://docs.x.com/x-api/fundamentals/rate-limits */
const USER_LIMITS = {
  create: 100,
  delete: 50,
  me: 75,
  timeline: 900,
  upload: 500,
  status: 1_000,
  initialize: 1_875,
  append: 1_875,
  finalize: 1_875,
  metadata: 500,
} as const;
/** What is counted on its own. */
export type Endpoint = keyof typeof USER_LIMITS;
/** How many posts the app may make in a day. Same page. */
const APP_POSTS = 10_000;

/** Counts a request of this account, refuses it where it is one too many, and says in the answer's headers how many are left. */
export async function limited(
  state: State,
  userId: string,
  endpoint: Endpoint,
  handle: () => SandboxAnswer | Promise<SandboxAnswer>,
): Promise<SandboxAnswer> {
  const limit = USER_LIMITS[endpoint];
  const { at, times } = state.counted(userId, endpoint, QUARTER_MS);
  const headers = (remaining: number) => ({
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(Math.max(0, remaining)),
    'x-rate-limit-reset': String(Math.ceil((at + QUARTER_MS) / 1000)),
  });
  if (times >= limit || (endpoint === 'create' && !takeFromApp(state))) {
    const { answer } = problem(429, 'about:blank', 'Too Many Requests', 'Too Many Requests');
    return { ...answer, headers: { ...answer.headers, ...headers(limit - times) } };
  }
  state.keepCount(userId, endpoint, { at, times: times + 1 });
  const answer = await answering(handle);
  return { ...answer, headers: { ...answer.headers, ...headers(limit - times - 1) } };
}

function takeFromApp(state: State): boolean {
  const { at, times } = state.counted(APP, 'create', DAY_MS);
  if (times >= APP_POSTS) return false;
  state.keepCount(APP, 'create', { at, times: times + 1 });
  return true;
}
