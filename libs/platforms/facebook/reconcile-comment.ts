import {
  type AccountContext,
  type Evidence,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { facebookAddress, graph, pageId, pageToken } from './graph.js';
import { type Prepared, type PreparedComment } from './prepared.js';
import { CLOCK_TOLERANCE_MS, normalText } from './reconcile-feed.js';

const OPERATION = 'read the comments of the post';

/**
 * Looks through what the Page itself wrote below the post since the attempt.
 * https://developers.facebook.com/docs/graph-api/reference/object/comments
 */
export async function reconcileComment(
  ctx: AccountContext,
  { since, claimed }: Pick<ReconcileInput<Prepared>, 'since' | 'claimed'>,
  sent: PreparedComment,
): Promise<Reconciliation> {
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const query = { fields: 'id,message,created_time,from', filter: 'stream', limit: '100' };
  const path = `${sent.objectId}/comments`;
  const same: string[] = [];
  let read = 0;
  for await (const node of graph.edge(ctx, { operation: OPERATION, path, query, token: pageToken(ctx) })) {
    read += 1;
    const id = stringField(node, 'id', OPERATION);
    if (!claimed.has(id) && createdAt(node) >= from && isOurs(node, pageId(ctx), sent.message)) same.push(id);
  }
  const evidence: Evidence = { lookedAt: 'comments of the post', since: since.toISOString(), commentsRead: read, same };
  const [only] = same;
  if (only === undefined) return { outcome: 'absent', evidence };
  if (same.length > 1) return { outcome: 'unknown', evidence };
  const receipt = { id: only, permalink: facebookAddress(ctx, only) };
  return { outcome: 'published', receipt, confidence: 'matched', evidence };
}

/** Facebook names the writer of a comment only where the permission allows it: nobody named may be the Page. */
function isOurs({ from, message }: JsonObject, page: string, text: string): boolean {
  const other = isJsonObject(from) && from.id !== page;
  return !other && typeof message === 'string' && normalText(message) === normalText(text);
}

function createdAt(node: JsonObject): number {
  const at = Date.parse(stringField(node, 'created_time', OPERATION));
  if (Number.isNaN(at)) throw new MalformedAnswerError(OPERATION, '"created_time" is no time');
  return at;
}
