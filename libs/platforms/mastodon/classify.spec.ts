import { isListedRefusal, type Json, PlatformHttpError } from '#platforms/core';
import { type Operation } from './api.js';
import { classify } from './classify.js';
import { manifest } from './manifest.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');

function http(operation: Operation, status: number, error: Json, headers: Record<string, string> = {}) {
  const body = typeof error === 'string' ? { error } : error;
  return new PlatformHttpError(status, new Headers(headers), body, operation);
}

describe('what Mastodon says', () => {
  it.each<[Operation, number, string, string, boolean]>([
    ['publish status', 401, 'The access token is invalid', 'auth', true],
    ['publish status', 401, 'The access token was revoked', 'auth', true],
    ['publish status', 403, 'This action is outside the authorized scopes', 'permission', true],
    ['publish status', 403, 'Your login is currently disabled', 'permission', true],
    ['publish status', 422, 'This method requires an authenticated user', 'auth', true],
    ['publish status', 422, "Validation failed: Text can't be blank", 'content', true],
    ['publish status', 422, 'Validation failed: Text character limit of 500 exceeded', 'content', true],
    ['publish status', 422, 'Validation failed: Visibility is not included in the list', 'content', true],
    ['publish status', 422, 'Cannot attach more than 4 files', 'media', true],
    [
      'publish status',
      422,
      'Cannot attach files that have not finished processing. Try again in a moment!',
      'unavailable',
      true,
    ],
    ['publish status', 422, 'Media 1 not found or already attached to another post', 'media', false],
    ['publish status', 422, 'Duplicate record', 'content', false],
    ['publish status', 404, 'The post you are trying to reply to does not appear to exist.', 'content', true],
    ['publish status', 404, 'Record not found', 'unknown', false],
    ['publish status', 400, 'param is missing or the value is empty', 'content', false],
    ['publish status', 429, 'Too many requests', 'rate-limit', true],
    ['publish status', 500, 'Internal Server Error', 'unavailable', false],
    ['publish status', 503, 'There was a temporary problem', 'unavailable', false],
    ['list statuses', 410, 'Gone', 'permission', false],
    ['upload media', 422, 'Validation failed: File content type is invalid, File is invalid', 'media', false],
    ['upload media', 422, 'Validation failed: Description is too long (maximum is 1500 characters)', 'media', false],
    ['upload media', 500, 'Error processing thumbnail for uploaded media', 'media', false],
    ['upload media', 500, 'Internal Server Error', 'unavailable', false],
    ['upload media', 413, '<html>Request Entity Too Large</html>', 'media', false],
    ['read media', 422, 'Error processing thumbnail for uploaded media', 'media', false],
    ['read media', 404, 'Record not found', 'media', false],
  ])('%s: %i %s is %s, listed: %s', (operation, status, said, kind, listed) => {
    const error = http(operation, status, said);
    const failure = classify(error, NOW);
    expect(failure).toMatchObject({ kind, platformMessage: said });
    expect(isListedRefusal(error, failure, manifest)).toBe(listed);
  });

  it('passes on when to come back, and the id of the request', () => {
    const headers = { 'x-ratelimit-reset': '2026-11-22T12:05:00.123456Z', 'x-request-id': 'abc' };
    expect(classify(http('publish status', 429, 'Too many requests', headers), NOW)).toMatchObject({
      retryAt: '2026-11-22T12:05:00.123Z',
      requestId: 'abc',
    });
    const late = { 'x-ratelimit-reset': '2026-11-22T11:00:00Z' };
    expect(classify(http('publish status', 429, 'Too many requests', late), NOW).retryAt).toBeUndefined();
    // On other answers the header is only the time at which the count starts anew.
    expect(classify(http('publish status', 503, 'Down', headers), NOW).retryAt).toBeUndefined();
  });

  it('keeps the description of an error', () => {
    const error = http('verify credentials', 401, { error: 'invalid_token', error_description: 'It expired' });
    expect(classify(error, NOW).platformMessage).toBe('invalid_token: It expired');
  });
});
