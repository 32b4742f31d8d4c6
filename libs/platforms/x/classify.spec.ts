import { type JsonObject, isListedRefusal, PlatformHttpError } from '#platforms/core';
import { classify } from './classify.js';
import { KNOWN } from './failures.js';
import { manifest } from './manifest.js';
import { pressure } from './pressure.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const IN_TEN_MINUTES = String(NOW.getTime() / 1000 + 600);
const PROBLEMS = 'https://api.x.com/2/problems';

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}): PlatformHttpError {
  return new PlatformHttpError(status, new Headers(headers), body, 'publish the post');
}

function typed(type: string, detail = 'Something is wrong.', more: JsonObject = {}): JsonObject {
  return { type: `${PROBLEMS}/${type}`, title: 'A problem', detail, ...more };
}

function blank(status: number, detail: string): JsonObject {
  return { type: 'about:blank', title: 'Forbidden', detail, status };
}

function told(status: number, body: unknown, headers?: Record<string, string>) {
  const error = errorOf(status, body, headers);
  const failure = classify(error, NOW);
  return { ...failure, listed: isListedRefusal(error, failure, manifest) };
}

// https://docs.x.com/x-api/fundamentals/response-codes-and-errors#error-types
describe('what X answers', () => {
  it.each([
    [400, typed('invalid-request'), 'content', 'invalid-request', true],
    [
      400,
      typed('invalid-request', 'Wrong.', { errors: [{ message: 'Your media IDs are invalid.' }] }),
      'media',
      'media-invalid',
      true,
    ],
    [404, typed('resource-not-found'), 'content', 'resource-not-found', false],
    [403, typed('not-authorized-for-resource'), 'permission', 'not-authorized-for-resource', true],
    [403, typed('client-forbidden'), 'permission', 'client-forbidden', true],
    [
      403,
      typed('client-forbidden', 'Use a Project.', { reason: 'client-not-enrolled' }),
      'permission',
      'client-not-enrolled',
      true,
    ],
    [403, typed('unsupported-authentication'), 'auth', 'unsupported-authentication', true],
    [403, typed('disallowed-resource'), 'content', 'disallowed-resource', true],
    [429, typed('usage-capped'), 'permission', 'usage-capped', true],
    [429, typed('rate-limit-exceeded'), 'rate-limit', 'rate-limit-exceeded', true],
    [401, blank(401, 'Unauthorized'), 'auth', 'unauthorized', true],
    [403, blank(403, 'You are not permitted to perform this action.'), 'content', 'not-permitted', true],
    [403, blank(403, 'Forbidden'), 'permission', 'forbidden', true],
    [429, blank(429, 'Too Many Requests'), 'rate-limit', 'rate-limit-exceeded', true],
    [413, 'Payload Too Large', 'media', 'media-too-large', false],
  ])('%i %j is "%s"', (status, body, kind, platformCode, listed) => {
    expect(told(status, body)).toMatchObject({ kind, platformCode, listed });
  });

  // https://docs.x.com/x-api/posts/manage-tweets/integrate#post-creation-restrictions-self-serve
  it.each([
    [
      'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      'permission',
      'reply-not-allowed',
    ],
    ['You attempted to reply to a Tweet that is deleted or not visible to you.', 'content', 'parent-missing'],
    ['Quoting this post is not allowed because you have not been mentioned.', 'permission', 'quote-not-allowed'],
    ['Posts are limited to a maximum of 1 cashtag.', 'content', 'cashtags'],
    ['Your Tweet text is too long.', 'content', 'too-long'],
    ['You are not permitted to edit this Post.', 'content', 'edit-not-allowed'],
    ['Your account is suspended and is not permitted to access this feature.', 'permission', 'suspended'],
    ['To protect our users, this account is temporarily locked.', 'permission', 'locked'],
    ['Missing OAuth 2.0 scopes: media.write.', 'permission', 'missing-scope'],
  ])('403 "%s" is "%s"', (detail, kind, platformCode) => {
    expect(told(403, blank(403, detail))).toMatchObject({
      kind,
      platformCode,
      platformMessage: expect.stringContaining(detail.slice(0, 60)) as string,
      listed: true,
    });
  });

  // https://docs.x.com/x-api/getting-started/pricing#credit-balance
  it.each([
    [
      402,
      {
        type: `${PROBLEMS}/credits`,
        title: 'CreditsDepleted',
        detail: 'Your enrolled account does not have any credits to fulfill this request.',
      },
    ],
    [403, { type: `${PROBLEMS}/credits-depleted`, title: 'Payment Required', detail: 'credits depleted' }],
    [402, ''],
  ])('%i %j is a matter of credits, for the whole app', (status, body) => {
    expect(told(status, body)).toMatchObject({
      kind: 'rate-limit',
      scope: 'app',
      platformCode: 'credits',
      listed: true,
    });
  });

  it('a spending limit that is reached waits for nobody', () => {
    const detail = 'Your enrolled account has reached its billing cycle spend cap.';
    expect(told(403, { title: 'SpendCapReached', detail, type: `${PROBLEMS}/credits` })).toMatchObject({
      kind: 'permission',
      platformCode: 'spend-cap',
    });
  });

  it.each([
    ['v2', blank(403, 'You are not allowed to create a Tweet with duplicate content.')],
    ['older', { errors: [{ code: 187, message: 'Status is a duplicate.' }] }],
  ])('a duplicate (%s) is no listed refusal', (_name, body) => {
    expect(told(403, body)).toMatchObject({ kind: 'duplicate', platformCode: 'duplicate', listed: false });
  });

  // https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
  it.each([
    [400, 'invalid_request', 'auth'],
    [400, 'invalid_grant', 'auth'],
    [401, 'invalid_client', 'permission'],
    [401, 'unauthorized_client', 'permission'],
  ])('the sign-in: %i %s is "%s"', (status, error, kind) => {
    expect(told(status, { error, error_description: 'Value passed for the token was invalid.' })).toMatchObject({
      kind,
      platformCode: `oauth/${error}`,
    });
  });

  // https://developer.x.com/en/support/x-api/error-troubleshooting
  it.each([
    [32, 'auth'],
    [64, 'permission'],
    [88, 'rate-limit'],
    [89, 'auth'],
    [186, 'content'],
    [326, 'permission'],
    [433, 'permission'],
  ])('the number %i of older errors is "%s"', (code, kind) => {
    expect(told(403, { errors: [{ code, message: 'No.' }] }).kind).toBe(kind);
  });

  it.each([500, 502, 503, 504])('%i is a fault of its own, and promises nothing', (status) => {
    for (const body of [typed('internal-error'), blank(status, 'You wrote duplicate content.'), '<html>']) {
      expect(told(status, body)).toMatchObject({ kind: 'unavailable', listed: false });
    }
  });

  it('a 400 that says nothing promises nothing', () => {
    for (const body of [blank(400, 'Bad Request'), '', {}]) expect(told(400, body).listed).toBe(false);
  });

  it('names the page, the request and what to do, without an exclamation mark', () => {
    expect(told(403, blank(403, 'Forbidden'), { 'x-transaction-id': 'e92f067a164a24a1' }).requestId).toBe(
      'e92f067a164a24a1',
    );
    for (const { message, remedy, docs } of Object.values(KNOWN)) {
      expect(URL.canParse(docs)).toBe(true);
      for (const words of [message, remedy]) expect(words).toMatch(/^[^!]+\.$/);
    }
  });
});

// https://docs.x.com/fundamentals/rate-limits#checking-your-limits
describe('how long to wait', () => {
  const used = (count: string) => ({ [`${count}-remaining`]: '0', [`${count}-reset`]: IN_TEN_MINUTES });
  const until = new Date(NOW.getTime() + 600_000);

  it.each([
    ['the endpoint', used('x-rate-limit'), undefined],
    ['the account’s day', used('x-user-limit-24hour'), undefined],
    ['the app’s day', { ...used('x-app-limit-24hour'), 'x-rate-limit-reset': '1' }, 'app'],
  ])('is told by %s', (_name, headers, scope) => {
    const failure = told(429, blank(429, 'Too Many Requests'), headers);
    expect(failure).toMatchObject({ kind: 'rate-limit', retryAt: until.toISOString() });
    expect(failure.scope).toBe(scope);
  });

  it('is not told by nonsense', () => {
    for (const reset of ['', 'soon', '-1', '0', '1e99']) {
      expect(told(429, {}, { 'x-rate-limit-reset': reset }).retryAt).toBeUndefined();
    }
  });

  it('is felt before a request is refused, only where nothing is left of what publishing needs', () => {
    const create = { 'x-rate-limit-limit': '100', ...used('x-rate-limit') };
    expect(pressure(create, NOW)).toMatchObject({ until, scope: 'channel' });
    expect(pressure({ ...create, 'x-rate-limit-remaining': '1' }, NOW)).toBeUndefined();
    expect(pressure({ ...create, 'x-rate-limit-reset': String(NOW.getTime() / 1000 - 1) }, NOW)).toBeUndefined();
    expect(pressure({ ...create, 'x-rate-limit-reset': '99999999999' }, NOW)).toBeUndefined();
    // Deleting and reading the profile are used up by themselves.
    for (const limit of ['50', '75', '900'])
      expect(pressure({ ...create, 'x-rate-limit-limit': limit }, NOW)).toBeUndefined();
    expect(pressure(used('x-app-limit-24hour'), NOW)).toMatchObject({ until, scope: 'app' });
    expect(pressure(used('x-user-limit-24hour'), NOW)).toMatchObject({ until, scope: 'channel' });
  });
});
