import {
  type AccountContext,
  checkLimits,
  isJsonObject,
  MalformedAnswerError,
  type PlatformAdapter,
  type PlatformLimits,
  PlatformHttpError,
  type Receipt,
  type ReconcileInput,
  type Reconciliation,
  type SegmentDraft,
  stringField,
  type Violation,
} from '#platforms/core';
import { classify } from './failures.js';
import { manifest, POST_COLLECTION } from './manifest.js';
import { languages, prepare, type PreparedPost } from './record.js';
import { connect, listChannels, profileUrl, refresh, revoke, storedSession } from './session.js';
import { procedure, procedureWithoutOutput, query, xrpcErrorName } from './xrpc.js';

const MAX_LANGUAGES = 3;

/** Publishes to Bluesky: the record key is chosen first, so a repeated commit is harmless and reconciliation is exact. */
export const blueskyAdapter: PlatformAdapter<PreparedPost> = {
  manifest,
  validate,
  prepare,
  commit,
  reconcile,
  classify,
  connect,
  listChannels,
  refresh,
  revoke,
  remove,
};

function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  return [...checkLimits(draft, limits, manifest), ...checkLanguages(draft)];
}

/** `langs` of https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json */
function checkLanguages(draft: SegmentDraft): Violation[] {
  const tags = languages(draft.settings);
  const at = { field: 'settings/langs', docs: manifest.docs, verifiedOn: manifest.verifiedOn };
  const unknown = tags.filter((tag) => !isLanguageTag(tag));
  const violations = unknown.map((tag) => ({
    ...at,
    rule: 'bluesky.language-invalid',
    message: `"${tag}" is not a language tag.`,
    remedy: 'Write language tags such as en, de or pt-BR, separated by commas.',
  }));
  if (tags.length <= MAX_LANGUAGES) return violations;
  const message = `${tags.length} languages are given; Bluesky takes ${MAX_LANGUAGES}.`;
  const remedy = `Remove ${tags.length - MAX_LANGUAGES} of them.`;
  return [...violations, { ...at, rule: 'bluesky.languages-too-many', message, remedy }];
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // The way in which Intl says "not a tag".
  }
}

/**
 * Create-only: `swapRecord: null` demands that nothing lies under the key yet. Sent twice, the reference server answers the same record
 * with the same receipt and any other content with `InvalidSwap`, so there is never a second post.
 * https://docs.bsky.app/docs/api/com-atproto-repo-put-record
 */
async function commit(ctx: AccountContext, { repo, rkey, record }: PreparedPost): Promise<Receipt> {
  const { pds, accessJwt } = storedSession(ctx);
  const operation = 'com.atproto.repo.putRecord';
  const body = await procedure(ctx.fetch, pds, operation, {
    token: accessJwt,
    json: { repo, collection: POST_COLLECTION, rkey, record, swapRecord: null },
  });
  const uri = stringField(body, 'uri', operation);
  if (uri !== recordUri(repo, rkey)) throw new MalformedAnswerError(operation, `"uri" names another record: ${uri}`);
  return receipt(ctx, repo, rkey, stringField(body, 'cid', operation));
}

/**
 * Reads the record under the chosen key. The read is public, so that it works with a dead token too.
 * https://docs.bsky.app/docs/api/com-atproto-repo-get-record
 */
async function reconcile(ctx: AccountContext, input: ReconcileInput<PreparedPost>): Promise<Reconciliation> {
  const { repo, rkey, record } = input.prepared;
  const operation = 'com.atproto.repo.getRecord';
  const looked = { read: operation, uri: recordUri(repo, rkey) };
  try {
    const params = { repo, collection: POST_COLLECTION, rkey };
    const body = await query(ctx.fetch, storedSession(ctx).pds, operation, params);
    const { value } = body;
    if (!isJsonObject(value)) throw new MalformedAnswerError(operation, '"value" is missing');
    const cid = stringField(body, 'cid', operation);
    if (value['text'] !== record['text']) {
      return { outcome: 'unknown', evidence: { ...looked, cid, found: 'a record with another text' } };
    }
    const found = receipt(ctx, repo, rkey, cid);
    return { outcome: 'published', receipt: found, confidence: 'certain', evidence: { ...looked, cid } };
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || xrpcErrorName(error) !== 'RecordNotFound') throw error;
    return { outcome: 'absent', evidence: { ...looked, answer: 'RecordNotFound' } };
  }
}

/** Succeeds when the record is already gone. https://docs.bsky.app/docs/api/com-atproto-repo-delete-record */
async function remove(ctx: AccountContext, { id }: Receipt): Promise<void> {
  const { pds, did, accessJwt } = storedSession(ctx);
  const rkey = id.slice(id.lastIndexOf('/') + 1);
  await procedureWithoutOutput(ctx.fetch, pds, 'com.atproto.repo.deleteRecord', {
    token: accessJwt,
    json: { repo: did, collection: POST_COLLECTION, rkey },
  });
}

function receipt(ctx: AccountContext, repo: string, rkey: string, cid: string): Receipt {
  return { id: recordUri(repo, rkey), extra: { cid }, permalink: `${profileUrl(ctx, repo)}/post/${rkey}` };
}

/** https://atproto.com/specs/at-uri-scheme */
function recordUri(repo: string, rkey: string): string {
  return `at://${repo}/${POST_COLLECTION}/${rkey}`;
}
