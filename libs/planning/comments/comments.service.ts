import { Injectable } from '@nestjs/common';
import {
  Database,
  type FieldError,
  type IdempotencyClaim,
  once,
  Problem,
  recordEvents,
  row,
  type Transaction,
} from '#kernel';
import { MediaLibrary } from '#media';
import { grouped, peopleOf } from '../approvals/people.js';
import { type PostContent } from '../post-content.js';
import { findPost, type PostRecord } from '../post-record.js';
import { type Anchor, type NewAnchor, withoutPoint, wrongPlace } from './anchor.js';
import {
  type CommentDraft,
  insertComment,
  keepDeleted,
  keepResolved,
  keepText,
  lockComment,
  lockThread,
  openThreadsOf,
  repliesOf,
  threadsOf,
} from './comment-store.js';
import {
  authorOf,
  type ClientCommentView,
  clientCommentView,
  type CommentAuthor,
  type CommentRecord,
  type CommentView,
  commentView,
  type Mention,
  type Visibility,
} from './comment-view.js';
import { type CommentRights, requireDelete, requireEdit, requireResolve } from './rights.js';

/** A member who comments. */
export interface Commenter {
  organizationId: string;
  author: CommentAuthor & { id: string };
  /** What they may do in a workspace. */
  rights: (workspaceId: string) => CommentRights;
}

export interface NewComment {
  text: string;
  /** Of a thread that begins; a reply has that of its thread. */
  visibility?: Visibility | undefined;
  /** The thread that it answers in. */
  parentId?: string | undefined;
  /** Users. */
  mentions?: readonly string[] | undefined;
  anchor?: NewAnchor | undefined;
  /** Media of the workspace. */
  attachments?: readonly string[] | undefined;
}

/** What somebody without an account says, by a review link that was checked before. */
export interface ClientComment extends Pick<NewComment, 'text' | 'anchor' | 'parentId'> {
  organizationId: string;
  workspaceId: string;
  postId: string;
  linkId: string;
  /** Null where the link is nobody's in particular. */
  email: string | null;
  name: string;
}

/** Some threads of a post. */
export interface Threads {
  threads: CommentView[];
  /** Of the whole post, those that nobody has resolved. */
  openThreads: number;
}

/** Of a comment, in an event. */
const EXCERPT = 200;

/** What people say about posts: threads of one level, among colleagues or with the client. */
@Injectable()
export class CommentsService {
  constructor(
    private readonly database: Database,
    private readonly media: MediaLibrary,
  ) {}

  /** Threads with their replies, oldest first, after the thread `after`. @throws Problem 404 */
  list(organizationId: string, postId: string, range: { limit: number; after?: string }): Promise<Threads> {
    return this.database.tenant(organizationId, async (tx) => {
      const post = await findPost(tx, postId);
      const found = await threadsOf(tx, postId, range);
      return { threads: await this.show(tx, post, found), openThreads: await openThreadsOf(tx, postId) };
    });
  }

  /**
   * Begins a thread, or answers in one; an answer opens a resolved thread again.
   * @throws Problem 404, 422 naming what is not there
   */
  create(
    { organizationId, author }: Commenter,
    postId: string,
    input: NewComment,
    claim: IdempotencyClaim | undefined,
  ): Promise<CommentView> {
    return once(this.database, organizationId, claim, async (tx) => {
      const post = await findPost(tx, postId);
      const thread = await threadFor(tx, post, input);
      const mentions = await mentionsIn(tx, post, input.mentions ?? []);
      await this.checkAttachments(tx, post, input.attachments ?? []);
      const visibility = thread?.visibility ?? input.visibility ?? 'internal';
      const draft = { author, visibility, mentions, attachments: input.attachments ?? [], linkId: null };
      return this.add(tx, post, thread, { ...input, ...draft });
    });
  }

  /**
   * Changes the words of one's own comment, resolves a thread or opens it again.
   * @throws Problem 404, 403 for others, 422 where it is no thread
   */
  update(commenter: Commenter, id: string, change: { text?: string; resolved?: boolean }): Promise<CommentView> {
    return this.database.tenant(commenter.organizationId, async (tx) => {
      const comment = await lockedComment(tx, id);
      const rights = commenter.rights(comment.workspace_id);
      if (change.text !== undefined && change.text !== comment.text) {
        if (comment.deleted_at) throw Problem.notFound();
        requireEdit(comment, rights);
        await keepText(tx, id, change.text);
      }
      if (change.resolved !== undefined) await resolve(tx, comment, change.resolved, commenter.author, rights);
      const post = await findPost(tx, comment.post_id);
      return this.showOne(tx, post, await lockedComment(tx, id));
    });
  }

  /** Takes a comment away; of one that has replies its place is kept. @throws Problem 404, 403 */
  async delete(commenter: Commenter, id: string): Promise<void> {
    await this.database.tenant(commenter.organizationId, async (tx) => {
      const comment = await lockedComment(tx, id);
      if (comment.deleted_at) throw Problem.notFound();
      requireDelete(comment, commenter.rights(comment.workspace_id));
      await keepDeleted(tx, id);
    });
  }

  /** What a client sees of what was said about a post, oldest first. @throws Problem 404 */
  async listForClient(tx: Transaction, postId: string): Promise<ClientCommentView[]> {
    const post = await findPost(tx, postId);
    const found = await threadsOf(tx, postId, { visibility: 'client' });
    return (await this.show(tx, post, found)).map(clientCommentView);
  }

  /**
   * Keeps what a client says; clients see it always. Whoever calls has checked the link.
   * @throws Problem 404 where the post or the thread is not for clients, 422 naming a place that is not there
   */
  async addAsClient(tx: Transaction, comment: ClientComment): Promise<ClientCommentView> {
    const { postId, workspaceId, parentId, linkId, email, name } = comment;
    const post = await findPost(tx, postId);
    if (post.workspace_id !== workspaceId) throw Problem.notFound();
    const thread = parentId === undefined ? undefined : await lockThread(tx, postId, parentId);
    if (parentId !== undefined && thread?.visibility !== 'client') throw Problem.notFound();
    const author: CommentAuthor = { type: 'client', id: email?.toLowerCase() ?? null, name };
    const draft = { author, visibility: 'client', mentions: [], attachments: [], linkId } as const;
    const { text, anchor } = comment;
    return clientCommentView(await this.add(tx, post, thread, { ...draft, text, anchor }));
  }

  private async add(
    tx: Transaction,
    post: PostRecord,
    thread: CommentRecord | undefined,
    draft: Omit<CommentDraft, 'anchor' | 'parentId'> & { anchor?: NewAnchor | undefined },
  ): Promise<CommentView> {
    const anchor = draft.anchor ? await this.pointed(tx, post, await anchorIn(tx, post, draft.anchor)) : null;
    const comment = await insertComment(tx, post, { ...draft, anchor, parentId: thread?.id ?? null });
    if (thread?.resolved_at) await keepResolved(tx, thread.id, null);
    await recordEvents(tx, {
      organizationId: post.organization_id,
      workspaceId: post.workspace_id,
      type: 'comment.created',
      data: {
        postId: post.id,
        commentId: comment.id,
        parentId: comment.parent_id,
        by: authorOf(comment),
        visibility: comment.visibility,
        mentions: comment.mentions.map(({ id }) => id),
        excerpt: comment.text.slice(0, EXCERPT),
      },
    });
    return this.showOne(tx, post, comment);
  }

  /** The place as it is kept, by what kind of file it is in. */
  private async pointed(tx: Transaction, { workspace_id: workspaceId }: PostRecord, anchor: Anchor): Promise<Anchor> {
    if (anchor.type !== 'image') return anchor;
    const files = await this.media.assets(tx, workspaceId, [anchor.mediaId]);
    return withoutPoint(anchor, files.get(anchor.mediaId)?.kind);
  }

  private async checkAttachments(tx: Transaction, post: PostRecord, ids: readonly string[]): Promise<void> {
    const known = await this.media.assets(tx, post.workspace_id, ids);
    const errors = ids.flatMap((id, index) => (known.has(id) ? [] : [{ ...NO_MEDIA, field: `attachments/${index}` }]));
    if (errors.length > 0) throw Problem.validation(errors);
  }

  private async showOne(tx: Transaction, post: PostRecord, comment: CommentRecord): Promise<CommentView> {
    const [shown] = await this.show(tx, post, [comment]);
    if (!shown) throw new Error('A comment that is there is shown.');
    return shown;
  }

  private async show(tx: Transaction, post: PostRecord, found: readonly CommentRecord[]): Promise<CommentView[]> {
    const below = await repliesOf(
      tx,
      found.map(({ id }) => id),
    );
    const attached = [...found, ...below].flatMap(({ attachments }) => attachments);
    const media = await this.media.assets(tx, post.workspace_id, attached);
    const replies = grouped(below, ({ parent_id: id }) => id ?? '');
    return found.map((comment) => commentView(comment, { content: post.content, media, replies }));
  }
}

async function lockedComment(tx: Transaction, id: string): Promise<CommentRecord> {
  const comment = await lockComment(tx, id);
  if (!comment) throw Problem.notFound();
  return comment;
}

async function resolve(
  tx: Transaction,
  thread: CommentRecord,
  resolved: boolean,
  by: CommentAuthor,
  rights: CommentRights,
): Promise<void> {
  if (thread.parent_id !== null) throw Problem.validation([NO_THREAD_TO_RESOLVE]);
  requireResolve(thread, rights);
  if ((thread.resolved_at !== null) === resolved) return;
  await keepResolved(tx, thread.id, resolved ? by : null);
  if (!resolved) return;
  const { organization_id: organizationId, workspace_id: workspaceId } = thread;
  const data = { postId: thread.post_id, commentId: thread.id, by, visibility: thread.visibility };
  await recordEvents(tx, { organizationId, workspaceId, type: 'comment.resolved', data });
}

/** @throws Problem 422 for a thread that is not there, or that others see than those meant */
async function threadFor(
  tx: Transaction,
  post: PostRecord,
  { parentId, visibility }: NewComment,
): Promise<CommentRecord | undefined> {
  if (parentId === undefined) return undefined;
  const thread = await lockThread(tx, post.id, parentId);
  if (!thread) throw Problem.validation([NO_THREAD]);
  if (visibility !== undefined && visibility !== thread.visibility) throw Problem.validation([OTHER_VISIBILITY]);
  return thread;
}

/** @throws Problem 422 naming everybody who does not see the workspace */
async function mentionsIn(tx: Transaction, post: PostRecord, ids: readonly string[]): Promise<Mention[]> {
  if (ids.length === 0) return [];
  const people = (await peopleOf(tx, [post.workspace_id])).get(post.workspace_id) ?? [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const errors = ids.flatMap((id, index) => (names.has(id) ? [] : [{ ...NOT_HERE, field: `mentions/${index}` }]));
  if (errors.length > 0) throw Problem.validation(errors);
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
}

/** @throws Problem 422 for a place that is not in that revision */
async function anchorIn(
  tx: Transaction,
  post: PostRecord,
  { revision = post.revision, ...place }: NewAnchor,
): Promise<Anchor> {
  const content =
    revision === post.revision
      ? post.content
      : (
          await row<{ content: PostContent }>(
            tx,
            'select content from post_revisions where post_id = $1 and number = $2',
            [post.id, revision],
          )
        )?.content;
  const wrong = content ? wrongPlace(place, content) : NO_REVISION;
  if (wrong) throw Problem.validation([wrong]);
  return { ...place, revision };
}

const NO_THREAD: FieldError = {
  field: 'parentId',
  rule: 'unknown-thread',
  message: 'This post has no such thread.',
  remedy: 'Name the first comment of a thread, or leave it out to begin one.',
};

const OTHER_VISIBILITY: FieldError = {
  field: 'visibility',
  rule: 'of-thread',
  message: 'A reply is seen by those who see its thread.',
  remedy: 'Leave it out, or begin a thread of its own.',
};

const NO_THREAD_TO_RESOLVE: FieldError = {
  field: 'resolved',
  rule: 'thread-only',
  message: 'Only a whole thread is resolved.',
  remedy: 'Resolve the first comment of the thread.',
};

const NOT_HERE: Omit<FieldError, 'field'> = {
  rule: 'not-in-workspace',
  message: 'This person does not see the workspace.',
  remedy: 'Mention people from GET /v1/workspaces/{id}/members.',
};

const NO_MEDIA: Omit<FieldError, 'field'> = {
  rule: 'unknown-media',
  message: 'This workspace has no such media.',
  remedy: 'Upload the file first and use the id of the answer.',
};

const NO_REVISION: FieldError = {
  field: 'anchor/revision',
  rule: 'unknown-revision',
  message: 'The post has no such revision.',
  remedy: 'Name the revision that you looked at, or leave it out.',
};
