import { isListedRefusal, type JsonObject, MalformedAnswerError, PlatformHttpError } from '#platforms/core';
import { classify, isMissing } from './classify.js';
import { containerFailure } from './failures.js';
import { manifest } from './manifest.js';

const NOW = new Date('2026-11-23T12:00:00Z');

function answered(error: JsonObject, status = 400, headers: Record<string, string> = {}) {
  return new PlatformHttpError(status, new Headers(headers), { error: { message: 'words', ...error } }, 'publish');
}

/** code, subcode, kind, whether the publishing request is surely without effect */
const TABLE: [number, number | undefined, string, boolean][] = [
  [190, undefined, 'auth', true],
  [190, 458, 'auth', true],
  [190, 459, 'auth', true],
  [190, 460, 'auth', true],
  [190, 463, 'auth', true],
  [190, 464, 'auth', true],
  [190, 467, 'auth', true],
  [102, undefined, 'auth', true],
  [452, 4_279_019, 'auth', false],
  [100, 4_279_030, 'auth', false],
  [3, undefined, 'permission', true],
  [10, undefined, 'permission', true],
  [10, 4_279_067, 'permission', false],
  [200, undefined, 'permission', true],
  [299, undefined, 'permission', true],
  [1, 4_279_013, 'permission', false],
  [4, undefined, 'rate-limit', true],
  [17, undefined, 'rate-limit', true],
  [32, undefined, 'rate-limit', true],
  [613, undefined, 'rate-limit', true],
  [80_002, undefined, 'rate-limit', false],
  [9, 2207042, 'rate-limit', false],
  [100, undefined, 'content', true],
  [368, undefined, 'content', true],
  [4, 2207051, 'content', false],
  [-1, 4_279_047, 'content', false],
  [36_000, 2207004, 'media', false],
  [36_001, 2207005, 'media', false],
  [36_003, 2207009, 'media', false],
  [1, 2207052, 'media', false],
  [24, 4_279_009, 'unavailable', false],
  [24, 4_279_004, 'unavailable', false],
  [-2, 2207020, 'unavailable', false],
  [506, undefined, 'duplicate', false],
  [1, undefined, 'unavailable', false],
  [2, undefined, 'unavailable', false],
  [987, undefined, 'unknown', false],
];

// https://developers.facebook.com/docs/graph-api/guides/error-handling
describe('what an error of Threads means', () => {
  it.each(TABLE)('code %s, subcode %s is %s; refused without effect: %s', (code, subcode, kind, refused) => {
    const error = answered({ code, ...(subcode !== undefined && { error_subcode: subcode }) });
    const failure = classify(error, NOW);
    expect(failure.kind).toBe(kind);
    expect(isListedRefusal(error, failure, manifest)).toBe(refused);
    expect(failure.message).toMatch(/^[A-Z].+\.$/);
    expect(failure.remedy).toMatch(/^[A-Z].+\.$/);
    if (kind !== 'unknown') expect(failure.message).toMatch(/Threads|ClickPost|links|account|app|video|image|profile/);
  });

  it('takes no code behind a 5xx for a refusal', () => {
    const error = answered({ code: 100 }, 500);
    expect(isListedRefusal(error, classify(error, NOW), manifest)).toBe(false);
  });

  // https://developers.facebook.com/documentation/threads/posts#links shows the code and no answer that holds it.
  it.each([
    [{ code: 100, message: '(#100) THREADS_API__LINK_LIMIT_EXCEEDED' }],
    [{ code: 'THREADS_API__LINK_LIMIT_EXCEEDED' }],
    [{ code: 100, error_user_title: 'ErrorCode::THREADS_API__LINK_LIMIT_EXCEEDED' }],
  ])('knows the link limit wherever it is named: %j', (error) => {
    const failure = classify(answered(error), NOW);
    expect(failure).toMatchObject({
      kind: 'content',
      message: 'The post has more than five links.',
      platformCode: 'THREADS_API__LINK_LIMIT_EXCEEDED',
    });
    expect(failure.docs).toContain('/threads/posts#links');
    expect(isListedRefusal(answered(error), failure, manifest)).toBe(false);
  });

  it('keeps all that was said with a code that nobody explains', () => {
    const failure = classify(answered({ code: 987, error_user_msg: 'Strange.', detail: 'more' }), NOW);
    expect(failure).toMatchObject({ kind: 'unknown', platformCode: '987' });
    expect(failure.platformMessage).toContain('Strange.');
  });

  it('waits as long as the usage headers ask', () => {
    const headers = { 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":19}]}' };
    expect(classify(answered({ code: 613 }, 403, headers), NOW).retryAt).toBe('2026-11-23T12:19:00.000Z');
  });

  it('falls back on the status, and on the transport', () => {
    expect(classify(new PlatformHttpError(502, new Headers(), '<html>', 'publish'), NOW).kind).toBe('unavailable');
    expect(classify(new MalformedAnswerError('publish', 'not JSON'), NOW).kind).toBe('unknown');
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
    expect(classify(reset, NOW)).toMatchObject({ kind: 'unavailable', platformMessage: 'ECONNRESET' });
  });

  it('knows what is not there', () => {
    expect(isMissing(answered({ code: 24, error_subcode: 4_279_009 }))).toBe(true);
    expect(isMissing(answered({ code: 100, error_subcode: 33 }))).toBe(true);
    expect(isMissing(answered({ code: 100 }))).toBe(false);
  });
});

// https://developers.facebook.com/documentation/threads/troubleshooting
describe('why a container became nothing', () => {
  it.each([
    ['FAILED_DOWNLOADING_VIDEO', /PUBLIC_URL/],
    ['FAILED_PROCESSING_AUDIO', /Replace/],
    ['FAILED_PROCESSING_VIDEO', /Replace/],
    ['INVALID_ASPEC_RATIO', /Replace/],
    ['INVALID_ASPECT_RATIO', /Replace/],
    ['INVALID_BIT_RATE', /Replace/],
    ['INVALID_DURATION', /Replace/],
    ['INVALID_FRAME_RATE', /Replace/],
    ['INVALID_AUDIO_CHANNELS', /Replace/],
    ['INVALID_AUDIO_CHANNEL_LAYOUT', /Replace/],
    ['UNKNOWN', /Retry/],
    ['SOMETHING_NEW', /Retry/],
  ])('%s is a matter of the files, with a remedy', (code, remedy) => {
    const failure = containerFailure(code, true);
    expect(failure).toMatchObject({ kind: 'media', platformCode: code });
    expect(failure.remedy).toMatch(remedy);
  });

  it('is no matter of files where there are none', () => {
    expect(containerFailure('UNKNOWN', false).kind).toBe('unavailable');
  });
});
