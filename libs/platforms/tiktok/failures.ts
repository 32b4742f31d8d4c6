import { type Failure, type FailureKind } from '#platforms/core';
import {
  CREATOR_DOCS,
  DIRECT_DOCS,
  ERROR_DOCS,
  GUIDELINES,
  INBOX_DOCS,
  LIMIT_DOCS,
  PHOTO_DOCS,
  SIGN_IN_DOCS,
  START_DOCS,
  STATUS_DOCS,
  TRANSFER_DOCS,
} from './pages.js';

/** What is known of a refusal, without what TikTok said itself. */
export type KnownFailure = Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs' | 'scope'>;

const known = (kind: FailureKind, message: string, remedy: string, docs: string): KnownFailure => ({
  ...{ kind, message, remedy, docs },
});

const RECONNECT = 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.';
const NOTHING = 'Nothing to do: it is tried again by itself.';

const TOO_MANY_POSTS = known(
  'rate-limit',
  'TikTok takes no more posts by apps for this account today; it is around 15 in 24 hours, of all apps together.',
  'Nothing to do: it is tried again later. Who cannot wait posts it in the TikTok app.',
  GUIDELINES,
);
const BANNED = known(
  'permission',
  'TikTok does not let this account post at present.',
  'Look at the notices of the account in the TikTok app; retry once TikTok has lifted it.',
  DIRECT_DOCS,
);

/** Of an app that was not audited, on a public account or for others to see. */
export const UNAUDITED: KnownFailure = known(
  'permission',
  'TikTok has not audited this installation yet, so it can post only on accounts that are private, for "Only me".',
  'Set the account to private in the TikTok app (Settings and privacy, Privacy) and the post to "Only me", then retry.',
  GUIDELINES,
);

/** By TikTok's codes: those of the Content Posting API, of its other APIs, and of the sign-in. */
export const KNOWN: Readonly<Record<string, KnownFailure>> = {
  access_token_invalid: known('auth', "TikTok no longer accepts this connection's sign-in.", RECONNECT, SIGN_IN_DOCS),
  scope_not_authorized: known(
    'permission',
    'This connection lacks a permission that this needs at TikTok.',
    'Reconnect the account, and leave every permission switched on.',
    ERROR_DOCS,
  ),
  scope_permission_missed: known(
    'permission',
    'This connection lacks a permission that this needs at TikTok.',
    'Reconnect the account, and leave every permission switched on.',
    ERROR_DOCS,
  ),
  rate_limit_exceeded: known('rate-limit', 'TikTok asks to slow down.', NOTHING, LIMIT_DOCS),
  invalid_param: known(
    'content',
    'TikTok did not accept something in this post.',
    'Look at what TikTok says in the details, change it, then retry.',
    DIRECT_DOCS,
  ),
  invalid_params: known(
    'content',
    'TikTok did not accept something in this request.',
    'Look at what TikTok says in the details, change it, then retry.',
    ERROR_DOCS,
  ),
  invalid_file_upload: known(
    'media',
    'TikTok did not accept the file.',
    'Replace it by an MP4 with H.264, then retry.',
    ERROR_DOCS,
  ),
  internal_error: known('unavailable', 'TikTok had a fault of its own.', NOTHING, ERROR_DOCS),
  app_version_check_failed: known(
    'permission',
    'The TikTok app of this account is too old to take photos into its inbox.',
    'Update the TikTok app to version 31.8 or later, then retry.',
    PHOTO_DOCS,
  ),
  spam_risk_too_many_posts: TOO_MANY_POSTS,
  spam_risk_user_banned_from_posting: BANNED,
  spam_risk_too_many_pending_share: {
    ...known(
      'rate-limit',
      'Five drafts of the last 24 hours wait in the TikTok inbox of this account, and TikTok takes no more.',
      'Post or discard some of them in the TikTok app; it is tried again later.',
      INBOX_DOCS,
    ),
    // What goes out by itself fills no inbox.
    scope: 'post',
  },
  reached_active_user_cap: known(
    'rate-limit',
    'As many people have posted by this installation in the last 24 hours as TikTok allows: five before it has audited the app, ' +
      'and as many as its audit form said after that.',
    'Nothing to do: it is tried again later. The operator can apply at TikTok for the audit, or for more people.',
    GUIDELINES,
  ),
  unaudited_client_can_only_post_to_private_accounts: UNAUDITED,
  url_ownership_unverified: known(
    'permission',
    "This installation's address is not verified at TikTok, which therefore fetches no photos or videos from it.",
    'Ask the operator to verify the address that files are served from (PUBLIC_URL) under "URL properties" of the app at TikTok, then retry.',
    TRANSFER_DOCS,
  ),
  privacy_level_option_mismatch: known(
    'content',
    'This account may not post for those who were chosen under "Who can see this post".',
    'Choose anew in the settings of the post, among what the account offers now, then retry.',
    CREATOR_DOCS,
  ),
  invalid_publish_id: known(
    'unknown',
    'TikTok does not know this post any more under the number that it gave it.',
    'Look at the account: if the post is there, nothing needs doing; else retry.',
    STATUS_DOCS,
  ),
  token_not_authorized_for_specified_publish_id: known(
    'unknown',
    'TikTok says that this post belongs to another account.',
    'Look whether another account was connected; look at the account before you retry.',
    STATUS_DOCS,
  ),
  // Of the sign-in. https://developers.tiktok.com/doc/oauth-user-access-token-management
  invalid_grant: known('auth', "TikTok no longer renews this connection's sign-in.", RECONNECT, SIGN_IN_DOCS),
  invalid_request: known(
    'auth',
    'TikTok did not accept the sign-in.',
    'Connect once more. If that fails too, the operator has to check the key and secret of the app and its redirect address.',
    SIGN_IN_DOCS,
  ),
  invalid_client: known(
    'auth',
    'TikTok does not accept the app of this installation.',
    'Ask the operator to check the client key and the client secret of the app.',
    SIGN_IN_DOCS,
  ),
  unauthorized_client: known(
    'auth',
    'TikTok does not let the app of this installation sign people in.',
    'Ask the operator to look at the app at TikTok: Login Kit has to be among its products.',
    SIGN_IN_DOCS,
  ),
  invalid_scope: known(
    'permission',
    'The app of this installation may not ask for every permission that ClickPost needs.',
    'Ask the operator to add the scopes to the app at TikTok.',
    SIGN_IN_DOCS,
  ),
};

/** Codes by which TikTok says that an account can post nothing right now. https://developers.tiktok.com/doc/content-sharing-guidelines */
export const CLOSED: readonly string[] = [
  'spam_risk_too_many_posts',
  'spam_risk_user_banned_from_posting',
  'reached_active_user_cap',
];

/** A part was not taken, by its status. https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide */
export const BY_UPLOAD_STATUS: Readonly<Record<number, KnownFailure>> = {
  400: known(
    'media',
    'TikTok did not take a part of the video as it was described.',
    'Retry; if it happens again, replace the video.',
    TRANSFER_DOCS,
  ),
  403: known('unavailable', 'The address that TikTok gave for the video has ended.', NOTHING, TRANSFER_DOCS),
  404: known('unavailable', 'TikTok does not know the upload of the video any more.', NOTHING, TRANSFER_DOCS),
  416: known('unavailable', 'TikTok expects another part of the video.', NOTHING, TRANSFER_DOCS),
};

/** `fail_reason` of a post that failed after it was accepted. https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status */
const REASONS: Readonly<Record<string, KnownFailure>> = {
  file_format_check_failed: known(
    'media',
    'TikTok does not take the format of the file.',
    'Replace it: a video as MP4 with H.264, a photo as JPEG.',
    TRANSFER_DOCS,
  ),
  duration_check_failed: known(
    'media',
    'The video is longer or shorter than TikTok takes from this account.',
    'Use another part of it, then retry.',
    TRANSFER_DOCS,
  ),
  frame_rate_check_failed: known(
    'media',
    'TikTok does not take the frame rate of the video.',
    'Use a video of 23 to 60 frames a second, then retry.',
    TRANSFER_DOCS,
  ),
  picture_size_check_failed: known(
    'media',
    'TikTok does not take the size of the picture.',
    'Use a video of 360 to 4096 pixels each way, or photos of 1080 by 1920 pixels at the most, then retry.',
    TRANSFER_DOCS,
  ),
  internal: known('unavailable', 'TikTok had a fault of its own while it processed the post.', 'Retry.', STATUS_DOCS),
  video_pull_failed: known(
    'media',
    'TikTok could not fetch the video from this installation.',
    'Retry; if it happens again, ask the operator whether PUBLIC_URL can be reached from the internet.',
    TRANSFER_DOCS,
  ),
  photo_pull_failed: known(
    'media',
    'TikTok could not fetch a photo from this installation.',
    'Retry; if it happens again, ask the operator whether PUBLIC_URL can be reached from the internet.',
    TRANSFER_DOCS,
  ),
  publish_cancelled: known(
    'content',
    'The post was cancelled in TikTok before it was finished.',
    'Retry if it is still wanted.',
    STATUS_DOCS,
  ),
  auth_removed: known(
    'auth',
    'The account took the permission back while TikTok processed the post.',
    'Reconnect the account, then retry.',
    STATUS_DOCS,
  ),
  spam_risk_too_many_posts: TOO_MANY_POSTS,
  spam_risk_user_banned_from_posting: BANNED,
  spam_risk_text: known(
    'content',
    'TikTok takes the text for spam or for a risk.',
    'Write another text, with fewer hashtags and without addresses, then retry.',
    STATUS_DOCS,
  ),
  spam_risk: known(
    'content',
    'TikTok takes this post for a risk and does not show it.',
    'Look at the notices of the account in the TikTok app; change the post before you retry.',
    STATUS_DOCS,
  ),
};

/** What a post failed of. A reason that no page explains is told as it is. */
export function failureOfReason(reason: string): Failure {
  const failure = REASONS[reason] ?? {
    ...known(
      'unknown',
      'TikTok did not publish the post.',
      'Look at the reason in the details, then retry.',
      STATUS_DOCS,
    ),
    platformMessage: reason,
  };
  return { ...failure, platformCode: reason };
}

/** Neither of the permissions to publish was given. */
export function scopesMissing(missing: readonly string[]): Failure {
  return known(
    'permission',
    `TikTok did not give ClickPost the permissions that it needs; missing: ${missing.join(', ')}.`,
    'Connect once more, and leave every permission switched on.',
    SIGN_IN_DOCS,
  );
}

/** The permission for one kind of post was not given. */
export function formatNotGranted(isDraft: boolean): Failure {
  const [may, scope] = isDraft ? ['post directly alone', 'video.upload'] : ['send drafts alone', 'video.publish'];
  return {
    ...known(
      'permission',
      `This connection may ${may}: the permission ${scope} was not given.`,
      `Choose the format "${isDraft ? 'Post' : 'Draft'}", or reconnect the account and leave every permission switched on.`,
      SIGN_IN_DOCS,
    ),
    platformCode: 'scope_not_authorized',
  };
}

/** An account has switched off what a post allows. @param what for people: "comments" */
export function interactionOff(what: string): Failure {
  return {
    ...known(
      'content',
      `This account has switched ${what} off in TikTok, and the post allows them.`,
      `Switch them off in the settings of the post, or on in the TikTok app, then retry.`,
      CREATOR_DOCS,
    ),
    platformCode: 'tiktok.interaction-off',
  };
}

/** A video is longer than the account may post. In seconds. */
export function tooLongForAccount(long: number, most: number): Failure {
  return {
    ...known(
      'media',
      `The video is ${long} seconds long; TikTok takes ${most} from this account.`,
      'Use a shorter video, then retry.',
      CREATOR_DOCS,
    ),
    platformCode: 'tiktok.video-too-long-for-account',
  };
}

/** TikTok fetches files, and cannot reach this installation. */
export const NOT_PUBLIC: Failure = {
  ...known(
    'media',
    'TikTok fetches these files from this ClickPost installation, which has no public https address.',
    'Ask the operator to set PUBLIC_URL to an address that can be reached from everywhere by https and is verified at TikTok.',
    TRANSFER_DOCS,
  ),
  platformCode: 'tiktok.no-public-address',
};

/** Several addresses for one video ended before all of it was there: each holds for an hour. */
export const TOO_SLOW: Failure = {
  ...known(
    'media',
    'The video could not be sent within the hour that TikTok allows for it.',
    'Use a smaller video, or ask the operator about the speed of the connection, then retry.',
    TRANSFER_DOCS,
  ),
  platformCode: 'tiktok.upload-too-slow',
};

/** Nobody entered an app. */
export const NO_APP: Failure = known(
  'permission',
  'This ClickPost installation has no TikTok app of its own yet.',
  'Ask the operator to create one at TikTok and to enter its client key and client secret.',
  START_DOCS,
);
