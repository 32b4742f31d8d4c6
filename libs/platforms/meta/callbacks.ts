import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type CallbackAccount,
  type CallbackRequest,
  isJsonObject,
  type JsonObject,
  type OAuthApp,
  parseJson,
  type PlatformCallbacks,
  type PlatformNotice,
} from '#platforms/core';

/** Who withdraws the app as a whole: https://developers.facebook.com/docs/graph-api/webhooks/reference/permissions */
const CONNECTED = 'connected';

/**
 * For how long after `issued_at` a `signed_request` is believed, in milliseconds. Meta documents no life for it: this is as
 * long as it tries to deliver what it tells by webhooks, so that an installation that was down still hears of it. Within it
 * the same message counts once; after it what leaked into a log is worth nothing.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
 */
export const SIGNED_REQUEST_LIFE_MS = 36 * 3_600_000;

/**
 * What Meta tells an app. Facebook Login, Instagram Login and Threads have secrets and addresses of their own, so the same
 * functions serve each with the app that the address is for.
 */
export const metaCallbacks: PlatformCallbacks = {
  /** https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback */
  deletion: signedAccount,
  /** https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#deauth-callback */
  deauthorization: signedAccount,
  /** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
  challenge: ({ query }, verifyToken) => {
    const asked = query['hub.mode'] === 'subscribe' && query['hub.challenge'] !== undefined;
    return asked && equalTexts(query['hub.verify_token'] ?? '', verifyToken) ? query['hub.challenge'] : undefined;
  },
  /** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications */
  notices: (request, app) => (isFromMeta(request, app) ? noticesIn(request.raw) : undefined),
};

function signedAccount({ form }: CallbackRequest, app: OAuthApp): CallbackAccount | undefined {
  const payload = readSignedRequest(form.signed_request ?? '', app.clientSecret, Date.now());
  const accountId = idOf(payload?.user_id);
  return accountId === undefined ? undefined : { accountId };
}

/** Ids come as text, and as numbers, which `parseWhole` leaves as text where they are too large for one. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/**
 * JSON whose integers beyond 2^53 become text instead of other numbers: ids have seventeen digits and more. Only what stands
 * outside of text is touched.
 */
function parseWhole(text: string): unknown {
  return parseJson(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
      /^\d{16,}$/.test(token) ? `"${token}"` : token,
    ),
  );
}

/**
 * The payload of a `signed_request`, `<signature>.<payload>`, both base64url; undefined where the signature is not that of the
 * secret over the payload as it came, where it is older than `SIGNED_REQUEST_LIFE_MS`, or where its `expires` is over.
 * https://developers.facebook.com/docs/facebook-login/guides/advanced/oauth-in-games#parsingsr
 * @param now in milliseconds
 */
export function readSignedRequest(text: string, secret: string, now: number): JsonObject | undefined {
  const [signature, encoded, ...more] = text.split('.');
  if (!signature || !encoded || more.length > 0) return undefined;
  const expected = createHmac('sha256', secret).update(encoded).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const payload = parseWhole(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (!isJsonObject(payload)) return undefined;
  const { algorithm } = payload;
  const known = typeof algorithm === 'string' && algorithm.toUpperCase() === 'HMAC-SHA256';
  return known && isCurrent(payload, now) ? payload : undefined;
}

/** Both times are in seconds. Some messages expire with 0, which means never; one that has no time cannot be old. */
function isCurrent({ issued_at: issued, expires }: JsonObject, now: number): boolean {
  if (typeof issued === 'number' && now - issued * 1_000 > SIGNED_REQUEST_LIFE_MS) return false;
  return typeof expires !== 'number' || expires <= 0 || expires * 1_000 > now;
}

/** `X-Hub-Signature-256: sha256=<hex>`, over the bytes of the body. */
function isFromMeta({ headers, raw }: CallbackRequest, app: OAuthApp): boolean {
  const expected = `sha256=${createHmac('sha256', app.clientSecret).update(raw).digest('hex')}`;
  return equalTexts(headers['x-hub-signature-256'] ?? '', expected);
}

function noticesIn(raw: Uint8Array): PlatformNotice[] {
  const body = parseWhole(Buffer.from(raw).toString('utf8'));
  if (!isJsonObject(body)) return [];
  const object = typeof body.object === 'string' ? body.object : '';
  return objectsIn(body.entry).flatMap((entry) => noticesOf(object, entry));
}

function noticesOf(object: string, entry: JsonObject): PlatformNotice[] {
  const accountId = idOf(entry.uid) ?? idOf(entry.id) ?? '';
  if (accountId === '') return [];
  const changes = objectsIn(entry.changes);
  if (changes.length === 0) return [{ kind: 'other', accountId, details: { object } }];
  return changes.map(({ field, value }) => {
    const verb = isJsonObject(value) && typeof value.verb === 'string' ? value.verb : '';
    const changed = typeof field === 'string' ? field : '';
    const gone = object === 'permissions' && changed === CONNECTED && /^(revoke|remove)d?$/i.test(verb);
    const details = { object, field: changed, ...(verb !== '' && { verb }) };
    return { kind: gone ? 'account-gone' : 'other', accountId, details };
  });
}

function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isJsonObject) : [];
}

function equalTexts(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
