import {
  type AccountContext,
  type Evidence,
  type JsonObject,
  type ReconcileInput,
  type Receipt,
  type Reconciliation,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { isGone } from '#platforms/meta';
import { type Access } from './api.js';
import { comparable, isSince } from './compare.js';

/** The text of a first comment, and the post that it goes below. */
export type PreparedComment = { kind: 'comment'; mediaId: string; message: string };

/** Nothing is made beforehand: a comment is one request. */
export function prepareComment({ text, replyTo }: SegmentDraft): PreparedComment {
  if (!replyTo) throw new Error('A comment needs the post that it goes below.');
  return { kind: 'comment', mediaId: replyTo.root.id, message: text };
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments */
export async function commitComment(
  ctx: AccountContext,
  { graph, token }: Access,
  { mediaId, message }: PreparedComment,
): Promise<Receipt> {
  const operation = 'write the first comment';
  const body = new URLSearchParams({ message });
  const answer = await graph.call(ctx, { operation, method: 'POST', path: `${mediaId}/comments`, token, body });
  return { id: stringField(answer, 'id', operation), extra: { kind: 'comment' } };
}

/** Looks for the comment below its post, by text and time. A post that is gone has no comments. */
export async function reconcileComment(
  ctx: AccountContext,
  { graph, token }: Access,
  prepared: PreparedComment,
  { since, claimed }: Pick<ReconcileInput<PreparedComment>, 'since' | 'claimed'>,
): Promise<Reconciliation> {
  const found: string[] = [];
  let read = 0;
  const query = { fields: 'id,text,timestamp', limit: '50' };
  const call = { operation: 'read the comments', path: `${prepared.mediaId}/comments`, token, query };
  try {
    for await (const node of graph.edge(ctx, call)) {
      read += 1;
      const id = sameComment(node, prepared, since);
      if (id !== undefined && !claimed.has(id)) found.push(id);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return {
      outcome: 'absent',
      evidence: { lookedAt: 'comments of the post', post: prepared.mediaId, postIsGone: true },
    };
  }
  const evidence: Evidence = {
    lookedAt: 'comments of the post',
    post: prepared.mediaId,
    since: since.toISOString(),
    read,
    same: found,
  };
  const [only] = found;
  if (only === undefined) return { outcome: 'absent', evidence };
  if (found.length > 1) return { outcome: 'unknown', evidence };
  return { outcome: 'published', receipt: { id: only, extra: { kind: 'comment' } }, confidence: 'matched', evidence };
}

function sameComment(node: JsonObject, { message }: PreparedComment, since: Date): string | undefined {
  const id = stringField(node, 'id', 'read the comments');
  const same = comparable(node.text) === comparable(message) && isSince(node, since, 'read the comments');
  return same ? id : undefined;
}
