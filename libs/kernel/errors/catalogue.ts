/** What stays the same of one kind of problem, wherever it occurs. */
export interface ProblemKind {
  /** Short and general; `detail` says what happened this time. */
  title: string;
  /** HTTP status. */
  status: number;
}

/** Every kind of problem that the API answers with. A slug is for ever: programs rely on it. */
export const PROBLEMS = {
  'malformed-request': { title: 'The request cannot be read', status: 400 },
  'validation-failed': { title: 'Some fields are not valid', status: 422 },
  unauthorized: { title: 'Sign in first', status: 401 },
  'passcode-required': { title: 'A passcode is needed', status: 401 },
  'second-factor-required': { title: 'Set up a second factor first', status: 403 },
  forbidden: { title: 'Your role does not allow this', status: 403 },
  'not-found': { title: 'Not found', status: 404 },
  'method-not-allowed': { title: 'This address does not know the method', status: 405 },
  conflict: { title: 'This does not fit the present state', status: 409 },
  'already-exists': { title: 'This exists already', status: 409 },
  'already-publishing': { title: 'Publishing has begun', status: 409 },
  'approval-required': { title: 'An approval is needed first', status: 409 },
  gone: { title: 'This is no longer available', status: 410 },
  'media-in-use': { title: 'A post still needs the file', status: 409 },
  'quota-exceeded': { title: 'The storage is full', status: 422 },
  'precondition-failed': { title: 'Somebody changed this in the meantime', status: 412 },
  'payload-too-large': { title: 'Too large', status: 413 },
  'unsupported-media-type': { title: 'This type of content is not accepted', status: 415 },
  unprocessable: { title: 'This cannot be done', status: 422 },
  'idempotency-key-reused': { title: 'The idempotency key belongs to another request', status: 409 },
  'no-slots': { title: 'The queue has no slots', status: 422 },
  'connection-refused': { title: 'The platform did not accept the connection', status: 422 },
  'platform-failure': { title: 'The platform did not do what was asked for', status: 502 },
  'precondition-required': { title: 'Say which version you are changing', status: 428 },
  'too-many-requests': { title: 'Too many requests', status: 429 },
  internal: { title: 'Something went wrong on our side', status: 500 },
  'storage-full': { title: 'There is no room left', status: 507 },
  unavailable: { title: 'Not available at the moment', status: 503 },
} as const satisfies Record<string, ProblemKind>;

export type ProblemSlug = keyof typeof PROBLEMS;

/**
 * The `type` of a problem. A name and not an address, since an installation has no page of ours to show
 * (RFC 9457, section 3.1.1, allows any URI: https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1).
 */
export function problemType(slug: ProblemSlug): string {
  return `urn:clickpost:problem:${slug}`;
}

/** The catalogue as rows, for documentation and OpenAPI. */
export function describeProblems(): (ProblemKind & { slug: ProblemSlug; type: string })[] {
  return (Object.keys(PROBLEMS) as ProblemSlug[]).map((slug) => ({ slug, type: problemType(slug), ...PROBLEMS[slug] }));
}
