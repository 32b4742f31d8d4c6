import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type CallbackRequest,
  isJsonObject,
  type OAuthApp,
  parseJson,
  type PlatformCallbacks,
  type PlatformNotice,
} from '#platforms/core';

/** "TikTok retries the delivery of event notification for up to 72 hours." Milliseconds. What is older leaked out of a log. */
export const NOTICE_LIFE_MS = 73 * 3_600_000;
/** `reason` of an end that this installation asked for itself: it says nothing of a sign-in that was made since. */
const OWN_REVOCATION = 5;

/** What TikTok tells an app. https://developers.tiktok.com/doc/webhooks-overview */
export const callbacks: PlatformCallbacks = {
  notices: (request, app) => (isFromTikTok(request, app, Date.now()) ? noticesIn(request.raw) : undefined),
};

/** `TikTok-Signature: t=<seconds>,s=<hex>`, over `<t>.<body>`. https://developers.tiktok.com/doc/webhooks-verification */
function isFromTikTok({ headers, raw }: CallbackRequest, { clientSecret }: OAuthApp, now: number): boolean {
  const parts = (headers['tiktok-signature'] ?? '').split(',').map((part) => part.trim().split('='));
  const { t: seconds = '', s: signature = '' } = Object.fromEntries(parts) as Record<string, string>;
  if (!/^\d{1,12}$/.test(seconds) || now - Number(seconds) * 1_000 > NOTICE_LIFE_MS) return false;
  const expected = createHmac('sha256', clientSecret).update(`${seconds}.`).update(raw).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** https://developers.tiktok.com/doc/webhooks-events */
function noticesIn(raw: Uint8Array): PlatformNotice[] {
  const body = parseJson(Buffer.from(raw).toString('utf8'));
  if (!isJsonObject(body)) return [];
  const { event, user_openid: accountId, content } = body;
  if (typeof event !== 'string' || typeof accountId !== 'string' || accountId === '') return [];
  const told = typeof content === 'string' ? parseJson(content) : undefined;
  const reason = isJsonObject(told) && typeof told.reason === 'number' ? told.reason : undefined;
  const isGone = event === 'authorization.removed' && reason !== OWN_REVOCATION;
  const details = { event, ...(reason !== undefined && { reason }) };
  return [{ kind: isGone ? 'account-gone' : 'other', accountId, details }];
}
