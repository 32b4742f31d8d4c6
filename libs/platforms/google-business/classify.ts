import { type Failure, PlatformFailure, PlatformHttpError } from '#platforms/core';
import { classifyGoogle, type GoogleError, googleErrorOf, type GoogleTables } from '#platforms/google';
import { NOT_APPROVED, NOT_PERMITTED, PHOTO_REFUSED, PLACE_GONE, POST_GONE, POSTS_NOT_ENABLED } from './failures.js';
import { manifest } from './manifest.js';
import { ERROR_DOCS } from './pages.js';

/** What is done with which requests: what a 404 means depends on it. */
export const OPERATIONS = {
  accounts: 'read the accounts',
  places: 'read the places',
  publish: 'publish the post',
  readPost: 'read the post',
  readPosts: 'read the posts of the place',
  edit: 'change the post',
  remove: 'delete the post',
} as const;

const tables: GoogleTables = { statuses: { PERMISSION_DENIED: NOT_PERMITTED }, docs: ERROR_DOCS };

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  const general = classifyGoogle(error, manifest, now, tables);
  if (error instanceof PlatformFailure) return general;
  const said = googleErrorOf(error);
  if (!said || said.signIn !== undefined) return general;
  // "badRequest" says less than the canonical code that it comes with: https://github.com/spotonlive/php-google-my-business/issues/26
  const { status } = said;
  const failure =
    general.platformCode === 'badRequest' && status !== undefined ? { ...general, platformCode: status } : general;
  if (isNotApproved(said)) return known(failure, NOT_APPROVED);
  if (isPostsDisabled(said)) return known(failure, POSTS_NOT_ENABLED);
  const operation = error instanceof PlatformHttpError ? error.operation : undefined;
  if (said.code === 404) {
    return known(failure, operation === OPERATIONS.edit || operation === OPERATIONS.readPost ? POST_GONE : PLACE_GONE);
  }
  // What the photo is and whether it can be fetched, Google looks at while it takes the post: "Fetching image failed." names no field.
  const isPhoto = said.fieldViolations.some(
    ({ field, description }) => /media|source_?url/i.test(field) || /\b(images?|photos?)\b/i.test(description),
  );
  return isPhoto && failure.kind === 'content' ? known(failure, PHOTO_REFUSED) : failure;
}

/** Whether it is the installation's project that may publish nothing at all, on whichever place. */
export function isClosedToProject(error: unknown): boolean {
  const said = googleErrorOf(error);
  return said !== undefined && (isNotApproved(said) || isPostsDisabled(said));
}

function isNotApproved({ errorInfo }: GoogleError): boolean {
  return errorInfo?.metadata.quota_limit_value === '0';
}

function isPostsDisabled({ errorInfo }: GoogleError): boolean {
  return errorInfo?.reason === 'SERVICE_DISABLED' && errorInfo.metadata.service === 'mybusiness.googleapis.com';
}

/** What is known instead of what is general; nothing is tried again by itself then. */
function known({ platformCode, platformMessage }: Failure, words: Omit<Failure, 'platformCode'>): Failure {
  return {
    ...words,
    ...(platformCode !== undefined && { platformCode }),
    ...(platformMessage !== undefined && { platformMessage }),
  };
}
