import { isListedRefusal, type JsonObject, MalformedAnswerError, PlatformHttpError } from '#platforms/core';
import { isGone } from '#platforms/meta';
import { classify } from './classify.js';
import { manifest } from './manifest.js';

const NOW = new Date('2026-11-01T12:00:00Z');

function answered(error: JsonObject, status = 400, headers: Record<string, string> = {}) {
  return new PlatformHttpError(status, new Headers(headers), { error: { message: 'words', ...error } }, 'publish');
}

/** code, subcode, kind, whether the commit is surely without effect */
const TABLE: [number, number | undefined, string, boolean][] = [
  [190, undefined, 'auth', true],
  [190, 458, 'auth', true],
  [190, 459, 'auth', true],
  [190, 460, 'auth', true],
  [190, 463, 'auth', true],
  [190, 464, 'auth', true],
  [190, 467, 'auth', true],
  [190, 492, 'permission', true],
  [190, 2069032, 'auth', true],
  [102, undefined, 'auth', true],
  [3, undefined, 'permission', true],
  [10, undefined, 'permission', true],
  [200, undefined, 'permission', true],
  [200, 2069031, 'permission', true],
  [299, undefined, 'permission', true],
  [4, undefined, 'rate-limit', true],
  [17, undefined, 'rate-limit', true],
  [32, undefined, 'rate-limit', true],
  [613, undefined, 'rate-limit', true],
  [80001, undefined, 'rate-limit', true],
  [80002, undefined, 'rate-limit', true],
  [80099, undefined, 'rate-limit', false],
  [100, undefined, 'content', true],
  [100, 33, 'content', true],
  [197, undefined, 'content', true],
  [368, undefined, 'content', true],
  [1346003, undefined, 'content', false],
  [1404102, undefined, 'content', false],
  [1609008, undefined, 'content', false],
  [100, 1366046, 'media', false],
  [506, undefined, 'duplicate', false],
  [100, 1366051, 'duplicate', false],
  [100, 1390008, 'rate-limit', false],
  [1349125, undefined, 'rate-limit', false],
  [1, undefined, 'unavailable', false],
  [2, undefined, 'unavailable', false],
  [987, undefined, 'unknown', false],
];

describe('what a Graph error means', () => {
  it.each(TABLE)('code %s, subcode %s is %s; refused without effect: %s', (code, subcode, kind, refused) => {
    const error = answered({ code, ...(subcode !== undefined && { error_subcode: subcode }) });
    const failure = classify(error, NOW);
    expect(failure.kind).toBe(kind);
    expect(failure.platformCode).toBe(subcode === undefined ? `${code}` : `${code}/${subcode}`);
    expect(isListedRefusal(error, failure, manifest)).toBe(refused);
    expect(failure.message).toMatch(/^[A-Z].+\.$/);
    expect(failure.remedy).toMatch(/^[A-Z].+\.$/);
  });

  it('takes no code behind a 5xx for a refusal', () => {
    const error = answered({ code: 100 }, 500);
    expect(isListedRefusal(error, classify(error, NOW), manifest)).toBe(false);
  });

  it('hands on the words for the person, the trace id and the page that explains it', () => {
    const failure = classify(
      answered({ code: 368, error_user_msg: 'You are blocked until Friday.', fbtrace_id: 'Abc' }),
      NOW,
    );
    expect(failure).toMatchObject({ platformMessage: 'You are blocked until Friday.', requestId: 'Abc' });
    expect(failure.docs).toContain('error-handling');
  });

  it('waits as long as the longest usage header asks', () => {
    const headers = {
      'x-app-usage': '{"call_count":100}',
      'x-business-use-case-usage':
        '{"1":[{"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":19}]}',
    };
    expect(classify(answered({ code: 32 }, 403, headers), NOW).retryAt).toBe('2026-11-01T12:19:00.000Z');
    expect(classify(answered({ code: 32 }, 403), NOW).retryAt).toBeUndefined();
  });

  it.each([
    [4, 'app'],
    [341, 'app'],
    [32, undefined],
    [80001, undefined],
  ])('says of the limit %i whom it concerns', (code, scope) => {
    expect(classify(answered({ code }), NOW)).toMatchObject({ kind: 'rate-limit' });
    expect(classify(answered({ code }), NOW).scope).toBe(scope);
  });

  it('believes is_transient over a vague refusal, not over a dead token or a limit', () => {
    expect(classify(answered({ code: 100, is_transient: true }), NOW).kind).toBe('unavailable');
    expect(classify(answered({ code: 987, is_transient: true }), NOW).kind).toBe('unavailable');
    expect(classify(answered({ code: 4, is_transient: true }), NOW).kind).toBe('rate-limit');
    expect(classify(answered({ code: 190, is_transient: true }), NOW).kind).toBe('auth');
  });

  it('never repeats a token that Facebook repeats', () => {
    const token = `EAAB${'x'.repeat(60)}`;
    for (const message of [`Malformed access token ${token}`, `Malformed access token EAABx`, `Bad: ${token}`]) {
      expect(JSON.stringify(classify(answered({ code: 190, message }), NOW))).not.toMatch(/EAAB/);
    }
  });

  it('reads what passport-facebook made of a refused code', () => {
    const error = Object.assign(new Error('This authorization code has expired.'), {
      name: 'FacebookTokenError',
      code: 100,
      subcode: 36007,
      traceID: 'Xyz',
    });
    expect(classify(error, NOW)).toMatchObject({ kind: 'auth', platformCode: '100/36007', requestId: 'Xyz' });
  });

  it('falls back on the status, and on the transport', () => {
    expect(classify(new PlatformHttpError(502, new Headers(), '<html>', 'publish'), NOW).kind).toBe('unavailable');
    expect(classify(new MalformedAnswerError('publish', 'not JSON'), NOW).kind).toBe('unknown');
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
    expect(classify(reset, NOW)).toMatchObject({ kind: 'unavailable', platformMessage: 'ECONNRESET' });
  });

  it('knows what is gone', () => {
    expect(isGone(answered({ code: 100, error_subcode: 33 }))).toBe(true);
    expect(isGone(answered({ code: 100 }))).toBe(false);
  });
});
