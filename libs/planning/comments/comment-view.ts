import { type MediaAssetRecord } from '#media';
import { type PostContent } from '../post-content.js';
import { type Anchor, type AnchorView, presentPlace } from './anchor.js';

/** Who may read a comment: colleagues alone, or also clients by review link. */
export type Visibility = 'internal' | 'client';

/** Who said something. */
export interface CommentAuthor {
  type: 'member' | 'client';
  /** A user's id, or a client's e-mail address where it is known. */
  id: string | null;
  name: string;
}

/** Somebody who is spoken to. */
export interface Mention {
  id: string;
  name: string;
}

/** A row of `comments`. */
export interface CommentRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  post_id: string;
  parent_id: string | null;
  revision: number;
  visibility: Visibility;
  author_type: CommentAuthor['type'];
  author_id: string | null;
  author_name: string;
  text: string;
  anchor: Anchor | null;
  mentions: Mention[];
  attachments: string[];
  created_at: Date;
  edited_at: Date | null;
  resolved_at: Date | null;
  resolved_by: CommentAuthor | null;
  deleted_at: Date | null;
}

/** An attached file. */
export interface AttachmentView {
  id: string;
  filename: string;
  altText: string | null;
}

/** A comment as colleagues see it, with the replies where it begins a thread. */
export interface CommentView {
  id: string;
  postId: string;
  parentId: string | null;
  visibility: Visibility;
  author: CommentAuthor;
  /** Empty where it was deleted. */
  text: string;
  /** Of the post, when it was written. */
  revision: number;
  anchor: AnchorView | null;
  mentions: Mention[];
  attachments: AttachmentView[];
  createdAt: Date;
  editedAt: Date | null;
  resolvedAt: Date | null;
  resolvedBy: CommentAuthor | null;
  /** Nothing but its replies is left of it. */
  deleted: boolean;
  replies: CommentView[];
}

/** A comment as a client sees it: nothing of colleagues but their names. */
export interface ClientCommentView extends Omit<
  CommentView,
  'postId' | 'visibility' | 'author' | 'mentions' | 'resolvedBy' | 'replies'
> {
  author: Omit<CommentAuthor, 'id'>;
  mentions: Pick<Mention, 'name'>[];
  resolvedBy: Omit<CommentAuthor, 'id'> | null;
  replies: ClientCommentView[];
}

/** What a comment is shown with. */
export interface Surroundings {
  /** What the post says now. */
  content: PostContent;
  media: ReadonlyMap<string, MediaAssetRecord>;
  replies: ReadonlyMap<string, readonly CommentRecord[]>;
}

export function authorOf({ author_type: type, author_id: id, author_name: name }: CommentRecord): CommentAuthor {
  return { type, id, name };
}

export function commentView(comment: CommentRecord, around: Surroundings): CommentView {
  const deleted = comment.deleted_at !== null;
  return {
    id: comment.id,
    postId: comment.post_id,
    parentId: comment.parent_id,
    visibility: comment.visibility,
    author: authorOf(comment),
    text: comment.text,
    revision: comment.revision,
    anchor: deleted || !comment.anchor ? null : presentPlace(comment.anchor, around.content),
    mentions: deleted ? [] : comment.mentions,
    attachments: deleted ? [] : comment.attachments.flatMap((id) => attachment(around.media.get(id))),
    createdAt: comment.created_at,
    editedAt: comment.edited_at,
    resolvedAt: comment.resolved_at,
    resolvedBy: comment.resolved_by,
    deleted,
    replies: (around.replies.get(comment.id) ?? []).map((reply) => commentView(reply, around)),
  };
}

/** The same without what is the workspace's own. */
export function clientCommentView(comment: CommentView): ClientCommentView {
  const { postId: _post, visibility: _visibility, author, mentions, resolvedBy, replies, ...rest } = comment;
  return {
    ...rest,
    author: { type: author.type, name: author.name },
    mentions: mentions.map(({ name }) => ({ name })),
    resolvedBy: resolvedBy && { type: resolvedBy.type, name: resolvedBy.name },
    replies: replies.map(clientCommentView),
  };
}

function attachment(asset: MediaAssetRecord | undefined): AttachmentView[] {
  return asset ? [{ id: asset.id, filename: asset.filename, altText: asset.alt_text }] : [];
}
