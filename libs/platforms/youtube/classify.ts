import { type Failure, PlatformHttpError } from '#platforms/core';
import { classifyGoogle, googleErrorOf, isDailyLimit, isGoneAtGoogle, type KnownFailure } from '#platforms/google';
import { known, LOCKED_PRIVATE, NO_CHANNEL, UPLOAD_LIMIT, VIDEO_GONE } from './failures.js';
import { manifest } from './manifest.js';
import {
  COMMENT_DOCS,
  ERROR_DOCS,
  INSERT_DOCS,
  KIDS_DOCS,
  PLAYLIST_DOCS,
  QUOTA_DOCS,
  THUMBNAIL_DOCS,
  UPDATE_DOCS,
  VIDEO_DOCS,
} from './pages.js';
import { BEGIN_UPLOAD, nextQuotaDay } from './quota.js';

/** "Try again in 24 hours." https://support.google.com/youtube/answer/7561938 */
const UPLOAD_LIMIT_MS = 24 * 3_600_000;
const QUOTA_REASONS: readonly string[] = ['quotaExceeded', 'dailyLimitExceeded'];

const account = (message: string, remedy: string): KnownFailure => known('permission', message, remedy, ERROR_DOCS);
const setting = (what: string, field: string): KnownFailure =>
  known(
    'content',
    `YouTube did not accept the ${what} of the video.`,
    `Change "${field}" in the settings of the post, then retry.`,
    VIDEO_DOCS,
  );
const technical = (message: string, docs: string): KnownFailure =>
  known('content', message, 'Retry; if it happens again, look at the details in the log.', docs);

const quota: KnownFailure = {
  ...known(
    'rate-limit',
    'What Google lets this installation do on YouTube in a day is used up.',
    'Nothing to do: it goes on after midnight in California. Operators can ask Google for more.',
    QUOTA_DOCS,
  ),
  scope: 'app',
};

/**
 * Every reason that the pages of the methods and of common errors name, in words. Those that all of Google's services have in
 * common are told by the family. https://developers.google.com/youtube/v3/docs/errors, 2026-11-23
 */
const REASONS: Readonly<Record<string, KnownFailure>> = {
  quotaExceeded: quota,
  dailyLimitExceeded: quota,
  uploadLimitExceeded: { ...UPLOAD_LIMIT, scope: 'post' },
  uploadRateLimitExceeded: {
    ...known(
      'rate-limit',
      'This channel set too many thumbnails lately.',
      'Nothing to do: it is tried again later.',
      THUMBNAIL_DOCS,
    ),
    scope: 'channel',
  },
  // Of accounts
  youtubeSignupRequired: NO_CHANNEL,
  channelNotFound: account(
    'YouTube does not find the channel of this account.',
    'Look whether the channel is still there; reconnect it.',
  ),
  channelClosed: account('The YouTube channel was closed.', 'Connect a channel that is open.'),
  channelSuspended: account('The YouTube channel is suspended.', 'Look in YouTube Studio at why.'),
  channelForbidden: account(
    'YouTube does not let this account use the channel.',
    'Check who manages the channel, then reconnect it.',
  ),
  authenticatedUserAccountClosed: account('The YouTube account is closed.', 'Connect an account that is open.'),
  authenticatedUserAccountSuspended: account('The YouTube account is suspended.', 'Look in YouTube Studio at why.'),
  authenticatedUserNotChannel: NO_CHANNEL,
  authenticatedUserNotOwner: account(
    'This account does not own the channel.',
    'Reconnect as the account that owns it.',
  ),
  accountDelegationForbidden: account(
    'This account may not act for the channel.',
    'Reconnect as the account that owns it.',
  ),
  ineligibleAccount: account(
    'The YouTube account cannot write comments yet.',
    'Create a channel for the account at youtube.com/create_channel, then retry.',
  ),
  forbidden: account(
    'YouTube does not let this account do that.',
    'Look in YouTube Studio whether the account may publish on this channel; if it may, reconnect it and retry.',
  ),
  // Of videos
  invalidTitle: setting('title', 'Title'),
  invalidTags: setting('tags', 'Tags'),
  invalidCategoryId: setting('category', 'Category'),
  forbiddenLicenseSetting: setting('licence', 'Licence'),
  forbiddenEmbedSetting: setting('permission to embed', 'Allow embedding'),
  forbiddenPrivacySetting: LOCKED_PRIVATE,
  invalidDescription: known(
    'content',
    'YouTube did not accept the description of the video.',
    'Shorten the text, and take < and > out of it, then retry.',
    VIDEO_DOCS,
  ),
  invalidVideoMetadata: known(
    'content',
    'YouTube did not accept what was said about the video.',
    'Look at the title, text and settings of the post, then retry.',
    VIDEO_DOCS,
  ),
  invalidFilename: technical('YouTube did not accept the name of the file.', INSERT_DOCS),
  invalidPublishAt: technical('YouTube did not accept the time of the video.', VIDEO_DOCS),
  invalidRecordingDetails: technical('YouTube did not accept where and when the video was made.', VIDEO_DOCS),
  invalidVideoGameRating: technical('YouTube did not accept the rating of the game in the video.', VIDEO_DOCS),
  defaultLanguageNotSet: technical('YouTube wants to know the language of the video.', VIDEO_DOCS),
  mediaBodyRequired: known('media', 'YouTube received no file.', 'Retry: it is uploaded anew.', INSERT_DOCS),
  videoNotFound: VIDEO_GONE,
  invalidImage: known(
    'media',
    'YouTube did not accept the thumbnail.',
    'Use a JPEG or PNG of at most 2 MB.',
    THUMBNAIL_DOCS,
  ),
  // Of playlists
  playlistNotFound: known(
    'content',
    'The playlist is not there any more.',
    'Choose another one, then retry.',
    PLAYLIST_DOCS,
  ),
  playlistItemsNotAccessible: known(
    'permission',
    'This account may not change the playlist.',
    'Choose another one, then retry.',
    PLAYLIST_DOCS,
  ),
  // Of comments
  commentsDisabled: known(
    'content',
    'The video has no comments: they are switched off, or it is made for kids or private.',
    'Leave the first comment out, or switch comments on in YouTube Studio.',
    KIDS_DOCS,
  ),
  commentTextRequired: known('content', 'YouTube wants a text in the comment.', 'Write one, then retry.', COMMENT_DOCS),
  commentTextTooLong: known('content', 'The comment is too long for YouTube.', 'Shorten it, then retry.', COMMENT_DOCS),
  invalidCommentThreadMetadata: technical('YouTube did not accept the comment.', COMMENT_DOCS),
  channelOrVideoIdMissing: technical('YouTube did not find the video for the comment.', COMMENT_DOCS),
  commentNotFound: known(
    'content',
    'The comment is not there any more.',
    'Nothing to do: it was deleted on YouTube.',
    COMMENT_DOCS,
  ),
  // It "can be a transient error": what it did cannot be told.
  processingFailure: known(
    'unavailable',
    'YouTube could not process the request.',
    'Nothing to do: it is tried again by itself.',
    UPDATE_DOCS,
  ),
};

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  const failure = classifyGoogle(error, manifest, now, { reasons: REASONS, docs: ERROR_DOCS });
  const said = googleErrorOf(error);
  if (failure.kind !== 'rate-limit' || !said) return failure;
  if (isDailyLimit(said) || said.reasons.some((reason) => QUOTA_REASONS.includes(reason))) {
    // Uploads have a day of their own: what is uploaded already only has to be made visible, and may still be.
    const isOfUploads = error instanceof PlatformHttpError && error.operation === BEGIN_UPLOAD;
    const scope = isOfUploads ? 'post' : 'app';
    return { ...failure, ...quota, scope, retryAt: nextQuotaDay(now).toISOString() };
  }
  if (failure.retryAt === undefined && said.reasons.includes('uploadLimitExceeded')) {
    return { ...failure, retryAt: new Date(now.getTime() + UPLOAD_LIMIT_MS).toISOString() };
  }
  return failure;
}

/** Whether YouTube does not find it. */
export function isGone(error: unknown): boolean {
  return isGoneAtGoogle(error);
}
