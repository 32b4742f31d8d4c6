import { type FailureKind } from '#platforms/core';

/** What a Graph code means to a person. */
export interface KnownFailure {
  kind: FailureKind;
  message: string;
  remedy: string;
  /** Whom a rate limit concerns, as in `Failure`. */
  scope?: 'app';
  /** The page that explains it, where it is not that of the general codes. */
  docs?: string;
}

/** Where the general codes are explained. */
export const ERROR_DOCS = 'https://developers.facebook.com/docs/graph-api/guides/error-handling';

const RECONNECT = 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.';

/** Makers of known failures, in the platform's name. */
export function failureWords(name: string) {
  const wait = `Nothing to do: it is tried again when ${name} allows it.`;
  const rate = (message: string): KnownFailure => ({ kind: 'rate-limit', message, remedy: wait });
  return {
    auth: (message: string, remedy = RECONNECT): KnownFailure => ({ kind: 'auth', message, remedy }),
    permission: (message: string, remedy: string): KnownFailure => ({ kind: 'permission', message, remedy }),
    rate,
    appRate: (message: string): KnownFailure => ({ ...rate(message), scope: 'app' }),
    media: (message: string, remedy: string): KnownFailure => ({ kind: 'media', message, remedy }),
    content: (message: string, remedy: string): KnownFailure => ({ kind: 'content', message, remedy }),
    unavailable: (message: string): KnownFailure => ({
      kind: 'unavailable',
      message,
      remedy: 'Nothing to do: it is tried again by itself.',
    }),
    duplicate: (message: string, remedy: string): KnownFailure => ({ kind: 'duplicate', message, remedy }),
  };
}

/** Subcodes that mean the same on every Graph API. https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function commonSubcodes(name: string): Record<number, KnownFailure> {
  const { auth, permission, content, rate } = failureWords(name);
  const confirm = `Sign in at ${name}, follow what it asks, then reconnect.`;
  return {
    458: auth(`ClickPost was removed from this ${name} account.`),
    459: auth(`${name} asks the person who connected it to confirm their account.`, confirm),
    460: auth(`The password of the ${name} account was changed, which ended the connection.`),
    463: auth(`The connection to ${name} has expired.`),
    464: auth(`The ${name} account that made the connection is not confirmed.`, confirm),
    467: auth(`The connection to ${name} is no longer valid.`),
    490: auth(`${name} asks the person who connected it to confirm their account.`, confirm),
    492: permission(
      'The person who connected this account has no role on it any more.',
      'Give the person a role on it, or have somebody who has one reconnect.',
    ),
    36007: auth(`The ${name} sign-in took too long.`, 'Connect once more.'),
    36008: auth(
      `${name} was given another return address than at the start of the sign-in.`,
      'Connect once more; if it happens again, the operator should compare PUBLIC_URL with the address in the Meta app.',
    ),
    36009: auth(`This ${name} sign-in was already used.`, 'Connect once more.'),
    1346003: content(`${name} did not accept the content of this post.`, 'Change the text or the link, then retry.'),
    1404102: content(
      `${name} considers the link or text of this post abusive.`,
      'Change the text or the link, then retry.',
    ),
    1609008: content(`${name} does not allow this link.`, 'Remove or change the link, then retry.'),
    1390008: rate(`${name} considers this account to be posting too fast.`),
    1349125: rate(`${name} considers this account to be posting too fast.`),
  };
}

/** Codes that mean the same on every Graph API, without a subcode that says more. Same page. */
export function commonCodes(name: string): Record<number, KnownFailure> {
  const { auth, permission, content, rate, appRate, unavailable, duplicate } = failureWords(name);
  const missing = permission(
    `${name} says that ClickPost or this person may not do that on this account.`,
    'Check the role of the person on the account, reconnect, and leave every permission switched on.',
  );
  return {
    1: unavailable(`${name} had a fault of its own.`),
    2: unavailable(`${name} is not available for a moment.`),
    3: permission(
      `${name} says that the installation's app may not do that.`,
      'Ask the operator to check the permissions and the review of the Meta app.',
    ),
    4: appRate(`All of this installation together has reached what ${name} allows.`),
    10: missing,
    17: rate(`The ${name} account that made the connection has reached what ${name} allows.`),
    32: rate(`This account has reached what ${name} allows.`),
    100: content(`${name} did not accept a part of this post.`, 'Change what the details name, then retry.'),
    101: permission(
      `${name} does not know the installation's app.`,
      'Ask the operator to check the app id that was entered.',
    ),
    102: auth(`The connection to ${name} has ended.`),
    190: auth(`${name} no longer accepts this connection.`),
    200: missing,
    341: appRate(`All of this installation together has reached what ${name} allows.`),
    368: content(
      `${name} blocks this for now because its rules were broken.`,
      'Look at the account’s status at the network; change the text or wait until the block ends, then retry.',
    ),
    506: duplicate(
      `${name} says that the same text was just posted.`,
      'Look at the account: if the post is there, nothing needs doing; else change the text and retry.',
    ),
    613: rate(`${name} has had too many calls.`),
    // All of 80000 to 80099: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
    80_001: rate(`This account has reached what ${name} allows.`),
  };
}
