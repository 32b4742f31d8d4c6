import { type Failure } from '#platforms/core';
import { type KnownFailure } from '#platforms/google';
import { ACCESS_FORM, LIMIT_DOCS, MEDIA_DOCS, POLICY_DOCS, POSTS_DOCS, PREREQUISITES_DOCS } from './pages.js';

/**
 * "If your quota limit for the Google Business Profile API is 0, you have not yet been granted access."
 * https://developers.google.com/my-business/content/limits
 */
export const NOT_APPROVED: KnownFailure = {
  kind: 'permission',
  message:
    'Google has not approved the Google Cloud project of this installation for Business Profile: its quota is 0.',
  remedy: `Ask the operator to apply for access to the API at ${ACCESS_FORM}; Google answers by mail.`,
  docs: LIMIT_DOCS,
};

/**
 * Version 4 alone has posts. Its API is enabled by itself, and the console shows it to approved projects only: places are found
 * without it. https://github.com/gitroomhq/postiz-app/issues/1692
 */
export const POSTS_NOT_ENABLED: KnownFailure = {
  kind: 'permission',
  message:
    'The Google Cloud project of this installation has not enabled the "Google My Business API", by which posts are published.',
  remedy:
    'Ask the operator to enable it in the Google Cloud console, under "APIs & Services". Where it is not offered there, Google ' +
    `has not approved the project; access is applied for at ${ACCESS_FORM}.`,
  docs: PREREQUISITES_DOCS,
};

/** The person is no manager, their Workspace has Business Profile switched off, or the project was never approved. */
export const NOT_PERMITTED: KnownFailure = {
  kind: 'permission',
  message: 'Google does not let this account do that with the place.',
  remedy:
    'Check at https://business.google.com whether the place is verified, whether the account still manages it, and whether its ' +
    `Google Workspace allows Business Profile. Where no place works at all, the operator has to apply for access to the API at ${ACCESS_FORM}.`,
  docs: PREREQUISITES_DOCS,
};

/** The place of a post that was to be made. */
export const PLACE_GONE: KnownFailure = {
  kind: 'permission',
  message: 'The place is not in this Google account any more: it was closed, removed, or given to another account.',
  remedy: 'Reconnect the account, and choose the place anew.',
  docs: POSTS_DOCS,
};

/** A post that was to be changed. */
export const POST_GONE: KnownFailure = {
  kind: 'content',
  message: 'The post is not there any more.',
  remedy: 'Look at the profile: it may have been deleted at Google.',
  docs: POSTS_DOCS,
};

/** The photo could not be fetched, or is none that Google takes. */
export const PHOTO_REFUSED: KnownFailure = {
  kind: 'media',
  message: 'Google did not accept the photo.',
  remedy:
    'Use a JPEG or PNG of 10 KB to 5 MB and at least 250 by 250 pixels. If it is one, ask the operator whether PUBLIC_URL can be ' +
    'reached from the internet.',
  docs: MEDIA_DOCS,
};

/** The installation has no address that Google reaches. */
export function notReachable(): Failure {
  return {
    kind: 'media',
    message: 'Google fetches photos from this ClickPost installation, which has no public https address.',
    remedy:
      'Ask the operator to set PUBLIC_URL to an address that can be reached from everywhere by https, or remove the photo.',
    docs: MEDIA_DOCS,
  };
}

/** A photo of too few bytes, once it is converted. */
export function photoTooSmall(bytes: number): Failure {
  return {
    kind: 'media',
    message: `The photo has ${bytes} bytes; Google takes none below 10 KB.`,
    remedy: 'Use a larger or more detailed photo, then retry.',
    docs: MEDIA_DOCS,
  };
}

/** Google took the post and rejected it when it had looked at it. It does not say why. */
export function rejected(): Failure {
  return {
    kind: 'content',
    message: 'Google rejected the post: it breaks the policy for posts. Google does not say which part.',
    remedy:
      'Take phone numbers out of the text (choose the button "Call now"), and look for anything else that the policy names; then retry.',
    platformCode: 'REJECTED',
    docs: POLICY_DOCS,
  };
}
