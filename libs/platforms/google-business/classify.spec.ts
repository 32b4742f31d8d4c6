import { isListedRefusal, PlatformHttpError } from '#platforms/core';
import { classify, OPERATIONS } from './classify.js';
import { manifest } from './manifest.js';

const NOW = new Date('2026-11-02T12:00:00Z');
const answered = (status: number, body: unknown, operation: string = OPERATIONS.publish) =>
  new PlatformHttpError(status, new Headers(), body, operation);
const failing = (code: number, status: string, more: object = {}) => ({
  error: { code, status, message: 'Request contains an invalid argument.', ...more },
});
const validation = (detail: object) => ({
  errors: [{ message: 'Request contains an invalid argument.', domain: 'global', reason: 'badRequest' }],
  details: [
    { '@type': 'type.googleapis.com/google.mybusiness.v4.ValidationError', errorDetails: [{ code: 1_000, ...detail }] },
  ],
});

/** What it means, and whether it is certain that nothing was published. */
const told = (error: PlatformHttpError) => {
  const failure = classify(error, NOW);
  return { ...failure, certain: isListedRefusal(error, failure, manifest) };
};

describe('an answer to the publishing request', () => {
  // https://github.com/spotonlive/php-google-my-business/issues/26
  it('of version 4 is a certain refusal, and says which field it is about', () => {
    const body = failing(400, 'INVALID_ARGUMENT', validation({ field: 'topic_type', message: 'It is required.' }));
    expect(told(answered(400, body))).toMatchObject({
      ...{ kind: 'content', platformCode: 'INVALID_ARGUMENT', certain: true },
      platformMessage: 'Request contains an invalid argument. – topic_type: It is required.',
    });
  });

  it.each([
    { message: 'Fetching image failed.' },
    { message: 'Multiframe images not supported' },
    { field: 'media.source_url', message: 'It is not allowed.' },
  ])('%j is about the photo', (detail) => {
    const body = failing(400, 'INVALID_ARGUMENT', validation(detail));
    expect(told(answered(400, body))).toMatchObject({ kind: 'media', certain: true });
  });

  it('of 400 that is no word of Google’s is no certain refusal', () => {
    expect(told(answered(400, '<html>'))).toMatchObject({ kind: 'content', certain: false });
    expect(told(answered(409, failing(409, 'ABORTED')))).toMatchObject({ kind: 'unavailable', certain: false });
    expect(told(answered(500, failing(500, 'INTERNAL')))).toMatchObject({ kind: 'unavailable', certain: false });
  });

  it('of 404 says that the place is gone; of a post, that the post is', () => {
    const gone = (operation: string) => told(answered(404, failing(404, 'NOT_FOUND'), operation)).message;
    expect(gone(OPERATIONS.publish)).toContain('place');
    expect(gone(OPERATIONS.readPosts)).toContain('place');
    expect(gone(OPERATIONS.edit)).toContain('post');
  });

  it('of a quota of 0 is a matter of approval, and of any other one of waiting', () => {
    const quota = (value: string) => ({
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          ...{ reason: 'RATE_LIMIT_EXCEEDED', domain: 'googleapis.com', metadata: { quota_limit_value: value } },
        },
      ],
    });
    const limit = (value: string) => told(answered(429, failing(429, 'RESOURCE_EXHAUSTED', quota(value))));
    expect(limit('0')).toMatchObject({ kind: 'permission' });
    expect(limit('0').scope).toBeUndefined();
    expect(limit('300')).toMatchObject({ kind: 'rate-limit', scope: 'app' });
  });
});
