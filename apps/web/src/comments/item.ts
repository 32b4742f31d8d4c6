/** Who may read a comment. */
export type Visibility = 'internal' | 'client';

/** A place in a text of a post, or a point of one of its images; of a video the whole. */
export interface ItemAnchor {
  type: 'text' | 'image';
  revision: number;
  /** What it was about is not in the post any more. */
  outdated: boolean;
  channelId?: string;
  part?: number | 'comment';
  start?: number;
  end?: number;
  quote?: string;
  mediaId?: string;
  x?: number;
  y?: number;
}

/** A comment as it is drawn, for colleagues and for clients alike. */
export interface CommentItem {
  id: string;
  author: { type: 'member' | 'client'; id?: string | null; name: string };
  /** Told to colleagues alone. */
  visibility?: Visibility;
  text: string;
  anchor: ItemAnchor | null;
  mentions: readonly { name: string }[];
  attachments: readonly { id: string; filename: string; altText: string | null }[];
  createdAt: string;
  editedAt: string | null;
  resolvedAt: string | null;
  resolvedBy: { name: string } | null;
  /** Nothing but its replies is left of it. */
  deleted: boolean;
  replies: readonly CommentItem[];
}

/** What somebody wrote, before it is sent. */
export interface CommentDraft {
  text: string;
  visibility: Visibility;
  /** Users who are spoken to. */
  mentions: string[];
  /** Uploaded files. */
  attachments: string[];
}
