import { type AccountContext, MalformedAnswerError, type Receipt, stringField } from '#platforms/core';
import { isGone } from '#platforms/meta';
import { accessOf, onlyWithFacebook } from './api.js';
import { commitComment } from './comments.js';
import { FACEBOOK_LOGIN } from './manifest.js';
import { type Prepared } from './prepare.js';

const MEDIA_DOCS = 'https://developers.facebook.com/docs/instagram-platform/reference/instagram-media';

/**
 * Publishes the container. It asks for no fields of the new post: an error in reading them could not be told from a refusal.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish
 */
export async function commit(ctx: AccountContext, prepared: Prepared): Promise<Receipt> {
  const access = accessOf(ctx);
  if (prepared.kind === 'comment') return commitComment(ctx, access, prepared);
  const { graph, token, accountId } = access;
  const operation = 'publish the post';
  const body = new URLSearchParams({ creation_id: prepared.creationId });
  const answer = await graph.call(ctx, { operation, method: 'POST', path: `${accountId}/media_publish`, token, body });
  const id = stringField(answer, 'id', operation);
  if (!/^\d+$/.test(id)) throw new MalformedAnswerError(operation, `"${id}" is no id of a post`);
  return { id };
}

/** Where a post can be seen; a comment has no address of its own. The number of a post is not part of it. */
export async function permalink(ctx: AccountContext, { id, extra }: Receipt): Promise<string | undefined> {
  if (extra?.kind === 'comment') return undefined;
  const { graph, token } = accessOf(ctx);
  const query = { fields: 'permalink' };
  const post = await graph.call(ctx, { operation: 'read the post', method: 'GET', path: id, token, query });
  return typeof post.permalink === 'string' ? post.permalink : undefined;
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
