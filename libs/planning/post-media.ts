import { type Transaction } from '#kernel';
import { keepMediaOfPost } from '#media';
import { mediaIds } from './post-content.js';
import { type PostRecord } from './post-record.js';

/**
 * Lets the library know which files a post names, so that none of them is deleted while it is needed; whoever saves or
 * schedules a post does so in the same transaction.
 * @throws Problem 404 for a file that was deleted meanwhile
 */
export async function keepMedia(tx: Transaction, post: PostRecord): Promise<void> {
  const ids = mediaIds(post.content);
  // Most new posts name none, and nothing has to be forgotten of them.
  if (ids.length === 0 && post.version === 1) return;
  await keepMediaOfPost(
    tx,
    { id: post.id, organizationId: post.organization_id, workspaceId: post.workspace_id },
    ids.map((id) => id.toLowerCase()),
  );
}
