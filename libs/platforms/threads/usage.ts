import {
  type AccountContext,
  type ChannelUsage,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
} from '#platforms/core';
import { profileOf, threads } from './api.js';
import { isNotAllowed } from './classify.js';
import { usedUp } from './failures.js';
import { LIMIT_DOCS } from './pages.js';

/** The window moves, and Threads does not say when its oldest post leaves it: it is looked at again after that time. */
const LOOK_AGAIN_MS = 20 * 60_000;

/** What Threads counts, by the names of its fields. https://developers.facebook.com/documentation/threads/troubleshooting */
const COUNTED = {
  posts: { usage: 'quota_usage', config: 'config', what: 'posts in 24 hours' },
  replies: { usage: 'reply_quota_usage', config: 'reply_config', what: 'replies in 24 hours' },
  deletions: { usage: 'delete_quota_usage', config: 'delete_config', what: 'deletions in 24 hours' },
} as const;
type Counted = keyof typeof COUNTED;

/**
 * How much of the profile's limits is used. Without the permission to reply, Threads tells of posts alone.
 * https://developers.facebook.com/documentation/threads/overview#rate-limiting
 */
export async function usage(ctx: AccountContext): Promise<ChannelUsage[]> {
  try {
    return await read(ctx, ['posts', 'replies', 'deletions']);
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    return read(ctx, ['posts']);
  }
}

/** Throws a `PlatformFailure` where no more posts or replies are taken today, before anything is made for one. */
export async function requireQuota(ctx: AccountContext, counted: 'posts' | 'replies'): Promise<void> {
  const [found] = await read(ctx, [counted]);
  if (!found || found.used < found.limit) return;
  throw new PlatformFailure(usedUp(counted, found.limit, new Date(ctx.now().getTime() + LOOK_AGAIN_MS)));
}

/** Whether the profile's permissions let this be read: the page says which each of them needs. */
export async function mayRead(ctx: AccountContext, counted: Counted): Promise<boolean> {
  try {
    await read(ctx, [counted]);
    return true;
  } catch (error) {
    if (isNotAllowed(error)) return false;
    throw error;
  }
}

async function read(ctx: AccountContext, asked: readonly Counted[]): Promise<ChannelUsage[]> {
  const { token, userId } = profileOf(ctx);
  const operation = 'read the limits of the profile';
  const fields = asked.flatMap((name) => [COUNTED[name].usage, COUNTED[name].config]).join(',');
  const path = `${userId}/threads_publishing_limit`;
  const { data } = await threads.call(ctx, { operation, method: 'GET', path, token, query: { fields } });
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  if (!isJsonObject(first)) throw new MalformedAnswerError(operation, '"data" holds nothing');
  return asked.flatMap((name) => usageIn(first, name));
}

/** What the answer leaves out is not counted for this profile. */
function usageIn(answer: JsonObject, name: Counted): ChannelUsage[] {
  const { usage: used, config, what } = COUNTED[name];
  const count = answer[used];
  const limits = answer[config];
  if (typeof count !== 'number' || !isJsonObject(limits)) return [];
  const { quota_total: limit, quota_duration: seconds } = limits;
  if (typeof limit !== 'number' || typeof seconds !== 'number') return [];
  return [{ what, used: count, limit, windowMs: seconds * 1000, docs: LIMIT_DOCS }];
}
