import { commonCodes, commonSubcodes, failureWords, type KnownFailure } from '#platforms/meta';

/** Where the codes of videos are explained. */
export const VIDEO_ERROR_DOCS = 'https://developers.facebook.com/docs/video-api/reference/error-codes';

/** A transfer began at another byte than the server expects; `error_data` says at which. The page above. */
export const WRONG_OFFSET = 1_363_037;

const { auth, permission, media, content, unavailable, duplicate } = failureWords('Facebook');
const REPLACE = 'Replace the video, then retry.';

const MISSING_PERMISSION = permission(
  'Facebook says that ClickPost or this person may not do that on this Page.',
  'Check that the person has the task "Create content" on the Page, reconnect, and leave every permission switched on.',
);

const ofVideos = (known: Record<number, KnownFailure>): Record<number, KnownFailure> =>
  Object.fromEntries(Object.entries(known).map(([code, failure]) => [code, { ...failure, docs: VIDEO_ERROR_DOCS }]));

const VIDEO_SUBCODES = ofVideos({
  6000: media('Facebook had a problem with the video file.', REPLACE),
  1363005: permission(
    'Facebook says that this person may not change the video.',
    'Check the role of the person on the Page, then reconnect and retry.',
  ),
  1363019: unavailable('The upload of the video to Facebook was broken off.'),
  1363020: media('Facebook was given no video.', REPLACE),
  1363021: unavailable('The upload of the video to Facebook was broken off.'),
  1363022: media('The video is too small for Facebook, which wants 1 KB at the least.', REPLACE),
  1363023: media(
    'The video is too large for Facebook, which takes 2 GB at the most.',
    'Use a smaller video, then retry.',
  ),
  1363024: media('Facebook does not know the format of the video.', 'Convert the video to MP4, then retry.'),
  1363025: media('The video is too short for Facebook.', 'Use a longer video, then retry.'),
  1363026: media('The video is too long for Facebook.', 'Shorten the video, then retry.'),
  1363030: unavailable('The upload of the video to Facebook took too long.'),
  1363031: media('Facebook found no video in the file.', REPLACE),
  1363032: media('Facebook could not read the video file.', REPLACE),
  1363033: unavailable('The upload of the video to Facebook was broken off.'),
  [WRONG_OFFSET]: unavailable('The upload of the video to Facebook has to go on from another place.'),
  1363041: unavailable('Facebook forgot the upload of the video before it was complete.'),
  1363042: permission(
    'Facebook says that this person may not upload videos to this Page.',
    'Give the person the task "Create content" on the Page, then reconnect and retry.',
  ),
});

/**
 * Subcodes, whose meaning does not hang on the code in front of them. Pages' own:
 * https://developers.facebook.com/documentation/pages-api/error-codes
 */
export const SUBCODES: Readonly<Record<number, KnownFailure>> = {
  ...commonSubcodes('Facebook'),
  ...VIDEO_SUBCODES,
  492: permission(
    'The person who connected this Page has no role on it any more.',
    'Give the person a role on the Page, or have somebody who has one reconnect.',
  ),
  2069030: MISSING_PERMISSION,
  2069031: MISSING_PERMISSION,
  2069032: auth('Facebook wants the Page itself to sign in for this.'),
  2069033: MISSING_PERMISSION,
  1366046: media(
    'Facebook could not use an image: it takes JPEG and PNG of up to 4 MB.',
    'Replace the image, then retry.',
  ),
  1366051: duplicate(
    'Facebook says that these photos were already posted.',
    'Look at the Page: if the post is there, nothing needs doing; else attach the photos again and retry.',
  ),
};

/** Codes without a subcode that says more: those of all Graph APIs, and those that each edge lists. */
export const CODES: Readonly<Record<number, KnownFailure>> = {
  ...commonCodes('Facebook'),
  10: MISSING_PERMISSION,
  200: MISSING_PERMISSION,
  194: content('Facebook misses a part of this post.', 'Add a text, a link or an image, then retry.'),
  197: content('Facebook considers the post empty.', 'Add a text, a link or an image, then retry.'),
  324: media('Facebook could not read an image.', 'Replace the image, then retry.'),
  // https://developers.facebook.com/docs/graph-api/reference/page/videos and .../page/photos
  351: media('Facebook had a problem with the video file.', REPLACE),
  352: media('Facebook does not know the format of the video.', 'Convert the video to MP4, then retry.'),
  382: media('The video is too small for Facebook.', REPLACE),
  389: media('Facebook could not fetch the video.', REPLACE),
  390: media('Facebook had a problem with the video file.', REPLACE),
  1500: content('Facebook could not use the link.', 'Correct the link, then retry.'),
  1609005: content('Facebook could not read the page behind the link.', 'Check the link in a browser, then retry.'),
};
