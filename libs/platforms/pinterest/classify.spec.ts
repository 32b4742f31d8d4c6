import { isListedRefusal, PlatformHttpError } from '#platforms/core';
import { adapter } from './adapter.js';
import { OPERATIONS } from './classify.js';
import { manifest } from './manifest.js';
import { Practice } from './practice.fixture.js';

const now = new Date('2026-11-23T12:00:00Z');
const refused = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  operation: string = OPERATIONS.publish,
) => new PlatformHttpError(status, new Headers(headers), body, operation);

// The codes and words are those of the examples in Pinterest's own description: https://developers.pinterest.com/docs/api/v5/
describe('what Pinterest answers', () => {
  it.each([
    [401, 2, 'Authentication failed.', 'auth'],
    [401, 3, 'Your token does not have sufficient permissions to perform this operation.', 'permission'],
    [401, 7, 'Not authorized to access board or Pin.', 'permission'],
    [403, 29, 'You are not permitted to access that resource.', 'permission'],
    [403, 403, 'Not authorized to access board or Pin.', 'permission'],
    [403, 29, 'Apps with Trial access may not create Pins in production https://api.pinterest.com', 'permission'],
    [404, 404, 'Board not found.', 'content'],
    [400, 1, 'Invalid parameters.', 'content'],
    [400, 4196, 'The request was invalid', 'content'],
    [400, 6126, 'Invalid request parameter.', 'content'],
    [400, 1, 'Unable to reach the URL. Please check the URL is correct and try again.', 'media'],
    [400, 1, 'The image is larger than 20 MB.', 'media'],
    [429, 8, 'This request exceeded a rate limit.', 'rate-limit'],
    [429, 30, 'This request exceeded a rate limit.', 'rate-limit'],
    [500, 500, 'Something went wrong.', 'unavailable'],
    [503, 503, 'Service unavailable.', 'unavailable'],
  ])('HTTP %i, code %i, "%s" is a matter of %s', (status, code, message, kind) => {
    const error = refused(status, { code, message });
    const failure = adapter.classify(error, now);
    expect(failure).toMatchObject({ kind, platformCode: String(code), platformMessage: message });
    expect([failure.message, failure.remedy]).not.toContain('');
    expect(URL.canParse(failure.docs ?? '')).toBe(true);
    // Every refusal that the page of new Pins explains is one without effect; a fault of its own is not.
    expect(isListedRefusal(error, failure, manifest)).toBe(status < 500);
  });

  it('keeps all that was said where no page explains it', () => {
    const error = refused(418, { code: 9_999, message: 'Teapot', more: { of: 'it' } });
    const failure = adapter.classify(error, now);
    expect(failure).toMatchObject({ kind: 'unknown', platformCode: '9999' });
    expect(failure.platformMessage).toContain('{"of":"it"}');
    expect(isListedRefusal(error, failure, manifest)).toBe(false);
  });

  it('never repeats a token', () => {
    const failure = adapter.classify(refused(400, { code: 1, message: 'Bad pina_ABC123 and pinr.XYZ' }), now);
    expect(failure.platformMessage).toBe('Bad (token) and (token)');
  });

  it.each([
    [
      'seconds until the limit of the account ends',
      { 'x-ratelimit-reset': '30' },
      '2026-11-23T12:00:30.000Z',
      'channel',
    ],
    ['an instant', { 'x-ratelimit-reset': '1795521630' }, '2026-11-24T12:00:30.000Z', 'app'],
    ['a day of trial access', { 'x-ratelimit-reset': '40000' }, '2026-11-23T23:06:40.000Z', 'app'],
    ['Retry-After', { 'retry-after': '10', 'x-ratelimit-reset': '30' }, '2026-11-23T12:00:10.000Z', 'channel'],
  ])('tells when a limit ends, by %s', (_by, headers, retryAt, scope) => {
    expect(adapter.classify(refused(429, { code: 8, message: 'Slow' }, headers), now)).toMatchObject({
      retryAt,
      scope,
    });
  });
});

// https://developers.pinterest.com/docs/reference/rate-limits/
describe('what the headers of an answer say', () => {
  it('waits when nothing is left, and not before', () => {
    const left = (remaining: string, reset?: string) =>
      adapter.pressure?.({ 'x-ratelimit-remaining': remaining, ...(reset && { 'x-ratelimit-reset': reset }) }, now);
    expect(left('1', '30')).toBeUndefined();
    expect(left('0', '30')).toMatchObject({ until: new Date('2026-11-23T12:00:30Z'), scope: 'channel' });
    expect(left('0', '50000')).toMatchObject({ scope: 'app' });
    expect(left('0')).toMatchObject({ until: new Date('2026-11-23T12:01:00Z'), scope: 'channel' });
    expect(left('some')).toBeUndefined();
  });

  it('stands on every answer of the practice network, which refuses what is too much', async () => {
    const practice = await Practice.start();
    try {
      const ctx = await practice.account();
      await practice.order('allow', { category: 'org_read', limit: 5 });
      const answers = [];
      for (let call = 0; call < 6; call += 1) answers.push(await practice.ask(ctx, 'GET', '/user_account'));
      const last = answers.at(-1);
      expect(last).toMatchObject({ status: 429, body: { code: 8 } });
      expect(last?.headers.get('x-ratelimit-remaining')).toBe('0');
      practice.pass(61_000);
      expect((await practice.ask(ctx, 'GET', '/user_account')).status).toBe(200);
    } finally {
      await practice.sandbox.close();
    }
  });
});
