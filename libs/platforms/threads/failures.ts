import { type Failure, genericFailure } from '#platforms/core';
import { commonCodes, commonSubcodes, failureWords, type KnownFailure } from '#platforms/meta';
import { CONTAINER_DOCS, LINK_DOCS, POSTS_DOCS, REFERENCE_DOCS, SERVER_DOCS } from './pages.js';

const NAME = 'Threads';
const CONVERT = 'Replace the file, then retry.';
const { auth, permission, media, content, rate, unavailable } = failureWords(NAME);

/**
 * Subcodes of publishing. Those from 2207001 on are on a page of Instagram's, whose media pipeline Threads shares; those from
 * 4279004 on are Threads' own, on no page, and mean what its answers say in `error_user_title`.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
 */
export const SUBCODES: Readonly<Record<number, KnownFailure>> = {
  ...commonSubcodes(NAME),
  2207001: unavailable('Threads had a fault of its own.'),
  2207003: media(
    'It took Threads too long to fetch a file from this installation.',
    'Retry; if it happens again, use a smaller file.',
  ),
  2207004: media('An image is too large for Threads: 8 MB at the most.', CONVERT),
  2207005: media('Threads takes images as JPEG and PNG alone.', CONVERT),
  2207008: unavailable('What was prepared for this post has expired at Threads.'),
  2207009: media('Threads does not take the shape of an image: at most ten times as long as wide.', CONVERT),
  2207010: content('The text is too long for Threads.', 'Shorten the text, then retry.'),
  2207020: unavailable('What was prepared for this post has expired at Threads.'),
  2207026: media('Threads does not take the format of a video: MP4 or MOV with H.264 or HEVC.', CONVERT),
  2207027: unavailable('Threads is not ready with the files of this post yet.'),
  2207028: content(
    'Threads takes two to twenty files in a carousel.',
    'Change how many files are attached, then retry.',
  ),
  2207032: unavailable('Threads could not take a file.'),
  2207042: rate('This profile has published as much as Threads takes within a day.'),
  2207050: permission(
    'Threads has restricted this profile, so that nothing can be published on it.',
    'Look at the profile in the Threads app and follow what it asks, then retry.',
  ),
  2207053: unavailable('Threads could not take a video.'),
  2207051: content(
    'Threads blocks this to protect its community.',
    'Look at the profile in the Threads app for a notice; change the text, or wait until the block ends, then retry.',
  ),
  2207052: media(
    'Threads could not fetch a file from this installation.',
    'Ask the operator whether PUBLIC_URL can be reached from the internet without a sign-in, then retry.',
  ),
  4_279_004: unavailable('Threads does not find a part of the carousel yet.'),
  4_279_009: unavailable('Threads does not find what was prepared for this post yet.'),
  4_279_013: permission(
    'Threads has restricted this profile, so that nothing can be published on it.',
    'Look at the profile in the Threads app and follow what it asks, then retry.',
  ),
  4_279_019: auth('The person who connected this profile withdrew the sign-in.'),
  4_279_030: auth('This Threads sign-in was already used, or took too long.', 'Connect once more.'),
  4_279_047: content(
    'Threads could not read the page behind the link.',
    'Check the link in a browser without being signed in anywhere, then retry.',
  ),
  4_279_067: permission(
    "The installation's Threads app has not been reviewed for this yet.",
    'Ask the operator to ask for Advanced Access in the App Review of the Meta app.',
  ),
};

/** Codes without a subcode that says more. https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const CODES: Readonly<Record<number, KnownFailure>> = {
  ...commonCodes(NAME),
  24: unavailable('Threads does not find what this is about yet.'),
  // Only the sign-in answers with it: https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions
  400: auth('Threads did not accept this sign-in: it was already used, or took too long.', 'Connect once more.'),
  452: auth('The sign-in of this Threads profile is no longer valid.'),
};

/** Codes that are words, which the pages of single features name. */
export const NAMED_CODES: Readonly<Record<string, KnownFailure>> = {
  THREADS_API__LINK_LIMIT_EXCEEDED: {
    ...content('The post has more than five links.', 'Take links out until there are five, then retry.'),
    docs: LINK_DOCS,
  },
  THREADS_API__FEATURE_NOT_AVAILABLE: {
    ...permission(
      'Threads does not offer this feature to this profile.',
      'Take out the setting that the details name, then retry.',
    ),
    docs: REFERENCE_DOCS,
  },
  THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES: {
    ...content('Threads does not know one of the countries.', 'Change the countries, then retry.'),
    docs: REFERENCE_DOCS,
  },
};

/**
 * What `error_message` of a container says. The page writes INVALID_ASPEC_RATIO; both spellings are understood.
 * https://developers.facebook.com/documentation/threads/troubleshooting
 */
const CONTAINER_ERRORS: Readonly<Record<string, KnownFailure>> = {
  FAILED_DOWNLOADING_VIDEO: media(
    'Threads could not download a file from this installation.',
    'Ask the operator whether PUBLIC_URL can be reached from the internet without a sign-in, then retry.',
  ),
  FAILED_PROCESSING_AUDIO: media('Threads could not process the sound of a video.', CONVERT),
  FAILED_PROCESSING_VIDEO: media('Threads could not process a video.', CONVERT),
  INVALID_ASPEC_RATIO: media('Threads does not take the shape of a file: at most ten times as long as wide.', CONVERT),
  INVALID_ASPECT_RATIO: media('Threads does not take the shape of a file: at most ten times as long as wide.', CONVERT),
  INVALID_BIT_RATE: media('A video has too many bits a second for Threads.', CONVERT),
  INVALID_DURATION: media('A video is too long or too short for Threads: five minutes at the most.', CONVERT),
  INVALID_FRAME_RATE: media('A video has too few or too many frames a second: Threads takes 23 to 60.', CONVERT),
  INVALID_AUDIO_CHANNELS: media('The sound of a video has too many channels for Threads: two at the most.', CONVERT),
  INVALID_AUDIO_CHANNEL_LAYOUT: media('Threads does not know how the sound of a video is laid out.', CONVERT),
};

/** Why a container became nothing, for people. `code` is its `error_message`. */
export function containerFailure(code: string, hasMedia: boolean): Failure {
  const known = CONTAINER_ERRORS[code];
  const words = known ?? {
    ...genericFailure(hasMedia ? 'media' : 'unavailable', NAME),
    message: hasMedia
      ? 'Threads could not process a file, and does not say why.'
      : 'Threads could not process the post.',
    remedy: hasMedia ? 'Retry; if it happens again, replace the file.' : 'Nothing to do: it is tried again by itself.',
  };
  return { ...words, platformCode: code, docs: CONTAINER_DOCS };
}

/** Threads has worked on something for so long that nothing will come of it. */
export function neverReady(hasMedia: boolean): Failure {
  return {
    kind: hasMedia ? 'media' : 'unavailable',
    message: 'Threads has been processing this post for more than an hour.',
    remedy: 'Retry; if it happens again, use smaller files.',
    docs: CONTAINER_DOCS,
  };
}

/** How much of a limit is used up, as a failure. */
export function usedUp(what: string, limit: number, retryAt: Date): Failure {
  return {
    ...rate(`Threads takes ${limit} ${what} of one profile within 24 hours, and they are used up.`),
    remedy: 'Nothing to do: it is tried again as soon as earlier ones are a day old.',
    platformCode: 'threads.quota-used-up',
    retryAt: retryAt.toISOString(),
    docs: POSTS_DOCS,
  };
}

/** Threads fetches files itself, and this installation cannot be reached. */
export function notReachable(): Failure {
  return {
    kind: 'permission',
    message: 'Threads fetches images and videos itself, and this installation has no https address that it can reach.',
    remedy: 'Ask the operator to set PUBLIC_URL to an https address that the whole internet reaches.',
    platformCode: 'threads.no-public-address',
    docs: SERVER_DOCS,
  };
}
