import {
  classifyByStatus,
  excerpt,
  type Failure,
  genericFailure,
  isJsonObject,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
} from '#platforms/core';
import {
  BOARD_GONE,
  EDIT_NOT_PERMITTED,
  IMAGE_REFUSED,
  type KnownFailure,
  NOT_PERMITTED,
  PIN_GONE,
  SCOPE_MISSING,
  TRIAL_ACCESS,
  URL_UNREACHABLE,
  VIDEO_NOT_READY,
} from './failures.js';
import { manifest } from './manifest.js';
import { LIMIT_DOCS, PINS_DOCS, SIGN_IN_DOCS } from './pages.js';
import { limitEndOf } from './pressure.js';

/** What is done with which requests: what a 404 means depends on it. */
export const OPERATIONS = {
  publish: 'publish the Pin',
  readBoard: 'read the board',
  readSections: 'read the sections of the board',
  readPins: 'read the Pins of the board',
  edit: 'change the Pin',
} as const;

const ON_BOARDS: readonly string[] = [
  OPERATIONS.publish,
  OPERATIONS.readBoard,
  OPERATIONS.readSections,
  OPERATIONS.readPins,
];

interface PinterestError {
  status: number;
  /** Left out where the answer has none. */
  code?: number;
  message?: string;
  operation: string;
  headers?: Headers;
  body: unknown;
}

/** Refusals that share a code with others and are told by their words, which no page lists. */
const BY_WORDS: readonly [RegExp, KnownFailure][] = [
  [/trial access/i, TRIAL_ACCESS],
  [
    /(reach|fetch|download|access|retrieve)\b.*\b(url|image|cover)|(url|image)\b.*\b(unreachable|not be (reached|fetched|downloaded))/i,
    URL_UNREACHABLE,
  ],
  [/\bimage\b/i, IMAGE_REFUSED],
  [/\b(video|media)\b/i, VIDEO_NOT_READY],
];

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const said = pinterestErrorOf(error);
  if (!said) return classifyByStatus(error, manifest, now);
  const { platformMessage, ...words } = wordsOf(said);
  const heard = platformMessage ?? said.message;
  const retryAt = words.kind === 'rate-limit' && said.headers ? limitEndOf(said.headers, now) : undefined;
  return {
    ...words,
    platformCode: String(said.code ?? said.status),
    ...(heard !== undefined && { platformMessage: excerpt(withoutTokens(heard), 1_000) }),
    ...(retryAt && { retryAt: retryAt.until.toISOString(), scope: retryAt.scope }),
  };
}

/** Whether Pinterest does not find it. */
export function isGone(error: unknown): boolean {
  return error instanceof PlatformHttpError && error.status === 404;
}

function wordsOf(said: PinterestError): Failure {
  const { status, code, message = '', operation } = said;
  const general = (kind: Failure['kind'], docs: string): Failure => ({ ...genericFailure(kind, manifest.name), docs });
  // Codes 3 and 7 come with 401 as well, and are no matter of the sign-in.
  if (status === 401 && code !== 3 && code !== 7) return { ...(trial(message) ?? general('auth', SIGN_IN_DOCS)) };
  if (status === 401 || status === 403) {
    if (operation === OPERATIONS.edit) return { ...EDIT_NOT_PERMITTED };
    return { ...(trial(message) ?? (code === 3 ? SCOPE_MISSING : NOT_PERMITTED)) };
  }
  if (status === 404 && ON_BOARDS.includes(operation)) return { ...BOARD_GONE };
  if (status === 404 && operation === OPERATIONS.edit) return { ...PIN_GONE };
  if (status === 429) return general('rate-limit', LIMIT_DOCS);
  if (status === 400) return { ...(byWords(message) ?? general('content', PINS_DOCS)) };
  if (status >= 500) return general('unavailable', PINS_DOCS);
  // Of what no page explains, all that was said is kept.
  return { ...genericFailure('unknown', manifest.name), platformMessage: raw(said.body) };
}

function trial(message: string): KnownFailure | undefined {
  return /trial access/i.test(message) ? TRIAL_ACCESS : undefined;
}

function byWords(message: string): KnownFailure | undefined {
  return BY_WORDS.find(([words]) => words.test(message))?.[1];
}

/** What Pinterest said, whether it came as an answer or through passport's strategy. Undefined where it said nothing. */
function pinterestErrorOf(error: unknown): PinterestError | undefined {
  if (error instanceof PlatformHttpError) {
    const { status, headers, body, operation } = error;
    return { status, headers, operation, body, ...fieldsOf(body) };
  }
  if (!(error instanceof Error) || error.name !== 'InternalOAuthError') return undefined;
  const { oauthError } = error as Error & { oauthError?: unknown };
  if (typeof oauthError !== 'object' || oauthError === null) return undefined;
  const { statusCode: status, data } = oauthError as Record<string, unknown>;
  if (typeof status !== 'number' || typeof data !== 'string') return undefined;
  const body = parseJson(data) ?? data;
  return { status, operation: 'sign in', body, ...fieldsOf(body) };
}

function fieldsOf(body: unknown): Pick<PinterestError, 'code' | 'message'> {
  if (!isJsonObject(body)) return typeof body === 'string' && body !== '' ? { message: body } : {};
  const { code, message } = body;
  return {
    ...(typeof code === 'number' && { code }),
    ...(typeof message === 'string' ? { message } : { message: raw(body) }),
  };
}

function raw(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}

/** Tokens begin with `pina`, `pinr` or `pinc`: https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ */
function withoutTokens(text: string): string {
  return text.replaceAll(/\bpin[arc][_.][\w.-]+/g, '(token)');
}
