import { type Failure, type FailureKind, genericFailure } from '#platforms/core';
import { INVALID_BODY } from './manifest.js';
import { type AssetKind } from './upload.js';
import {
  CODE_FLOW_DOCS,
  COMMENTS_DOCS,
  ERRORS_DOCS,
  IMAGES_DOCS,
  DOCUMENTS_DOCS,
  LITTLE_TEXT_DOCS,
  POSTS_DOCS,
  RATE_DOCS,
  REFRESH_DOCS,
  ROLES_DOCS,
  VERSIONS_DOCS,
  VIDEOS_DOCS,
} from './pages.js';

const NAME = 'LinkedIn';

/** What is known about a code: its kind, a sentence, a remedy and the page. */
export type KnownFailure = Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs'>;

const known = (kind: FailureKind, docs: string, message: string, remedy: string): KnownFailure => ({
  kind,
  message,
  remedy,
  docs,
});
const generic = (kind: FailureKind, docs: string): KnownFailure => ({ ...genericFailure(kind, NAME), docs });

const content = (message: string, remedy: string, docs = POSTS_DOCS) => known('content', docs, message, remedy);
const media = (message: string, remedy = 'Replace the file, then retry.', docs = POSTS_DOCS) =>
  known('media', docs, message, remedy);

const WRONG_FIELD = content(
  'LinkedIn did not accept a part of this post.',
  'Look at the details for the part that it names, change it and retry.',
);
const ENDED = 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.';

/**
 * Codes in words. Those in capitals stand in `code` or in `errorDetails`, numbers in `serviceErrorCode`.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling
 */
export const CODES: Readonly<Record<string, KnownFailure>> = {
  // Sign-in.
  '65600': known('auth', ERRORS_DOCS, 'LinkedIn does not know this sign-in.', ENDED),
  '65601': known('auth', ERRORS_DOCS, 'The permission for ClickPost was taken away at LinkedIn.', ENDED),
  '65602': known('auth', ERRORS_DOCS, 'The sign-in at LinkedIn has expired.', ENDED),
  '65603': generic('auth', ERRORS_DOCS),
  '65604': known('auth', ERRORS_DOCS, 'The sign-in at LinkedIn was ended by its person.', ENDED),
  EXPIRED_ACCESS_TOKEN: known('auth', ERRORS_DOCS, 'The sign-in at LinkedIn has expired.', ENDED),
  REVOKED_ACCESS_TOKEN: known('auth', ERRORS_DOCS, 'The permission for ClickPost was taken away at LinkedIn.', ENDED),
  INVALID_ACCESS_TOKEN: known('auth', ERRORS_DOCS, 'LinkedIn does not know this sign-in.', ENDED),
  EMPTY_ACCESS_TOKEN: known('auth', ERRORS_DOCS, 'LinkedIn does not know this sign-in.', ENDED),
  UNAUTHORIZED: generic('auth', ERRORS_DOCS),
  // Words of RFC 6749, at the address for tokens.
  invalid_grant: known('auth', REFRESH_DOCS, 'LinkedIn does not renew this sign-in any more.', ENDED),
  invalid_request: known(
    'auth',
    CODE_FLOW_DOCS,
    'LinkedIn did not accept this sign-in.',
    'Connect once more, in the same browser window from start to end.',
  ),
  invalid_client: known(
    'permission',
    ERRORS_DOCS,
    'LinkedIn does not know the app of this installation, or its secret.',
    'Ask the operator to compare id and secret of the LinkedIn app with those on its page at LinkedIn.',
  ),
  unauthorized_scope_error: known(
    'permission',
    ERRORS_DOCS,
    'The LinkedIn app of this installation may not ask for one of the permissions.',
    'Ask the operator to add the products that connecting.md names to the app.',
  ),
  // Permissions.
  '100': generic('permission', ERRORS_DOCS),
  ACCESS_DENIED: known(
    'permission',
    ROLES_DOCS,
    'LinkedIn does not allow this: the role on the page may have ended, or a permission is missing.',
    'Ask an administrator of the page for the role of a content administrator, or reconnect with every permission.',
  ),
  // Versions.
  NONEXISTENT_VERSION: versionEnded(),
  VERSION_MISSING: versionEnded(),
  // Limits.
  '101': generic('rate-limit', RATE_DOCS),
  TOO_MANY_REQUESTS: generic('rate-limit', RATE_DOCS),
  // What is said.
  FIELD_LENGTH_TOO_LONG: content(
    'A text is longer than LinkedIn allows, with the signs that it adds to special characters and hashtags.',
    'Shorten it, then retry.',
    LITTLE_TEXT_DOCS,
  ),
  FIELD_LENGTH_TOO_SHORT: content('A text is shorter than LinkedIn allows.', 'Write more, then retry.'),
  FIELD_REQUIRED: WRONG_FIELD,
  FIELD_INVALID: WRONG_FIELD,
  FIELD_VALUE_INVALID: WRONG_FIELD,
  ILLEGAL_ARGUMENT: WRONG_FIELD,
  INVALID_URN_TYPE: WRONG_FIELD,
  INVALID_URN_ID: WRONG_FIELD,
  INVALID_VALUE_FOR_FIELD: WRONG_FIELD,
  MISSING_FIELD: WRONG_FIELD,
  MISSING_REQUIRED_FIELD: WRONG_FIELD,
  UNKNOWN_FIELD: WRONG_FIELD,
  UNPERMITTED_FIELD: WRONG_FIELD,
  PARAM_INVALID: WRONG_FIELD,
  [INVALID_BODY]: WRONG_FIELD,
  INVALID_CONTENT: content('LinkedIn does not accept what this post says.', 'Change its text or link, then retry.'),
  // Files.
  MEDIA_ASSET_PROCESSING_FAILED: media('LinkedIn could not work on a file of this post.'),
  MEDIA_ASSET_WAITING_UPLOAD: known(
    'unavailable',
    VIDEOS_DOCS,
    'LinkedIn does not have a file of this post as a whole yet.',
    'Nothing to do: it is tried again by itself.',
  ),
  EXPIRED_UPLOAD_URL: known(
    'unavailable',
    VIDEOS_DOCS,
    'The time in which LinkedIn takes a file has ended.',
    'Nothing to do: it is tried again by itself.',
  ),
  UPDATING_ASSET_FAILED: generic('unavailable', VIDEOS_DOCS),
  // The same post.
  DUPLICATE_POST: known(
    'duplicate',
    POSTS_DOCS,
    'LinkedIn says that the same post is already there.',
    'Look at the profile or page: if the post is there, nothing needs doing; else change the text and retry.',
  ),
};

/** A version that LinkedIn answers no more, which nobody but the operator can change. */
export function versionEnded(): KnownFailure {
  return known(
    'permission',
    VERSIONS_DOCS,
    'LinkedIn no longer answers the version of its API that this installation speaks.',
    'Ask the operator to update ClickPost, or to set LINKEDIN_API_VERSION to a version that LinkedIn supports, and restart.',
  );
}

/** A comment whose post LinkedIn does not show yet, or no more. */
export const NO_POST_YET: KnownFailure = known(
  'unavailable',
  COMMENTS_DOCS,
  'LinkedIn does not find the post below which the comment belongs; just after publishing that takes a moment.',
  'Nothing to do: it is tried again by itself. If the post was deleted, remove the comment.',
);

const ASSET_DOCS: Readonly<Record<AssetKind, string>> = {
  image: IMAGES_DOCS,
  document: DOCUMENTS_DOCS,
  video: VIDEOS_DOCS,
};

/** A file that LinkedIn took and could not work on. */
export function refusedFile(kind: AssetKind, reason: string): Failure {
  return {
    kind: 'media',
    message: `LinkedIn could not work on the ${kind}.`,
    remedy: 'Replace the file, or retry in case it was a passing fault.',
    platformCode: reason,
    docs: ASSET_DOCS[kind],
  };
}

/** A file that LinkedIn comes to no end with. */
export function unfinishedFile(kind: AssetKind): Failure {
  return {
    kind: 'unavailable',
    message: `LinkedIn has been working on the ${kind} for an hour.`,
    remedy: 'Retry later; if it happens again, use another file.',
    platformCode: 'linkedin.never-ready',
    docs: ASSET_DOCS[kind],
  };
}

/** The post that LinkedIn calls the same is not this publication's. */
export function foreignDuplicate(of: string | undefined, why: string): Failure {
  return {
    kind: 'duplicate',
    message: `LinkedIn did not publish it, because the same is already there: ${why}.`,
    remedy: 'Change the text a little and retry, or cancel it.',
    platformCode: 'DUPLICATE_POST',
    ...(of !== undefined && { duplicateOf: of }),
    docs: POSTS_DOCS,
  };
}
