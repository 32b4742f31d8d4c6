import { commonCodes, commonSubcodes, failureWords, type KnownFailure } from '#platforms/meta';
import { MAX_CAROUSEL, MIN_CAROUSEL } from './limits.js';

/** Where Instagram's own codes are explained. */
export const ERROR_DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes';

const NAME = 'Instagram';
const { permission, rate, media, content, unavailable } = failureWords(NAME);
const here = (failure: KnownFailure): KnownFailure => ({ ...failure, docs: ERROR_DOCS });

const REPLACE = 'Replace the file, then retry.';
const NEW_CONTAINER = 'Nothing to do: it is prepared anew and tried again by itself.';

const notMade = (message: string): KnownFailure => here({ ...unavailable(message), remedy: NEW_CONTAINER });

/** Every subcode that Instagram documents, and two that it sends all the same. Compared with the page on 2026-11-23. */
const own: Record<number, KnownFailure> = {
  2207001: notMade('Instagram had a fault of its own.'),
  2207003: notMade('It took Instagram too long to fetch the file.'),
  2207020: notMade('What was prepared at Instagram has expired.'),
  2207032: notMade('Instagram could not take the file this time.'),
  2207053: notMade('Instagram met an unknown fault while it took the video.'),
  2207006: here(
    permission(
      'Instagram does not find what was prepared: a permission may be missing.',
      'Reconnect the account with every permission switched on, then retry.',
    ),
  ),
  2207008: notMade('Instagram does not find what was prepared, or it has expired.'),
  2207057: here(media('The moment chosen for the cover lies outside the video.', 'Choose another moment, then retry.')),
  2207051: here(
    content(
      'Instagram restricts this to protect its community: it takes it for spam.',
      'Look at the account first: posts have been seen there although Instagram said this. Then wait, or change the text.',
    ),
  ),
  2207042: here({
    ...rate('This account has published as many posts in 24 hours as Instagram allows through programs.'),
    remedy: 'Nothing to do: it goes out when the oldest of them is more than 24 hours old.',
  }),
  2207050: here(
    permission(
      'The Instagram account is inactive or restricted.',
      'Sign in to the Instagram app, do what it asks, then retry.',
    ),
  ),
  2207023: here(content('Instagram does not know this kind of post.', 'Choose another format, then retry.')),
  2207028: here(
    content(`A carousel has ${MIN_CAROUSEL} to ${MAX_CAROUSEL} files.`, 'Change the number of files, then retry.'),
  ),
  2207035: here(content('Products cannot be placed in a video.', 'Remove the tags, then retry.')),
  2207036: here(content('A product in an image needs a place.', 'Give each tag a place, then retry.')),
  2207037: here(content('Instagram could not add every product.', 'Remove the tags, then retry.')),
  2207040: here(content('The post mentions or tags too many accounts.', 'Remove some of them, then retry.')),
  2207026: here(media('Instagram does not take this video: it wants MP4 or MOV with H.264 or HEVC and AAC.', REPLACE)),
  2207052: here(
    media(
      'Instagram could not fetch the file from this ClickPost installation.',
      'The operator should check that PUBLIC_URL can be reached from everywhere by https; then retry.',
    ),
  ),
  2207027: notMade('Instagram is not done with what was prepared.'),
  2207004: here(media('The image is too large for Instagram, which takes 8 MB.', REPLACE)),
  2207005: here(media('Instagram takes JPEG images alone.', REPLACE)),
  2207009: here(
    media('The image is too tall or too wide for Instagram, which takes 4:5 to 1.91:1.', 'Crop the image, then retry.'),
  ),
  2207010: here(
    content(
      'The text is too long for Instagram, or has more than 30 hashtags or 20 mentions.',
      'Shorten it, then retry.',
    ),
  ),
  // Not on the page, but sent: see https://developers.facebook.com/docs/instagram-platform/content-publishing for what they concern.
  2207081: permission(
    'This account may not publish trial reels.',
    'Choose "No" under Trial reel, or ask in the Instagram app whether the account may.',
  ),
  2207085: unavailable('Instagram could not do this for a fault of its own.'),
};

/** By subcode, which decides. */
export const subcodes: Readonly<Record<number, KnownFailure>> = { ...commonSubcodes(NAME), ...own };

/** By code, where there is no subcode that is known. */
export const codes: Readonly<Record<number, KnownFailure>> = {
  ...commonCodes(NAME),
  [-2]: notMade('Instagram could not fetch the file, or what was prepared has expired.'),
  [-1]: notMade('Instagram had a fault of its own.'),
  9: here(rate('This account has reached what Instagram allows.')),
  24: notMade('Instagram does not find what was prepared.'),
  25: own[2207050] as KnownFailure,
  352: own[2207026] as KnownFailure,
  // The older form of the sign-in's answers has the HTTP status for its code.
  400: {
    kind: 'auth',
    message: 'Instagram did not accept the sign-in: it was used already, or took too long.',
    remedy:
      'Connect once more; if it happens again, the operator should compare PUBLIC_URL with the address in the Meta app.',
  },
  9004: own[2207052] as KnownFailure,
  9007: own[2207027] as KnownFailure,
  36000: own[2207004] as KnownFailure,
  36001: own[2207005] as KnownFailure,
  36003: own[2207009] as KnownFailure,
  36004: own[2207010] as KnownFailure,
};

/**
 * Codes by which Instagram turns a publication down before doing anything: no valid sign-in, no permission, a limit, a bad
 * parameter, a restriction of the account, a container that is not ready. Not among them: 1, 2, -1 and -2 (a fault, anything
 * may have happened), 24 (the container may be gone because it was published), 4/2207051 (the post has been seen all the
 * same), and what is not documented: all that is cleared up by one look at the container.
 */
export const REFUSED_CODES: readonly string[] = [
  ...['3', '4', '10', '17', '32', '100', '100/33', '101', '102', '190', '341', '368', '613', '80001', '80002'],
  ...['190/458', '190/459', '190/460', '190/463', '190/464', '190/467', '190/490', '190/492'],
  ...['102/458', '102/459', '102/460', '102/463', '102/464', '102/467'],
  ...['9/2207042', '25/2207050', '9007/2207027', '36004/2207010'],
  ...Array.from({ length: 100 }, (_, index) => String(200 + index)),
];
