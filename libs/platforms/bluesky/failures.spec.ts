import { isListedRefusal, MalformedAnswerError, PlatformHttpError } from '#platforms/core';
import { classify } from './failures.js';
import { manifest } from './manifest.js';

const now = new Date('2026-11-22T12:00:00Z');
const PUT = 'com.atproto.repo.putRecord';

function answer(status: number, body: unknown, headers: Record<string, string> = {}, operation = PUT) {
  return new PlatformHttpError(status, new Headers(headers), body, operation);
}

describe('classify', () => {
  it.each([
    // [status, error name, kind, refused without effect]
    [400, 'ExpiredToken', 'auth', true],
    [400, 'InvalidToken', 'auth', true],
    [401, 'AuthMissing', 'auth', true],
    [401, 'AuthenticationRequired', 'auth', true],
    [401, 'AuthFactorTokenRequired', 'auth', false],
    [403, 'Forbidden', 'permission', true],
    [401, 'AccountTakedown', 'permission', true],
    [400, 'AccountTakedown', 'permission', true],
    [400, 'AccountDeactivated', 'permission', true],
    [400, 'RepoTakendown', 'permission', false],
    [429, 'RateLimitExceeded', 'rate-limit', true],
    [400, 'BlobTooLarge', 'media', true],
    [400, 'BlobNotFound', 'media', true],
    [400, 'InvalidMimeType', 'media', true],
    [400, 'InvalidSize', 'media', true],
    [413, 'PayloadTooLarge', 'media', true],
    [400, 'InvalidRequest', 'content', true],
    [400, 'InvalidSwap', 'duplicate', false],
    [400, 'SomethingNew', 'content', false],
    [500, 'InternalServerError', 'unavailable', false],
    [502, 'UpstreamFailure', 'unavailable', false],
    [503, 'NotEnoughResources', 'unavailable', false],
    [504, 'UpstreamTimeout', 'unavailable', false],
  ])('HTTP %i %s is %s', (status, name, kind, refused) => {
    const error = answer(status, { error: name, message: 'The words of Bluesky' });
    const failure = classify(error, now);
    expect(failure).toMatchObject({ kind, platformCode: name, platformMessage: 'The words of Bluesky' });
    expect(failure.docs).toMatch(/^https:\/\/docs\.bsky\.app\//);
    expect(isListedRefusal(error, failure, manifest)).toBe(refused);
  });

  it('knows a refused image by the message', () => {
    const message =
      'Invalid app.bsky.feed.post record: blob too big (maximum 1000000, got 1000001) at $.record.embed.images[0].image';
    expect(classify(answer(400, { error: 'InvalidRequest', message }), now)).toMatchObject({
      kind: 'media',
      platformCode: 'InvalidRequest',
    });
  });

  it('goes by the status where there is no error name', () => {
    expect(classify(answer(502, '<html>Bad gateway</html>'), now)).toMatchObject({
      kind: 'unavailable',
      platformCode: '502',
      platformMessage: '<html>Bad gateway</html>',
    });
    expect(classify(answer(404, { nothing: 'known' }), now)).toMatchObject({ kind: 'unknown', platformCode: '404' });
  });

  it.each([
    ['seconds', { 'retry-after': '30', 'ratelimit-reset': '1795348900' }, '2026-11-22T12:00:30.000Z'],
    ['an instant', { 'ratelimit-reset': '1795348900' }, '2026-11-22T12:01:40.000Z'],
    ['nothing', {}, undefined],
  ])('says when to come back: %s', (_what, headers, retryAt) => {
    const error = answer(429, { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }, headers);
    expect(classify(error, now).retryAt).toBe(retryAt);
  });

  it('passes the request id on', () => {
    expect(classify(answer(500, {}, { 'x-request-id': 'r-1' }), now).requestId).toBe('r-1');
  });

  it('speaks of the form while connecting', () => {
    const signIn = 'com.atproto.server.createSession';
    const wrong = answer(
      401,
      { error: 'AuthenticationRequired', message: 'Invalid identifier or password' },
      {},
      signIn,
    );
    expect(classify(wrong, now).message).toBe('Bluesky did not accept this handle and app password.');
    const website = answer(404, '<html>', {}, signIn);
    expect(classify(website, now).message).toBe('There is no Bluesky server at this address.');
  });

  it('takes a broken connection for unavailable and nonsense for unknown', () => {
    const refused = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
    expect(classify(refused, now)).toMatchObject({ kind: 'unavailable', platformMessage: 'ECONNREFUSED' });
    expect(classify(new MalformedAnswerError(PUT, '"uri" is missing'), now).kind).toBe('unknown');
  });
});
