import {
  classifyByStatus,
  excerpt,
  type Failure,
  type FailureKind,
  genericFailure,
  isJsonObject,
  PlatformHttpError,
} from '#platforms/core';
import { type Operation } from './api.js';
import { manifest } from './manifest.js';

const DOCS = 'https://docs.joinmastodon.org';

/** One thing that Mastodon says, and what it means. The first rule that fits counts. */
interface Rule {
  status: number | readonly number[];
  /** What the answer's `error` says. */
  says?: RegExp;
  /** Only for these requests. */
  of?: readonly Operation[];
  kind: FailureKind;
  code: string;
  message: string;
  remedy: string;
  docs: string;
}

const UPLOADS: readonly Operation[] = ['upload media', 'read media'];
const REPLACE_FILE = 'Replace or convert the file, then retry.';

/** https://docs.joinmastodon.org/methods/statuses/#create, https://docs.joinmastodon.org/methods/media/#v2 */
const RULES: readonly Rule[] = [
  {
    status: 403,
    says: /outside the authorized scopes/i,
    kind: 'permission',
    code: '403/scope',
    message: 'The access token was made without a permission that this needs.',
    remedy: 'Make a new access token with all scopes that the connect form names, and reconnect with it.',
    docs: `${DOCS}/api/oauth-scopes/`,
  },
  {
    status: 422,
    says: /requires an authenticated user/i,
    kind: 'auth',
    code: '422/no-user',
    message: 'The access token belongs to an application and to no account.',
    remedy: 'Reconnect with the access token that Preferences > Development shows for your application.',
    docs: `${DOCS}/api/oauth-tokens/`,
  },
  {
    status: [422, 500],
    says: /error processing thumbnail|could not be verified/i,
    of: UPLOADS,
    kind: 'media',
    code: 'media/unreadable',
    message: 'The Mastodon server could not read an attached file.',
    remedy: REPLACE_FILE,
    docs: `${DOCS}/methods/media/#v2`,
  },
  {
    status: [400, 404, 410, 413, 415, 422],
    of: UPLOADS,
    kind: 'media',
    code: 'media/refused',
    message: 'The Mastodon server did not accept an attached file or its description.',
    remedy: REPLACE_FILE,
    docs: `${DOCS}/methods/media/#v2`,
  },
  {
    status: 422,
    says: /have not finished processing/i,
    kind: 'unavailable',
    code: '422/media-not-ready',
    message: 'The Mastodon server is still processing the attached files.',
    remedy: 'Nothing to do: it is tried again by itself.',
    docs: `${DOCS}/methods/media/#v2`,
  },
  {
    // Not a refusal to build on: the images may hang on the very post that an earlier request of ours made.
    status: 422,
    says: /not found or already attached/i,
    kind: 'media',
    code: '422/media-attached',
    message: 'The attached files are gone from the Mastodon server or already belong to another post.',
    remedy: 'Look at the account: if the post is there, nothing needs doing; else retry, which uploads them again.',
    docs: `${DOCS}/methods/statuses/#create`,
  },
  {
    status: 422,
    says: /cannot attach/i,
    kind: 'media',
    code: '422/media',
    message: 'The Mastodon server does not take these files together.',
    remedy: 'Remove some of the attached files, then retry.',
    docs: `${DOCS}/methods/statuses/#create`,
  },
  {
    status: 422,
    says: /can't be blank/i,
    kind: 'content',
    code: '422/blank',
    message: 'Mastodon does not take a post without text or media.',
    remedy: 'Write a text or attach a file, then retry.',
    docs: `${DOCS}/methods/statuses/#create`,
  },
  {
    status: 422,
    says: /character limit of|is too long/i,
    kind: 'content',
    code: '422/too-long',
    message: 'The text is longer than this Mastodon server allows.',
    remedy: 'Shorten the text or the content warning, then retry.',
    docs: `${DOCS}/user/posting/#text`,
  },
  {
    status: 422,
    says: /^validation failed/i,
    kind: 'content',
    code: '422/validation',
    message: 'Mastodon did not accept the content of this post.',
    remedy: 'Change the text or settings named in the details, then retry.',
    docs: `${DOCS}/methods/statuses/#create`,
  },
  {
    status: 404,
    says: /trying to reply to/i,
    of: ['publish status'],
    kind: 'content',
    code: '404/reply-gone',
    message: 'The post that this one replies to is no longer there.',
    remedy: 'Publish it as a post of its own.',
    docs: `${DOCS}/methods/statuses/#create`,
  },
  {
    status: 410,
    kind: 'permission',
    code: '410',
    message: 'The account or what was asked for is gone from this Mastodon server.',
    remedy: 'Sign in to the server and see whether the account was moved, suspended or deleted.',
    docs: `${DOCS}/methods/accounts/#statuses`,
  },
];

/** The failure that an error stands for. Pure; never throws. */
export function classify(error: unknown, now: Date): Failure {
  const byStatus = classifyByStatus(error, manifest, now);
  if (!(error instanceof PlatformHttpError)) return byStatus;
  const said = errorText(error.body);
  const rule = RULES.find((candidate) => fits(candidate, error, said));
  const retryAt = byStatus.retryAt ?? rateLimitReset(error, now);
  const requestId = error.headers.get('x-request-id');
  return {
    ...byStatus,
    ...(rule && told(rule)),
    ...(said !== '' && { platformMessage: excerpt(said) }),
    ...(requestId && { requestId }),
    ...(retryAt && { retryAt }),
  };
}

/** A failure of Mastodon's that no answer carries, in the product's words. */
export function failureOf(kind: FailureKind, words: { message: string; remedy: string; docs?: string }): Failure {
  return { ...genericFailure(kind, manifest.name), ...words };
}

/** What the answer says went wrong: https://docs.joinmastodon.org/entities/Error/ */
export function errorText(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  if (!isJsonObject(body) || typeof body['error'] !== 'string') return '';
  const description = body['error_description'];
  return typeof description === 'string' ? `${body['error']}: ${description}` : body['error'];
}

function fits(rule: Rule, error: PlatformHttpError, said: string): boolean {
  const statuses = typeof rule.status === 'number' ? [rule.status] : rule.status;
  return (
    statuses.includes(error.status) &&
    (rule.of === undefined || rule.of.some((operation) => operation === error.operation)) &&
    (rule.says === undefined || rule.says.test(said))
  );
}

function told({ kind, code, message, remedy, docs }: Rule): Partial<Failure> {
  return { kind, platformCode: code, message, remedy, docs };
}

/** `X-RateLimit-Reset` is an ISO time, and stands on successes too: https://docs.joinmastodon.org/api/rate-limits/ */
function rateLimitReset({ status, headers }: PlatformHttpError, now: Date): string | undefined {
  const reset = status === 429 ? Date.parse(headers.get('x-ratelimit-reset') ?? '') : Number.NaN;
  return reset > now.getTime() ? new Date(reset).toISOString() : undefined;
}
