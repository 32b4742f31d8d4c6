import { isListedRefusal, PlatformHttpError } from '#platforms/core';
import { classify, isGone } from './classify.js';
import { manifest } from './manifest.js';

const now = new Date('2026-11-23T15:00:00Z');

const said = (status: number, reason: string, headers: Record<string, string> = {}): PlatformHttpError => {
  const message = `YouTube says ${reason}.`;
  const body = { error: { code: status, message, errors: [{ domain: 'youtube.video', reason, message }] } };
  return new PlatformHttpError(status, new Headers(headers), body, 'publish the video');
};

/** Every reason of the pages of the methods that are called here, and of the common errors. */
const REASONS: readonly [status: number, reason: string, kind: string, listed: boolean][] = [
  // https://developers.google.com/youtube/v3/docs/videos/update#errors and /insert#errors
  [400, 'defaultLanguageNotSet', 'content', true],
  [400, 'invalidCategoryId', 'content', true],
  [400, 'invalidDescription', 'content', true],
  [400, 'invalidFilename', 'content', false],
  [400, 'invalidPublishAt', 'content', true],
  [400, 'invalidRecordingDetails', 'content', false],
  [400, 'invalidTags', 'content', true],
  [400, 'invalidTitle', 'content', true],
  [400, 'invalidVideoGameRating', 'content', false],
  [400, 'invalidVideoMetadata', 'content', true],
  [400, 'mediaBodyRequired', 'media', false],
  [400, 'uploadLimitExceeded', 'rate-limit', false],
  [403, 'forbidden', 'permission', true],
  [403, 'forbiddenEmbedSetting', 'content', true],
  [403, 'forbiddenLicenseSetting', 'content', true],
  [403, 'forbiddenPrivacySetting', 'permission', true],
  [404, 'videoNotFound', 'content', false],
  // https://developers.google.com/youtube/v3/docs/thumbnails/set#errors
  [400, 'invalidImage', 'media', false],
  [429, 'uploadRateLimitExceeded', 'rate-limit', true],
  // https://developers.google.com/youtube/v3/docs/playlistItems/insert#errors
  [404, 'playlistNotFound', 'content', false],
  [403, 'playlistItemsNotAccessible', 'permission', false],
  // https://developers.google.com/youtube/v3/docs/commentThreads/insert#errors
  [400, 'commentTextRequired', 'content', true],
  [400, 'commentTextTooLong', 'content', true],
  [400, 'channelOrVideoIdMissing', 'content', true],
  [400, 'invalidCommentThreadMetadata', 'content', true],
  [400, 'processingFailure', 'unavailable', false],
  [403, 'commentsDisabled', 'content', true],
  [403, 'ineligibleAccount', 'permission', true],
  [404, 'channelNotFound', 'permission', true],
  // https://developers.google.com/youtube/v3/docs/errors
  [401, 'authError', 'auth', true],
  [401, 'youtubeSignupRequired', 'permission', true],
  [403, 'quotaExceeded', 'rate-limit', true],
  [403, 'dailyLimitExceeded', 'rate-limit', true],
  [403, 'rateLimitExceeded', 'rate-limit', true],
  [403, 'userRateLimitExceeded', 'rate-limit', true],
  [403, 'insufficientPermissions', 'permission', true],
  [403, 'accessNotConfigured', 'permission', true],
  [403, 'authenticatedUserAccountClosed', 'permission', false],
  [403, 'authenticatedUserAccountSuspended', 'permission', false],
  [403, 'channelClosed', 'permission', false],
  [403, 'channelSuspended', 'permission', false],
  [503, 'backendError', 'unavailable', false],
  [500, 'internalError', 'unavailable', false],
];

describe('what YouTube says', () => {
  it.each(REASONS)('HTTP %d %s is %s in words; listed: %s', (status, reason, kind, listed) => {
    const error = said(status, reason);
    const failure = classify(error, now);
    expect(failure).toMatchObject({ kind, platformCode: reason, platformMessage: `YouTube says ${reason}.` });
    expect([failure.message, failure.remedy]).not.toContain('');
    expect(URL.canParse(failure.docs ?? '')).toBe(true);
    expect(isListedRefusal(error, failure, manifest)).toBe(listed);
  });

  it('of a used up day concerns everybody, until midnight in California', () => {
    expect(classify(said(403, 'quotaExceeded'), now)).toMatchObject({
      ...{ scope: 'app', retryAt: '2026-11-24T08:00:00.000Z' },
    });
  });

  // As others were answered: https://github.com/googleapis/google-api-python-client/issues/2753
  const ofUploads =
    "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service 'youtube.googleapis.com' for " +
    "consumer 'project_number:1'.";
  const limitOf = (metadata: Record<string, string>) => ({
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    ...{ reason: 'RATE_LIMIT_EXCEEDED', domain: 'googleapis.com', metadata },
  });
  const wait = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '30s' };

  it.each([
    ['its words', ofUploads, []],
    ['the limit that it names', 'Quota exceeded.', [limitOf({ quota_limit: 'VideoUploadsPerDayPerProject' })]],
    ['the unit that it names', 'Quota exceeded.', [limitOf({ quota_unit: '1/d/{project}' })]],
    ['its words, with a shorter wait beside them', ofUploads, [wait]],
  ])('of a day is known by %s where the reason is that of a minute', (_name, message, details) => {
    const errors = [{ domain: 'global', reason: 'rateLimitExceeded', message }];
    const body = { error: { code: 429, message, errors, status: 'RESOURCE_EXHAUSTED', details } };
    const failure = classify(new PlatformHttpError(429, new Headers(), body, 'begin to upload the video'), now);
    expect(failure).toMatchObject({ kind: 'rate-limit', retryAt: '2026-11-24T08:00:00.000Z' });
    expect(failure.message).toMatch(/in a day is used up/);
  });

  it('of uploads alone keeps nothing else back', () => {
    const errors = [{ domain: 'global', reason: 'rateLimitExceeded', message: ofUploads }];
    const body = { error: { code: 429, message: ofUploads, errors } };
    const failure = classify(new PlatformHttpError(429, new Headers(), body, 'begin to upload the video'), now);
    expect(failure.scope).toBe('post');
  });

  it('of a channel that uploaded too much concerns its uploads, for 24 hours', () => {
    expect(classify(said(400, 'uploadLimitExceeded'), now)).toMatchObject({
      ...{ scope: 'post', retryAt: '2026-11-24T15:00:00.000Z' },
    });
  });

  it('says when to try again only where YouTube did', () => {
    expect(classify(said(403, 'rateLimitExceeded'), now).retryAt).toBeUndefined();
    expect(classify(said(403, 'rateLimitExceeded', { 'retry-after': '60' }), now).retryAt).toBe(
      '2026-11-23T15:01:00.000Z',
    );
  });

  it('without a reason is known by its number', () => {
    const plain = new PlatformHttpError(404, new Headers(), 'Not Found', 'delete the video');
    expect(classify(plain, now).kind).toBe('unknown');
    expect(isGone(said(404, 'commentNotFound'))).toBe(true);
    expect(isGone(said(403, 'forbidden'))).toBe(false);
  });

  it('tells no tokens', () => {
    const error = said(400, 'invalidTitle');
    (error.body as { error: { message: string } }).error.message = 'Not with ya29.a0AfB_byC-secret-secret-secret';
    expect(JSON.stringify(classify(error, now))).not.toContain('secret');
  });
});
