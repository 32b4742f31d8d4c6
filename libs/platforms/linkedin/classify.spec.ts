import { isListedRefusal, type JsonObject, MalformedAnswerError, PlatformHttpError } from '#platforms/core';
import { classify } from './classify.js';
import { CODES } from './failures.js';
import { manifest } from './manifest.js';

const NOW = new Date('2026-11-23T12:00:00Z');

function answered(status: number, body: JsonObject | string, headers: Record<string, string> = {}) {
  return new PlatformHttpError(status, new Headers(headers), body, 'publish the post');
}

const field = (code: string, fieldPath = 'commentary') => ({
  message: 'words',
  errorDetailType: 'com.linkedin.common.error.BadRequest',
  errorDetails: { inputErrors: [{ code, description: 'why', input: { inputPath: { fieldPath } } }] },
});

/** status, body, kind, code, whether the publishing request is surely without effect */
const TABLE: [number, JsonObject, string, string, boolean][] = [
  [401, { serviceErrorCode: 65_600, code: 'INVALID_ACCESS_TOKEN', message: 'x' }, 'auth', 'INVALID_ACCESS_TOKEN', true],
  [401, { serviceErrorCode: 65_601, code: 'REVOKED_ACCESS_TOKEN', message: 'x' }, 'auth', 'REVOKED_ACCESS_TOKEN', true],
  [401, { serviceErrorCode: 65_602, code: 'EXPIRED_ACCESS_TOKEN', message: 'x' }, 'auth', 'EXPIRED_ACCESS_TOKEN', true],
  [401, { serviceErrorCode: 65_601, message: 'The token used in the request has been revoked' }, 'auth', '65601', true],
  [401, { message: 'Unauthorized' }, 'auth', '401', true],
  [401, { error: 'invalid_client', error_description: 'x' }, 'permission', 'invalid_client', true],
  [400, { error: 'invalid_request', error_description: 'x' }, 'auth', 'invalid_request', false],
  [400, { error: 'invalid_grant', error_description: 'x' }, 'auth', 'invalid_grant', false],
  [400, { serviceErrorCode: 100, message: 'x' }, 'content', '100', false],
  [403, { serviceErrorCode: 100, code: 'ACCESS_DENIED', message: 'x' }, 'permission', 'ACCESS_DENIED', true],
  [403, { serviceErrorCode: 100, message: 'Not enough permissions' }, 'permission', '100', true],
  [403, { message: 'Forbidden' }, 'permission', '403', false],
  [400, field('FIELD_LENGTH_TOO_LONG'), 'content', 'FIELD_LENGTH_TOO_LONG', true],
  [400, field('MISSING_FIELD'), 'content', 'MISSING_FIELD', true],
  [400, field('UNKNOWN_FIELD'), 'content', 'UNKNOWN_FIELD', true],
  [400, field('MEDIA_ASSET_PROCESSING_FAILED'), 'media', 'MEDIA_ASSET_PROCESSING_FAILED', true],
  [400, field('MEDIA_ASSET_WAITING_UPLOAD'), 'unavailable', 'MEDIA_ASSET_WAITING_UPLOAD', true],
  [400, { message: 'Bad request' }, 'content', '400', false],
  [400, field('SOMETHING_NEW'), 'content', 'SOMETHING_NEW', false],
  [404, { code: 'NOT_FOUND', message: 'Unable to obtain activity for urn: x' }, 'unavailable', 'NOT_FOUND', true],
  [422, { message: 'Content is a duplicate of urn:li:share:7' }, 'duplicate', '422', false],
  [
    422,
    { ...field('DUPLICATE_POST'), message: 'Content is a duplicate of urn:li:ugcPost:7' },
    'duplicate',
    'DUPLICATE_POST',
    false,
  ],
  [409, { message: 'Conflict' }, 'unavailable', '409', false],
  [422, { message: 'ERROR :: /author :: field is required but not found\n' }, 'content', 'linkedin.invalid-body', true],
  [422, { message: 'Something else' }, 'content', '422', false],
  [
    426,
    { code: 'NONEXISTENT_VERSION', message: 'Requested version 20251001 is not active' },
    'permission',
    'NONEXISTENT_VERSION',
    true,
  ],
  [429, { serviceErrorCode: 101, code: 'TOO_MANY_REQUESTS', message: 'x' }, 'rate-limit', 'TOO_MANY_REQUESTS', true],
  [429, { serviceErrorCode: 101, message: 'x' }, 'rate-limit', '101', true],
  [500, { serviceErrorCode: 0, message: 'Internal Server Error' }, 'unavailable', '500', false],
  [500, field('FIELD_LENGTH_TOO_LONG'), 'unavailable', 'FIELD_LENGTH_TOO_LONG', false],
  [504, { message: 'Gateway Timeout' }, 'unavailable', '504', false],
];

// https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling
describe('what an error of LinkedIn means', () => {
  it.each(TABLE)('%s %j', (status, body, kind, platformCode, refused) => {
    const error = answered(status, body);
    const failure = classify(error, NOW);
    expect(failure).toMatchObject({ kind, platformCode });
    expect(isListedRefusal(error, failure, manifest)).toBe(refused);
    expect(failure.message).toMatch(/^[A-Z].+\.$/);
    expect(failure.remedy).toMatch(/^[A-Z].+\.$/);
    expect(failure.docs).toMatch(/^https:\/\/learn\.microsoft\.com\/en-us\/linkedin\//);
  });

  it.each(Object.entries(CODES))('has calm words for %s', (_code, { message, remedy, docs }) => {
    for (const text of [message, remedy]) expect(text).toMatch(/^[A-Z][^!]+\.$/);
    expect(docs).toContain('learn.microsoft.com');
  });

  it('names the field that is wrong, and the post that is the same', () => {
    const { platformMessage } = classify(answered(400, field('FIELD_LENGTH_TOO_LONG', 'content/media/title')), NOW);
    expect(platformMessage).toBe('content/media/title: why');
    const message =
      'com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808';
    const said = { ...field('DUPLICATE_POST', ''), message };
    expect(classify(answered(422, said), NOW).duplicateOf).toBe('urn:li:share:7141138937766391808');
    expect(classify(answered(422, field('DUPLICATE_POST', '')), NOW)).not.toHaveProperty('duplicateOf');
  });

  it('tells the operator what to do about a version that has ended', () => {
    const { message, remedy } = classify(answered(426, { message: 'x' }), NOW);
    expect(message).toContain('version');
    expect(remedy).toContain('LINKEDIN_API_VERSION');
  });

  it('keeps the id of a request, and no long text that may be a token', () => {
    const error = answered(401, { message: `Invalid token ${'A'.repeat(200)}` }, { 'x-li-uuid': 'AAYb' });
    const failure = classify(error, NOW);
    expect(failure.requestId).toBe('AAYb');
    expect(failure.platformMessage).toBe('Invalid token [redacted]');
  });

  it('falls back on the status, and on the transport', () => {
    expect(classify(answered(502, '<html>'), NOW).kind).toBe('unavailable');
    expect(classify(new MalformedAnswerError('publish', 'no id'), NOW).kind).toBe('unknown');
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
    expect(classify(reset, NOW)).toMatchObject({ kind: 'unavailable', platformMessage: 'ECONNRESET' });
  });
});

// https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits
describe('a limit', () => {
  const day = (whose: string) => ({
    serviceErrorCode: 101,
    code: 'TOO_MANY_REQUESTS',
    message: `Resource level throttle ${whose} DAY limit for calls to this resource is reached.`,
  });

  it('of a day ends at midnight UTC', () => {
    const failure = classify(answered(429, day('APPLICATION_AND_MEMBER')), NOW);
    expect(failure).toMatchObject({ kind: 'rate-limit', retryAt: '2026-11-24T00:00:00.000Z' });
    expect(failure).not.toHaveProperty('scope');
  });

  it('of the app concerns everybody who publishes by it', () => {
    expect(classify(answered(429, day('APPLICATION')), NOW)).toMatchObject({ scope: 'app' });
  });

  it('ends when LinkedIn says so, and is not guessed at', () => {
    const error = answered(429, day('APPLICATION'), { 'retry-after': '60' });
    expect(classify(error, NOW).retryAt).toBe('2026-11-23T12:01:00.000Z');
    expect(classify(answered(429, { message: 'Too many requests' }), NOW)).not.toHaveProperty('retryAt');
  });
});
