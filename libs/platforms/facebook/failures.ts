import { type FailureKind } from '#platforms/core';

/** What a Graph code means to a person. */
export interface KnownFailure {
  kind: FailureKind;
  message: string;
  remedy: string;
  /** Whom a rate limit concerns, as in `Failure`. */
  scope?: 'app';
}

/** Where the general codes are explained. */
export const ERROR_DOCS = 'https://developers.facebook.com/docs/graph-api/guides/error-handling';
const RECONNECT = 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.';
const WAIT = 'Nothing to do: it is tried again when Facebook allows it.';

const auth = (message: string, remedy = RECONNECT): KnownFailure => ({ kind: 'auth', message, remedy });
const permission = (message: string, remedy: string): KnownFailure => ({ kind: 'permission', message, remedy });
const rate = (message: string): KnownFailure => ({ kind: 'rate-limit', message, remedy: WAIT });
const appRate = (message: string): KnownFailure => ({ ...rate(message), scope: 'app' });
const media = (message: string, remedy: string): KnownFailure => ({ kind: 'media', message, remedy });
const content = (message: string, remedy: string): KnownFailure => ({ kind: 'content', message, remedy });
const unavailable = (message: string): KnownFailure => ({
  kind: 'unavailable',
  message,
  remedy: 'Nothing to do: it is tried again by itself.',
});

const MISSING_PERMISSION = permission(
  'Facebook says that ClickPost or this person may not do that on this Page.',
  'Check that the person has the task "Create content" on the Page, reconnect, and leave every permission switched on.',
);

/**
 * Subcodes, whose meaning does not hang on the code in front of them.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling and
 * https://developers.facebook.com/documentation/pages-api/error-codes
 */
const BY_SUBCODE: Readonly<Record<number, KnownFailure>> = {
  458: auth('ClickPost was removed from this Facebook account.'),
  459: auth(
    'Facebook asks the person who connected it to confirm their account.',
    'Sign in at facebook.com, follow what it asks, then reconnect.',
  ),
  460: auth('The password of the Facebook account was changed, which ended the connection.'),
  463: auth('The connection to Facebook has expired.'),
  464: auth(
    'The Facebook account that made the connection is not confirmed.',
    'Sign in at facebook.com, confirm the account, then reconnect.',
  ),
  467: auth('The connection to Facebook is no longer valid.'),
  492: permission(
    'The person who connected this Page has no role on it any more.',
    'Give the person a role on the Page, or have somebody who has one reconnect.',
  ),
  36007: auth('The Facebook sign-in took too long.', 'Connect once more.'),
  36008: auth(
    'Facebook was given another return address than at the start of the sign-in.',
    'Connect once more; if it happens again, the operator should compare PUBLIC_URL with the address in the Meta app.',
  ),
  36009: auth('This Facebook sign-in was already used.', 'Connect once more.'),
  2069032: auth('Facebook wants the Page itself to sign in for this.', RECONNECT),
  1346003: content('Facebook did not accept the content of this post.', 'Change the text or the link, then retry.'),
  1404102: content(
    'Facebook considers the link or text of this post abusive.',
    'Change the text or the link, then retry.',
  ),
  1609008: content('Facebook does not allow this link.', 'Remove or change the link, then retry.'),
  1366046: media(
    'Facebook could not use an image: it takes JPEG and PNG of up to 4 MB.',
    'Replace the image, then retry.',
  ),
  1366051: {
    kind: 'duplicate',
    message: 'Facebook says that these photos were already posted.',
    remedy: 'Look at the Page: if the post is there, nothing needs doing; else attach the photos again and retry.',
  },
  1390008: rate('Facebook considers the Page to be posting too fast.'),
  1349125: rate('Facebook considers the Page to be posting too fast.'),
};

/** Codes without a subcode that says more. Same pages as above, and each edge's own list of errors. */
const BY_CODE: Readonly<Record<number, KnownFailure>> = {
  1: unavailable('Facebook had a fault of its own.'),
  2: unavailable('Facebook is not available for a moment.'),
  3: permission(
    "Facebook says that the installation's app may not do that.",
    'Ask the operator to check the permissions and the review of the Meta app.',
  ),
  4: appRate('All of this installation together has reached what Facebook allows.'),
  10: MISSING_PERMISSION,
  17: rate('This Facebook account has reached what Facebook allows.'),
  32: rate('This Page has reached what Facebook allows.'),
  100: content('Facebook did not accept a part of this post.', 'Change what the details name, then retry.'),
  101: permission(
    "Facebook does not know the installation's app.",
    'Ask the operator to check the app id that was entered.',
  ),
  102: auth('The connection to Facebook has ended.'),
  190: auth('Facebook no longer accepts this connection.'),
  194: content('Facebook misses a part of this post.', 'Add a text, a link or an image, then retry.'),
  197: content('Facebook considers the post empty.', 'Add a text, a link or an image, then retry.'),
  324: media('Facebook could not read an image.', 'Replace the image, then retry.'),
  341: appRate('All of this installation together has reached what Facebook allows.'),
  368: content(
    'Facebook blocks this for now because its rules were broken.',
    'Look at the Page quality tab at facebook.com; change the text or wait until the block ends, then retry.',
  ),
  506: {
    kind: 'duplicate',
    message: 'Facebook says that the same text was just posted.',
    remedy: 'Look at the Page: if the post is there, nothing needs doing; else change the text and retry.',
  },
  613: rate('Facebook has had too many calls.'),
  1500: content('Facebook could not use the link.', 'Correct the link, then retry.'),
  1609005: content('Facebook could not read the page behind the link.', 'Check the link in a browser, then retry.'),
};

/** What is known about a code, the subcode first. Undefined when it is not documented. */
export function knownFailure(code: number, subcode: number | undefined): KnownFailure | undefined {
  const specific = (subcode !== undefined && BY_SUBCODE[subcode]) || BY_SUBCODE[code] || BY_CODE[code];
  if (specific) return specific;
  // 200 to 299 are permissions, 80000 to 80099 the limits by business use case:
  // https://developers.facebook.com/docs/graph-api/overview/rate-limiting
  if (code >= 200 && code <= 299) return MISSING_PERMISSION;
  if (code >= 80_000 && code <= 80_099) return rate('This Page has reached what Facebook allows.');
  return undefined;
}
