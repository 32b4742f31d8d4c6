import { Problem, row, type Transaction } from '#kernel';
import { contentHash, type Due, type NewPublication } from '#publishing';
import { type Cleared } from './approvals/clearance.js';
import { type PostContent } from './post-content.js';
import { type Preflight } from './preflight.js';

/** A row of `posts` with its present revision. */
export interface PostRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  revision: number;
  version: number;
  content: PostContent;
  created_at: Date;
  updated_at: Date;
}

/** Posts that are not deleted, with their present revision; goes on with further conditions on `p`. */
export const SELECT_POST = `
  select p.id, p.organization_id, p.workspace_id, p.revision, p.version, r.content, p.created_at, p.updated_at
    from posts p join post_revisions r on r.post_id = p.id and r.number = p.revision
   where p.deleted_at is null`;

/** @throws Problem 404 */
export async function findPost(tx: Transaction, id: string): Promise<PostRecord> {
  const post = await row<PostRecord>(tx, `${SELECT_POST} and p.id = $1`, [id]);
  if (!post) throw Problem.notFound();
  return post;
}

/** The same, until the transaction ends nobody else's to change. Whoever changes a post does so first. */
export async function lockPost(tx: Transaction, id: string): Promise<PostRecord> {
  await tx.query('select 1 from posts where id = $1 for update', [id]);
  return findPost(tx, id);
}

/**
 * One publication for each channel of a post.
 * @param cleared whether what a channel would be sent may go out
 */
export function newPublications(
  post: PostRecord,
  { contents }: Pick<Preflight, 'contents'>,
  due: Due,
  cleared: Cleared,
): NewPublication[] {
  return [...contents].map(([channelId, content]) => ({
    organizationId: post.organization_id,
    workspaceId: post.workspace_id,
    channelId,
    postId: post.id,
    revision: post.revision,
    content,
    due,
    cleared: cleared(channelId, contentHash(channelId, content)),
  }));
}
