import { PlatformFailure, PlatformHttpError, type PlatformManifest } from '#platforms/core';
import { classifyGoogle, googleErrorOf, type GoogleTables, isAtEndpoint, isGoneAtGoogle } from './index.js';

const NOW = new Date('2026-11-02T12:00:00Z');
const manifest = { id: 'any', name: 'Any Google' } as PlatformManifest;
const tables: GoogleTables = { docs: 'https://example.com/errors' };

const answered = (status: number, body: unknown, headers = {}) =>
  new PlatformHttpError(status, new Headers(headers), body, 'ask');
const classify = (error: unknown, own: GoogleTables = tables) => classifyGoogle(error, manifest, NOW, own);
const info = (reason: string, metadata = {}) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  ...{ reason, domain: 'googleapis.com', metadata },
});
const rpc = (code: number, status: string, details: object[] = [], message = 'Something is wrong.') =>
  answered(code, { error: { code, message, status, details } });
const listed = (code: number, reason: string) =>
  answered(code, { error: { code, message: 'No.', errors: [{ message: 'No.', domain: 'youtube', reason }] } });

// https://cloud.google.com/apis/design/errors
describe('an error of Google', () => {
  it('is read in the form of google.rpc.Status, with everything that it says', () => {
    const details = [
      info('RATE_LIMIT_EXCEEDED', { quota_limit_value: '300' }),
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field: 'summary', description: 'Too long.' }],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
    ];
    expect(googleErrorOf(rpc(429, 'RESOURCE_EXHAUSTED', details))).toEqual({
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      message: 'Something is wrong.',
      reasons: ['RATE_LIMIT_EXCEEDED'],
      fieldViolations: [{ field: 'summary', description: 'Too long.' }],
      retryDelayMs: 1_500,
      errorInfo: { reason: 'RATE_LIMIT_EXCEEDED', domain: 'googleapis.com', metadata: { quota_limit_value: '300' } },
    });
  });

  it('is read in the older form, with every reason', () => {
    expect(googleErrorOf(listed(403, 'quotaExceeded'))).toMatchObject({ code: 403, reasons: ['quotaExceeded'] });
  });

  it('names the fields of version 4 of Business Profile too', () => {
    const own = {
      '@type': 'type.googleapis.com/google.mybusiness.v4.ValidationError',
      errorDetails: [{ code: 3, field: 'media.source_url', message: 'Fetching image failed.' }],
    };
    const failure = classify(rpc(400, 'INVALID_ARGUMENT', [own]));
    expect(failure).toMatchObject({ kind: 'content', platformCode: 'INVALID_ARGUMENT' });
    expect(failure.platformMessage).toBe('Something is wrong. – media.source_url: Fetching image failed.');
  });

  it('is read of what passport makes of it', () => {
    const token = Object.assign(new Error('Bad Request'), { name: 'TokenError', code: 'invalid_grant', status: 500 });
    const data = JSON.stringify({ error: 'invalid_client', error_description: 'Unauthorized' });
    const internal = Object.assign(new Error('x'), {
      name: 'InternalOAuthError',
      oauthError: { statusCode: 401, data },
    });
    expect(classify(token)).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(classify(internal)).toMatchObject({ kind: 'permission', platformCode: 'invalid_client' });
    expect(googleErrorOf(Object.assign(new Error('x'), { name: 'InternalOAuthError' }))).toBeUndefined();
  });

  it('that an object is gone is told apart from every other', () => {
    expect(isGoneAtGoogle(rpc(404, 'NOT_FOUND'))).toBe(true);
    expect(isGoneAtGoogle(rpc(403, 'PERMISSION_DENIED'))).toBe(false);
    // A page of a proxy is no word of Google's.
    expect(isGoneAtGoogle(answered(404, '<html>'))).toBe(false);
  });
});

describe('what it means', () => {
  it.each([
    [rpc(401, 'UNAUTHENTICATED'), 'auth', 'UNAUTHENTICATED'],
    [rpc(401, 'UNAUTHENTICATED', [info('ACCESS_TOKEN_EXPIRED')]), 'auth', 'ACCESS_TOKEN_EXPIRED'],
    [listed(401, 'authError'), 'auth', 'authError'],
    [rpc(403, 'PERMISSION_DENIED'), 'permission', 'PERMISSION_DENIED'],
    [
      rpc(403, 'PERMISSION_DENIED', [info('ACCESS_TOKEN_SCOPE_INSUFFICIENT')]),
      'permission',
      'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    ],
    [rpc(403, 'PERMISSION_DENIED', [info('SERVICE_DISABLED')]), 'permission', 'SERVICE_DISABLED'],
    [listed(403, 'insufficientPermissions'), 'permission', 'insufficientPermissions'],
    // Of 403, though a limit.
    [listed(403, 'rateLimitExceeded'), 'rate-limit', 'rateLimitExceeded'],
    [rpc(429, 'RESOURCE_EXHAUSTED'), 'rate-limit', 'RESOURCE_EXHAUSTED'],
    [rpc(400, 'INVALID_ARGUMENT'), 'content', 'INVALID_ARGUMENT'],
    [rpc(400, 'FAILED_PRECONDITION'), 'content', 'FAILED_PRECONDITION'],
    [rpc(404, 'NOT_FOUND'), 'unknown', 'NOT_FOUND'],
    [rpc(409, 'ABORTED'), 'unavailable', 'ABORTED'],
    [rpc(500, 'INTERNAL'), 'unavailable', 'INTERNAL'],
    [listed(503, 'backendError'), 'unavailable', 'backendError'],
    [rpc(418, 'SOMETHING_NEW'), 'unknown', 'SOMETHING_NEW'],
    [answered(400, { error: 'invalid_grant' }), 'auth', 'invalid_grant'],
    [answered(401, { error: 'deleted_client' }), 'permission', 'deleted_client'],
    [answered(502, '<html>'), 'unavailable', '502'],
  ])('%s: %s', (error, kind, platformCode) => {
    const failure = classify(error);
    expect(failure).toMatchObject({ kind, platformCode });
    expect(failure.message).toMatch(/^[A-Z].+\.$/);
    expect(failure.remedy).toMatch(/^[A-Z].+\.$/);
  });

  it('says what to do about a permission that was left out, and about an API that is not enabled', () => {
    const scope = classify(listed(403, 'insufficientPermissions'));
    expect(scope.remedy).toMatch(/Reconnect.*every permission/);
    expect(classify(listed(403, 'accessNotConfigured')).remedy).toMatch(/operator.*enable/);
  });

  it('has the platform’s own words counted first', () => {
    const own = { kind: 'content', message: 'The title is wrong.', remedy: 'Change it.' } as const;
    const known = { ...tables, reasons: { invalidTitle: own }, statuses: { PERMISSION_DENIED: own } };
    expect(classify(listed(400, 'invalidTitle'), known)).toMatchObject({ ...own, platformCode: 'invalidTitle' });
    expect(classify(rpc(403, 'PERMISSION_DENIED'), known)).toMatchObject(own);
    expect(classify(rpc(403, 'PERMISSION_DENIED', [info('SERVICE_DISABLED')]), known).kind).toBe('permission');
  });

  it('concerns everybody where it is the project’s limit, and one person where it is theirs', () => {
    expect(classify(rpc(429, 'RESOURCE_EXHAUSTED')).scope).toBe('app');
    expect(classify(listed(403, 'userRateLimitExceeded')).scope).toBe('channel');
    expect(classify(rpc(403, 'PERMISSION_DENIED')).scope).toBeUndefined();
  });

  it('says until when, only of what passes', () => {
    const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '30s' };
    expect(classify(rpc(429, 'RESOURCE_EXHAUSTED', [retry])).retryAt).toBe('2026-11-02T12:00:30.000Z');
    const headers = { 'retry-after': '90' };
    expect(classify(answered(503, { error: { status: 'UNAVAILABLE' } }, headers)).retryAt).toBe(
      '2026-11-02T12:01:30.000Z',
    );
    expect(classify(rpc(400, 'INVALID_ARGUMENT', [retry])).retryAt).toBeUndefined();
    expect(classify(rpc(429, 'RESOURCE_EXHAUSTED')).retryAt).toBeUndefined();
  });

  it('repeats no token', () => {
    const said = 'Invalid ya29.a0AfH6SMC8Op6zXZk and 1//04d5XHqmn6Hdy3wTf5 and 4/0AbCdEfGhIjKl.';
    const { platformMessage } = classify(rpc(401, 'UNAUTHENTICATED', [], said));
    expect(platformMessage).toBe('Invalid (token) and (token) and (token)');
  });

  it('leaves what is known already as it is', () => {
    const failure = { kind: 'media', message: 'No.', remedy: 'Change it.' } as const;
    expect(classify(new PlatformFailure(failure))).toBe(failure);
  });
});

describe('an address that Google names', () => {
  const ctx = { endpoints: { upload: 'https://www.googleapis.com/upload' } };

  it.each([
    ['https://www.googleapis.com/upload/youtube/v3/videos?upload_id=1', true],
    ['https://www.googleapis.com/upload', true],
    ['https://www.googleapis.com/uploads/youtube', false],
    ['https://www.googleapis.com.example.com/upload/x', false],
    ['http://www.googleapis.com/upload/x', false],
    ['https://www.googleapis.com/upload/../elsewhere', false],
    ['https://someone@example.com/upload/x', false],
    ['/upload/x', false],
  ])('%s: %s', (address, known) => {
    expect(isAtEndpoint(ctx, 'upload', address)).toBe(known);
  });
});
