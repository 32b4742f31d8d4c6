import { v7 as uuid } from 'uuid';
import { row, rows, type Transaction } from '#kernel';
import { type PostRecord } from '../post-record.js';
import { type Anchor } from './anchor.js';
import { type CommentAuthor, type CommentRecord, type Mention, type Visibility } from './comment-view.js';

/** Whether something is left of it: itself, or replies to it. */
const IS_THERE = `(c.deleted_at is null or exists (
  select 1 from comments r where r.parent_id = c.id and r.deleted_at is null))`;

/** Which threads of a post. */
export interface ThreadRange {
  /** Those alone that clients see too. */
  visibility?: Visibility;
  after?: string | undefined;
  limit?: number;
}

/** Threads of a post, oldest first. */
export function threadsOf(tx: Transaction, postId: string, { visibility, after, limit }: ThreadRange) {
  return rows<CommentRecord>(
    tx,
    `select c.* from comments c where c.post_id = $1 and c.parent_id is null and ${IS_THERE}
        and ($2::uuid is null or c.id > $2) and ($3::text is null or c.visibility = $3)
      order by c.id limit $4`,
    [postId, after ?? null, visibility ?? null, limit ?? null],
  );
}

/** The replies in some threads, oldest first. */
export function repliesOf(tx: Transaction, threadIds: readonly string[]): Promise<CommentRecord[]> {
  return rows<CommentRecord>(
    tx,
    'select * from comments where parent_id = any($1::uuid[]) and deleted_at is null order by id',
    [threadIds],
  );
}

/** How many threads of a post nobody has resolved. */
export async function openThreadsOf(tx: Transaction, postId: string): Promise<number> {
  const found = await row<{ count: number }>(
    tx,
    `select count(*)::int as count from comments c
      where c.post_id = $1 and c.parent_id is null and c.resolved_at is null and ${IS_THERE}`,
    [postId],
  );
  return found?.count ?? 0;
}

/** A comment of which something is left, of a post that is not deleted; until the transaction ends nobody else's to change. */
export function lockComment(tx: Transaction, id: string): Promise<CommentRecord | undefined> {
  return row<CommentRecord>(
    tx,
    `select c.* from comments c join posts p on p.id = c.post_id
      where c.id = $1 and ${IS_THERE} and p.deleted_at is null for update of c`,
    [id],
  );
}

/** The beginning of a thread of a post, to answer to. */
export function lockThread(tx: Transaction, postId: string, id: string): Promise<CommentRecord | undefined> {
  return row<CommentRecord>(
    tx,
    `select c.* from comments c where c.id = $1 and c.post_id = $2 and c.parent_id is null and ${IS_THERE}
        for update of c`,
    [id, postId],
  );
}

/** A comment before it is stored. */
export interface CommentDraft {
  parentId: string | null;
  visibility: Visibility;
  author: CommentAuthor;
  linkId: string | null;
  text: string;
  anchor: Anchor | null;
  mentions: readonly Mention[];
  attachments: readonly string[];
}

export async function insertComment(tx: Transaction, post: PostRecord, draft: CommentDraft): Promise<CommentRecord> {
  const stored = await row<CommentRecord>(
    tx,
    `insert into comments (id, organization_id, workspace_id, post_id, parent_id, revision, visibility, author_type,
       author_id, author_name, link_id, text, anchor, mentions, attachments)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning *`,
    [
      uuid(),
      post.organization_id,
      post.workspace_id,
      post.id,
      draft.parentId,
      draft.anchor?.revision ?? post.revision,
      draft.visibility,
      draft.author.type,
      draft.author.id,
      draft.author.name,
      draft.linkId,
      draft.text,
      draft.anchor && JSON.stringify(draft.anchor),
      JSON.stringify(draft.mentions),
      draft.attachments,
    ],
  );
  if (!stored) throw new Error('PostgreSQL did not return the comment that it stored.');
  return stored;
}

export async function keepText(tx: Transaction, id: string, text: string): Promise<void> {
  await tx.query('update comments set text = $2, edited_at = clock_timestamp() where id = $1', [id, text]);
}

/** @param by who resolved it; null = it is open again */
export async function keepResolved(tx: Transaction, id: string, by: CommentAuthor | null): Promise<void> {
  await tx.query(
    `update comments set resolved_by = $2, resolved_at = case when $2::jsonb is not null then clock_timestamp() end
      where id = $1`,
    [id, by && JSON.stringify(by)],
  );
}

/** Nothing of what it said is kept. */
export async function keepDeleted(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update comments set text = '', anchor = null, mentions = '[]', attachments = '{}', deleted_at = clock_timestamp()
      where id = $1`,
    [id],
  );
}
