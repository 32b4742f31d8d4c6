import { type AccountContext, MalformedAnswerError, type Receipt, stringField } from '#platforms/core';
import { isGone } from '#platforms/meta';
import { accessOf, onlyWithFacebook } from './api.js';
import { commitComment } from './comments.js';
import { FACEBOOK_LOGIN } from './manifest.js';
import { type Prepared } from './prepare.js';

const MEDIA_DOCS = 'https://developers.facebook.com/docs/instagram-platform/reference/instagram-media';

/**
 * Publishes the container. `fields` has Graph read what it has just written, so that the address of the post comes with the
 * same request; where this edge does not, the receipt goes without.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish and
 * https://developers.facebook.com/docs/graph-api/changelog/version2.9 ("Read After Write")
 */
export async function commit(ctx: AccountContext, prepared: Prepared): Promise<Receipt> {
  const access = accessOf(ctx);
  if (prepared.kind === 'comment') return commitComment(ctx, access, prepared);
  const { graph, token, accountId } = access;
  const operation = 'publish the post';
  const body = new URLSearchParams({ creation_id: prepared.creationId, fields: 'id,permalink' });
  const answer = await graph.call(ctx, { operation, method: 'POST', path: `${accountId}/media_publish`, token, body });
  const id = stringField(answer, 'id', operation);
  if (!/^\d+$/.test(id)) throw new MalformedAnswerError(operation, `"${id}" is no id of a post`);
  return { id, ...(typeof answer.permalink === 'string' && { permalink: answer.permalink }) };
}

/**
 * Deletes a post, which there is for accounts connected with Facebook alone, or a first comment. That it is already gone is
 * as good. https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting
 */
export async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  const { way, graph, token } = accessOf(ctx);
  const isComment = receipt.extra?.kind === 'comment';
  if (!isComment && way !== FACEBOOK_LOGIN) {
    throw onlyWithFacebook(
      'Posts can be deleted',
      'Delete it in the Instagram app, or connect the account with Facebook.',
      MEDIA_DOCS,
    );
  }
  try {
    const operation = isComment ? 'delete the comment' : 'delete the post';
    await graph.callForSuccess(ctx, { operation, method: 'DELETE', path: receipt.id, token });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
