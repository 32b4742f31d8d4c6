import { type AccountContext, PlatformFailure } from '#platforms/core';
import { graph, pageId, pageToken } from './graph.js';

const DAY_MS = 24 * 3_600_000;

/** Reels of one Page by API in 24 hours: https://developers.facebook.com/docs/video-api/guides/reels-publishing, 2026-10-31 */
const REELS_A_DAY = 30;
const DOCS = 'https://developers.facebook.com/docs/video-api/guides/reels-publishing';

/**
 * Asks before anything is uploaded: Facebook refuses the next reel only when it is published, and wants apps to count for
 * themselves. It lists all reels of the Page, also those that people made without an app, of which nobody makes as many.
 * Throws a `PlatformFailure` where none is left, with the moment at which one is.
 */
export async function refuseTooManyReels(ctx: AccountContext): Promise<void> {
  const from = ctx.now().getTime() - DAY_MS;
  const query = { fields: 'created_time', since: String(Math.floor(from / 1000)), limit: '100' };
  const call = { operation: 'count the reels', path: `${pageId(ctx)}/video_reels`, query, token: pageToken(ctx) };
  const times: number[] = [];
  for await (const { created_time: created } of graph.edge(ctx, call)) {
    const at = typeof created === 'string' ? Date.parse(created) : NaN;
    if (at > from) times.push(at);
  }
  if (times.length < REELS_A_DAY) return;
  const [free = ctx.now().getTime()] = times.sort((a, b) => b - a).slice(REELS_A_DAY - 1);
  throw new PlatformFailure({
    kind: 'rate-limit',
    message: `This Page has ${times.length} reels of the last 24 hours; Facebook takes ${REELS_A_DAY}.`,
    remedy: 'Nothing to do: it is tried again when Facebook takes the next one.',
    retryAt: new Date(free + DAY_MS).toISOString(),
    docs: DOCS,
  });
}
