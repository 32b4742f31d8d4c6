import { MalformedAnswerError, PlatformHttpError } from '#platforms/core';
import { classify, failureOfStatus } from './classify.js';
import { codes, ERROR_DOCS, REFUSED_CODES, subcodes } from './failures.js';

const NOW = new Date('2026-11-23T12:00:00Z');

const errorOf = (code: number, subcode?: number, headers: Record<string, string> = {}) => {
  const error = { message: 'words', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A1' };
  return new PlatformHttpError(400, new Headers(headers), { error }, 'publish the post');
};

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes, every row of it
const DOCUMENTED: readonly [code: number, subcode: number, kind: string][] = [
  [-2, 2207003, 'unavailable'],
  [-2, 2207020, 'unavailable'],
  [-1, 2207001, 'unavailable'],
  [-1, 2207032, 'unavailable'],
  [-1, 2207053, 'unavailable'],
  [1, 2207057, 'media'],
  [4, 2207051, 'content'],
  [9, 2207042, 'rate-limit'],
  [24, 2207006, 'permission'],
  [24, 2207008, 'unavailable'],
  [25, 2207050, 'permission'],
  [100, 2207023, 'content'],
  [100, 2207028, 'content'],
  [100, 2207035, 'content'],
  [100, 2207036, 'content'],
  [100, 2207037, 'content'],
  [100, 2207040, 'content'],
  [352, 2207026, 'media'],
  [9004, 2207052, 'media'],
  [9007, 2207027, 'unavailable'],
  [36000, 2207004, 'media'],
  [36001, 2207005, 'media'],
  [36003, 2207009, 'media'],
  [36004, 2207010, 'content'],
];

describe('the error codes of Instagram', () => {
  it.each(DOCUMENTED)('explains %d/%d as %s, and names the page', (code, subcode, kind) => {
    const failure = classify(errorOf(code, subcode), NOW);
    expect(failure).toMatchObject({ kind, platformCode: `${code}/${subcode}`, docs: ERROR_DOCS, requestId: 'A1' });
    expect([failure.message, failure.remedy]).not.toContain('');
    expect(`${failure.message} ${failure.remedy}`).not.toContain('!');
  });

  it('explains each in words of its own', () => {
    const sentences = DOCUMENTED.map(([, subcode]) => subcodes[subcode]?.message);
    expect(new Set(sentences).size).toBeGreaterThanOrEqual(DOCUMENTED.length - 1);
  });

  // https://developers.facebook.com/docs/graph-api/guides/error-handling
  it.each([
    [190, 463, 'auth'],
    [190, 458, 'auth'],
    [10, undefined, 'permission'],
    [200, undefined, 'permission'],
    [4, undefined, 'rate-limit'],
    [80002, undefined, 'rate-limit'],
    [2, undefined, 'unavailable'],
    [100, undefined, 'content'],
  ] as const)('explains the general code %d/%s as %s', (code, subcode, kind) => {
    expect(classify(errorOf(code, subcode), NOW)).toMatchObject({ kind });
  });

  it('keeps what was said of a code that nobody explains', () => {
    const failure = classify(errorOf(77777), NOW);
    expect(failure).toMatchObject({ kind: 'unknown', platformCode: '77777' });
    expect(failure.platformMessage).toContain('words');
  });

  it('knows by its subcode alone what a code means that it was never seen with', () => {
    expect(classify(errorOf(12345, 2207009), NOW)).toMatchObject({ kind: 'media', platformCode: '12345/2207009' });
  });

  // https://developers.facebook.com/docs/graph-api/overview/rate-limiting
  it('says when calls are allowed again by the usage of the account', () => {
    const usage = JSON.stringify({
      '178': [{ type: 'instagram', call_count: 100, estimated_time_to_regain_access: 7 }],
    });
    expect(classify(errorOf(80002, undefined, { 'x-business-use-case-usage': usage }), NOW)).toMatchObject({
      kind: 'rate-limit',
      retryAt: '2026-11-23T12:07:00.000Z',
    });
  });

  // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
  it('understands the older form in which the sign-in answers', () => {
    const body = {
      error_type: 'OAuthException',
      code: 400,
      error_message: 'Matching code was not found or was already used',
    };
    const answered = Object.assign(new Error('Failed to obtain access token'), {
      name: 'InternalOAuthError',
      oauthError: { statusCode: 400, data: JSON.stringify(body) },
    });
    expect(classify(answered, NOW)).toMatchObject({ kind: 'auth', platformMessage: body.error_message });
  });

  it('does not take an answer without sense for anything else', () => {
    expect(classify(new MalformedAnswerError('publish the post', '"id" is missing'), NOW)).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('the status of a container', () => {
  // https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
  it('is explained by the code at its end', () => {
    expect(failureOfStatus('Error: Media upload has failed with error code 2207026')).toMatchObject({
      kind: 'media',
      platformCode: '2207026',
      message: codes[352]?.message,
    });
  });

  it('is a matter of the media where it names no code', () => {
    expect(failureOfStatus('Error')).toMatchObject({ kind: 'media', platformMessage: 'Error' });
    expect(failureOfStatus('')).not.toHaveProperty('platformMessage');
  });
});

describe('refusals without effect', () => {
  it('leaves out what may have been published all the same', () => {
    for (const code of ['1', '2', '-1', '-2', '4/2207051', '24/2207006', '24/2207008', '-1/2207001']) {
      expect(REFUSED_CODES).not.toContain(code);
    }
  });
});
