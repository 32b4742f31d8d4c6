import { queryOptions } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { type CommentDraft } from './item.js';

export type Comment = Schema<'CommentDto'>;
export type NewAnchor = Schema<'NewAnchorDto'>;

const PAGE = 100;
/** What is new or resolved is told live. For what was edited or deleted they are read again while on the screen, in milliseconds. */
const EVERY_MS = 60_000;

/** What people said about a post, oldest first, all pages of it. */
export const commentsQuery = (postId: string) =>
  queryOptions({
    queryKey: ['post', postId, 'comments'],
    queryFn: async ({ signal }): Promise<Comment[]> => {
      const threads: Comment[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = await answer(
          api.GET('/v1/posts/{id}/comments', { params: { path: { id: postId }, query }, signal }),
        );
        threads.push(...page.data);
        cursor = page.next;
      } while (cursor !== undefined);
      return threads;
    },
    refetchInterval: EVERY_MS,
  });

/**
 * Says something about a post.
 * @param where the thread that it answers in, or what it is about
 */
export function sendComment(
  postId: string,
  { text, visibility, mentions, attachments }: CommentDraft,
  where: { parentId?: string; anchor?: NewAnchor },
): Promise<Comment> {
  return answer(
    api.POST('/v1/posts/{id}/comments', {
      params: { path: { id: postId }, header: { 'Idempotency-Key': newIdempotencyKey() } },
      body: {
        ...{ text, mentions, attachments, ...where },
        // A reply is read by those who read its thread.
        ...(where.parentId === undefined && { visibility }),
      },
    }),
  );
}

export function changeComment(id: string, body: Schema<'UpdateCommentDto'>): Promise<Comment> {
  return answer(api.PATCH('/v1/comments/{id}', { params: { path: { id } }, body }));
}

export async function deleteComment(id: string): Promise<void> {
  await answer(api.DELETE('/v1/comments/{id}', { params: { path: { id } } }));
}
