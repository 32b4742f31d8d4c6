import { type AccountContext, type ChannelUsage, isJsonObject, PlatformFailure } from '#platforms/core';
import { type Access, accessOf } from './api.js';

const DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit';
const WHAT = 'posts, reels and stories in 24 hours';

/** The smaller of the two documented numbers (the guide says 100), where the account's own is not told. */
const DOCUMENTED_QUOTA = 50;
const DAY_S = 86_400;
/** The window moves, and nothing says when the oldest post leaves it. */
const ASK_AGAIN_MS = 3_600_000;

/** How many posts the account has published through programs, and how many it may. */
export async function usage(ctx: AccountContext): Promise<ChannelUsage[]> {
  return [await readUsage(ctx, accessOf(ctx))];
}

/** Throws a `PlatformFailure` where no more posts may be published for now: nothing is made then that cannot go out. */
export async function requireQuota(ctx: AccountContext, access: Access): Promise<void> {
  const { used, limit } = await readUsage(ctx, access);
  if (used < limit) return;
  throw new PlatformFailure({
    kind: 'rate-limit',
    message: `This account has published ${used} of the ${limit} posts that Instagram allows in 24 hours through programs.`,
    remedy: 'Nothing to do: it goes out when the oldest of them is more than 24 hours old.',
    platformCode: 'instagram.quota-used-up',
    retryAt: new Date(ctx.now().getTime() + ASK_AGAIN_MS).toISOString(),
    docs: DOCS,
  });
}

async function readUsage(ctx: AccountContext, { graph, token, accountId }: Access): Promise<ChannelUsage> {
  const answer = await graph.call(ctx, {
    operation: 'read the publishing limit',
    method: 'GET',
    path: `${accountId}/content_publishing_limit`,
    token,
    query: { fields: 'quota_usage,config' },
  });
  const [first] = Array.isArray(answer.data) ? answer.data : [];
  const { quota_usage: used, config } = isJsonObject(first) ? first : {};
  const { quota_total: total, quota_duration: seconds } = isJsonObject(config) ? config : {};
  return {
    what: WHAT,
    used: typeof used === 'number' ? used : 0,
    limit: typeof total === 'number' ? total : DOCUMENTED_QUOTA,
    windowMs: (typeof seconds === 'number' ? seconds : DAY_S) * 1_000,
    docs: DOCS,
  };
}
