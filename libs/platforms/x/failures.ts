import { type Failure, type FailureKind, type RefusalRule } from '#platforms/core';
import {
  CREATE_DOCS,
  ERROR_DOCS,
  INTEGRATE_DOCS,
  LIMIT_DOCS,
  MEDIA_DOCS,
  OAUTH_DOCS,
  PRICE_DOCS,
  TOKEN_DOCS,
} from './pages.js';

/** What a code means to people. */
export interface KnownFailure extends Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs' | 'scope'> {
  kind: FailureKind;
  docs: string;
}

const RECONNECT = 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.';
const WAIT = 'Nothing to do: it is tried again when X allows it.';
const CONVERT = 'Replace the file, then retry.';

/**
 * By the code that `classify` finds: the end of the problem's `type`, the error of the sign-in, the number of an older error, or
 * a name of our own for what X tells in words alone.
 */
export const KNOWN = {
  // What the sign-in answers. https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
  'oauth/invalid_request': auth('X no longer accepts this connection’s sign-in.', RECONNECT, TOKEN_DOCS),
  'oauth/invalid_grant': auth('X no longer accepts this connection’s sign-in.', RECONNECT, TOKEN_DOCS),
  'oauth/invalid_client': permission(
    'X does not know the installation’s app, or its secret.',
    'Ask the operator to check the client id and secret of the X app.',
    OAUTH_DOCS,
  ),
  'oauth/unauthorized_client': permission(
    'The installation’s X app may not sign people in.',
    'Ask the operator to set the app up as a Web App with OAuth 2.0 in the Developer Console.',
    OAUTH_DOCS,
  ),
  // The types of problems. https://docs.x.com/x-api/fundamentals/response-codes-and-errors
  unauthorized: auth('X no longer accepts this connection’s sign-in.', RECONNECT),
  'unsupported-authentication': auth('X does not take this kind of sign-in for that.', RECONNECT),
  'invalid-request': content(
    'X did not accept the content of this post.',
    'Change the text or settings named in the details, then retry.',
  ),
  'resource-not-found': content(
    'X does not find what this is about.',
    'Check whether it was deleted on X, then retry.',
  ),
  'not-authorized-for-resource': permission(
    'X does not let this account see or change that.',
    'Check on X whether it is protected or was deleted, then retry.',
  ),
  'disallowed-resource': content('X does not allow this content.', 'Change the text or the link, then retry.'),
  'client-forbidden': permission(
    'The installation’s X app is not allowed to do that.',
    'Ask the operator to attach the app to a project with access to posts in the Developer Console.',
  ),
  'client-not-enrolled': permission(
    'The installation’s X app belongs to no project, so X answers it nothing.',
    'Ask the operator to attach the app to a project in the Developer Console.',
  ),
  'usage-capped': permission(
    'The installation’s X app has used as much of the API as its plan allows.',
    'Ask the operator to raise the cap in the Developer Console, then retry.',
    PRICE_DOCS,
  ),
  'rate-limit-exceeded': rate('X takes no more of this account for the moment.'),
  'internal-error': down('X had a fault of its own.'),
  'resource-unavailable': down('X cannot show that at the moment.'),
  // Money. https://docs.x.com/x-api/getting-started/pricing: credits may run out for minutes even where they are recharged.
  credits: {
    ...rate('The installation’s X app has no credits left, and X charges for every post.', PRICE_DOCS),
    remedy: 'Ask the operator to add credits at console.x.com. It is tried again for some hours; after that, retry.',
    scope: 'app',
  },
  'spend-cap': permission(
    'The installation’s X app has reached its spending limit of this billing cycle.',
    'Ask the operator to raise the spending limit at console.x.com, then retry.',
    PRICE_DOCS,
  ),
  // What X tells in words alone.
  'reply-not-allowed': permission(
    'X does not let the installation’s app publish replies here, neither threads nor first comments.',
    'Put everything into one post. The operator can switch threads off for X with X_SELF_THREADS=false.',
    INTEGRATE_DOCS,
  ),
  'quote-not-allowed': permission(
    'X does not let the installation’s app quote posts.',
    'Remove the quoted post, or put its address into the text. The operator can switch quotes off with X_QUOTES=false.',
    INTEGRATE_DOCS,
  ),
  'parent-missing': content(
    'The post above was deleted, or X does not show it.',
    'Publish this as a post of its own.',
    CREATE_DOCS,
  ),
  cashtags: content('X takes one cashtag in a post of an app.', 'Leave one of them, then retry.', INTEGRATE_DOCS),
  'too-long': content('The text is too long for this account on X.', 'Shorten the text, then retry.', CREATE_DOCS),
  'poll-invalid': content('X did not accept the poll.', 'Change its answers or its time, then retry.', CREATE_DOCS),
  'not-permitted': content(
    'X does not permit this account to publish that.',
    'Look at the account on X for a notice; change the text, then retry.',
  ),
  'edit-not-allowed': content(
    'X no longer lets this post be edited.',
    'Posts can be edited for a short time and five times. Delete it and publish it anew, or leave it as it is.',
  ),
  suspended: permission('X has suspended this account.', 'Sign in to X and follow what it asks, then retry.'),
  locked: permission(
    'X has locked this account for the time being.',
    'Sign in to X and follow what it asks, then retry.',
  ),
  'missing-scope': permission(
    'The sign-in does not include the permission for this.',
    'Reconnect the account, and allow everything that is asked for.',
    OAUTH_DOCS,
  ),
  'media-invalid': media('X does not accept a file of this post.', CONVERT),
  'media-too-large': media('A file is too large for X.', 'Use a smaller file, then retry.'),
  'media-failed': media('X could not process a file.', CONVERT),
  'media-stuck': media(
    'X has been processing a file for more than an hour.',
    'Retry; if it happens again, use a smaller file.',
  ),
  duplicate: {
    kind: 'duplicate',
    message: 'X says that this account has published the same text a short time ago.',
    remedy: 'Look at the account: if the post is there, nothing needs doing; else change the text and retry.',
    docs: CREATE_DOCS,
  },
  // Any other refusal. "Valid auth but no permission for this resource or action."
  forbidden: permission(
    'X does not allow this account to do that.',
    'Look at the details in the log; check the account on X and the permissions given to ClickPost, then retry.',
  ),
} as const satisfies Readonly<Record<string, KnownFailure>>;

/** A code that `classify` knows. */
export type Code = keyof typeof KNOWN;

/** Numbers of older errors, which X still sends now and then. https://developer.x.com/en/support/x-api/error-troubleshooting */
export const NUMBERS: Readonly<Record<number, Code>> = {
  32: 'unauthorized',
  64: 'suspended',
  88: 'rate-limit-exceeded',
  89: 'unauthorized',
  130: 'internal-error',
  131: 'internal-error',
  186: 'too-long',
  187: 'duplicate',
  324: 'media-invalid',
  326: 'locked',
  385: 'parent-missing',
  433: 'reply-not-allowed',
};

/** What X says in words, most telling first. Only answers of a refusing status are searched. */
export const WORDS: readonly [RegExp, Code][] = [
  [/duplicate content|status is a duplicate/i, 'duplicate'],
  [/reply to this conversation is not allowed|not allowed to reply/i, 'reply-not-allowed'],
  [/reply to a (post|tweet) that is deleted or not visible/i, 'parent-missing'],
  [
    /quoting this (post|tweet) is not allowed|not allowed to quote|quote.*not (permitted|available)/i,
    'quote-not-allowed',
  ],
  [/cashtag/i, 'cashtags'],
  [/(text|post|tweet) is too long|needs to be a bit shorter/i, 'too-long'],
  [/media ids? .*invalid|invalid media|media_ids?/i, 'media-invalid'],
  [/\bpoll\b/i, 'poll-invalid'],
  [/\bedit/i, 'edit-not-allowed'],
  [/spend cap|spending limit/i, 'spend-cap'],
  [/\bcredits?\b/i, 'credits'],
  [/suspended/i, 'suspended'],
  [/temporarily locked|account is locked/i, 'locked'],
  [/\bscopes?\b/i, 'missing-scope'],
  [/not permitted to perform this action/i, 'not-permitted'],
];

/**
 * What promises that nothing was published. Never the duplicate: it may be this very post. Not a 400 without a known type, and
 * nothing of X's own faults.
 */
const REFUSED: readonly Code[] = [
  ...(['invalid-request', 'resource-not-found', 'not-authorized-for-resource', 'disallowed-resource'] as const),
  ...(['client-forbidden', 'client-not-enrolled', 'unsupported-authentication', 'usage-capped', 'forbidden'] as const),
  ...(['credits', 'spend-cap', 'reply-not-allowed', 'quote-not-allowed', 'parent-missing', 'cashtags'] as const),
  ...(['too-long', 'poll-invalid', 'not-permitted', 'edit-not-allowed', 'suspended', 'locked'] as const),
  ...(['missing-scope', 'media-invalid', 'unauthorized'] as const),
];

/** https://docs.x.com/x-api/fundamentals/response-codes-and-errors#client-error-codes */
export const REFUSALS: readonly RefusalRule[] = [
  { status: 401, docs: ERROR_DOCS },
  { status: 402, docs: PRICE_DOCS },
  { status: 429, docs: LIMIT_DOCS },
  ...[400, 403].map((status) => ({ status, codes: REFUSED, docs: ERROR_DOCS })),
];

function auth(message: string, remedy: string, docs = ERROR_DOCS): KnownFailure {
  return { kind: 'auth', message, remedy, docs };
}

function permission(message: string, remedy: string, docs = ERROR_DOCS): KnownFailure {
  return { kind: 'permission', message, remedy, docs };
}

function content(message: string, remedy: string, docs = ERROR_DOCS): KnownFailure {
  return { kind: 'content', message, remedy, docs };
}

function media(message: string, remedy: string): KnownFailure {
  return { kind: 'media', message, remedy, docs: MEDIA_DOCS };
}

function rate(message: string, docs = LIMIT_DOCS): KnownFailure {
  return { kind: 'rate-limit', message, remedy: WAIT, docs };
}

function down(message: string): KnownFailure {
  return { kind: 'unavailable', message, remedy: 'Nothing to do: it is tried again by itself.', docs: ERROR_DOCS };
}
