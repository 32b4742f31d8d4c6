import { type Failure, type FailureKind } from '#platforms/core';
import { ACCESS_DOCS, BETA_DOCS, BOARD_DOCS, MEDIA_DOCS, PINS_DOCS, SIGN_IN_DOCS, SPECS_DOCS } from './pages.js';

/** What is known of a refusal, without what Pinterest said itself. */
export type KnownFailure = Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs'>;

const known = (kind: FailureKind, message: string, remedy: string, docs: string): KnownFailure => ({
  kind,
  message,
  remedy,
  docs,
});

/**
 * `{"code": 29, "message": "Apps with Trial access may not create Pins in production …"}`, HTTP 403.
 * https://developers.pinterest.com/docs/key-concepts/access-tiers/
 */
export const TRIAL_ACCESS = known(
  'permission',
  'Pinterest gave this installation trial access alone, with which no Pins can be published for others to see.',
  'Ask the operator to apply for standard access, or to set PINTEREST_ACCESS to "trial" until it is granted.',
  ACCESS_DOCS,
);

/** The file of `image_url` or of a cover could not be fetched. */
export const URL_UNREACHABLE = known(
  'media',
  'Pinterest could not fetch the image from this installation.',
  'Retry; if it happens again, ask the operator whether PUBLIC_URL can be reached from the internet.',
  PINS_DOCS,
);

/** An image was fetched or sent, and is none that Pinterest takes. */
export const IMAGE_REFUSED = known(
  'media',
  'Pinterest did not accept the image.',
  'Replace it by a JPEG or PNG of at most 20 MB, then retry.',
  SPECS_DOCS,
);

/** A Pin was to be made of a video that is not ready, or was used already. */
export const VIDEO_NOT_READY = known(
  'media',
  'Pinterest does not have the video of this Pin ready.',
  'Retry; if it happens again, replace the video.',
  MEDIA_DOCS,
);

/** The board or the section was deleted, or this account may not see it any more. */
export const BOARD_GONE = known(
  'content',
  'The board or the section of this Pin is not there any more, or this account may not use it.',
  'Choose another board in the settings of the post, then retry.',
  BOARD_DOCS,
);

/** A Pin that was to be changed. */
export const PIN_GONE = known(
  'content',
  'The Pin is not there any more.',
  'Look at the board: it may have been deleted at Pinterest.',
  PINS_DOCS,
);

/** Code 3: the token lacks a scope. */
export const SCOPE_MISSING = known(
  'permission',
  'Pinterest says that a permission is missing that this needs.',
  'Reconnect the account, and leave every permission switched on.',
  SIGN_IN_DOCS,
);

/** Codes 7 and 29, and 403: the account may not do this. */
export const NOT_PERMITTED = known(
  'permission',
  'Pinterest does not allow this account to do that.',
  'Check whether the account may still publish on this board; if it may, reconnect it and retry.',
  BOARD_DOCS,
);

/**
 * Changing Pins is a beta feature that not every app has.
 * https://developers.pinterest.com/docs/api/v5/pins-update
 */
export const EDIT_NOT_PERMITTED = known(
  'permission',
  'Pinterest lets only some apps change published Pins, and not the one of this installation.',
  'Change the description at Pinterest itself, or ask the operator to request this beta feature.',
  BETA_DOCS,
);

/** The refresh token is used up, ended after 60 days, or the app's secret was changed. */
export const NOT_RENEWED: KnownFailure = known(
  'auth',
  "Pinterest no longer renews this connection's sign-in.",
  'Reconnect the account; everything scheduled on it is kept. If that fails too, the operator has to check the secret of the app.',
  SIGN_IN_DOCS,
);

/** A video came to `failed`: Pinterest does not say why. */
export function videoFailed(): Failure {
  return {
    ...known(
      'media',
      'Pinterest could not process the video, and does not say why.',
      'Retry; if it happens again, replace it by an MP4 with H.264 of 4 seconds to 15 minutes.',
      SPECS_DOCS,
    ),
    platformCode: 'failed',
  };
}

/** Pinterest has worked on a video for so long that nothing will come of it. */
export function neverReady(): Failure {
  return known(
    'media',
    'Pinterest has been processing this video for more than an hour.',
    'Retry; if it happens again, use a smaller video.',
    MEDIA_DOCS,
  );
}

/** Permissions that were switched off on the consent page. */
export function scopesMissing(missing: readonly string[]): Failure {
  return known(
    'permission',
    `Pinterest did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    'Connect once more, and leave every permission switched on.',
    SIGN_IN_DOCS,
  );
}
