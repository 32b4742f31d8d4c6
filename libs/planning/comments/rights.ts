import { Problem } from '#kernel';
import { type CommentRecord } from './comment-view.js';

/** What somebody may do in the workspace of a comment. */
export interface CommentRights {
  userId: string;
  writes: boolean;
  approves: boolean;
}

type Written = Pick<CommentRecord, 'author_type' | 'author_id'>;

function isOwn({ author_type: type, author_id: id }: Written, { userId }: CommentRights): boolean {
  return type === 'member' && id === userId;
}

/** @throws Problem 403 for everybody but who wrote it */
export function requireEdit(comment: Written, rights: CommentRights): void {
  if (!isOwn(comment, rights)) throw Problem.forbidden('Only who wrote a comment changes its words.');
}

/** @throws Problem 403 for who neither wrote it nor writes posts here */
export function requireDelete(comment: Written, rights: CommentRights): void {
  if (isOwn(comment, rights) || rights.writes) return;
  throw Problem.forbidden('Only who wrote a comment, or who writes posts here, deletes it.');
}

/** @throws Problem 403 for who neither began the thread nor writes or approves posts here */
export function requireResolve(thread: Written, rights: CommentRights): void {
  if (isOwn(thread, rights) || rights.writes || rights.approves) return;
  throw Problem.forbidden('Only who began a thread, or who writes or approves posts here, resolves it.');
}
