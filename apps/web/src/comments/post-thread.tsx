import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { mediaQuery, type Post } from '../api/queries.js';
import { useMay, useMe } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type CommentActions } from './comment-entry.js';
import { CommentForm } from './comment-form.js';
import { CommentThread } from './comment-thread.js';
import { threadElementId, useComments } from './comments-context.js';
import { type CommentItem } from './item.js';
import { PostCommentForm } from './post-comment-form.js';
import { changeComment, type Comment, deleteComment } from './queries.js';

interface PostThreadProps {
  post: Post;
  thread: Comment;
  number: number | undefined;
}

/** A thread about a post, with what the person may do about it. */
export function PostThread({ post, thread, number }: PostThreadProps) {
  const comments = useComments();
  const fileId = thread.anchor?.mediaId;
  const { data: file } = useQuery({ ...mediaQuery(fileId ?? ''), enabled: fileId !== undefined });
  const queryClient = useQueryClient();
  const { user } = useMe();
  const mayWrite = useMay('posts.write', post.workspaceId);
  const mayApprove = useMay('posts.approve', post.workspaceId);
  const mayComment = comments?.mayComment === true;
  const actions = useActions(post, { userId: user.id, mayWrite, mayComment });
  const resolve = useMutation({
    mutationFn: (resolved: boolean) => changeComment(thread.id, { resolved }),
    onSuccess: (_, resolved) => notifyDone(resolved ? 'Resolved.' : 'Open again.'),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['post', post.id, 'comments'] }),
  });
  const mayResolve = mayComment && (mayWrite || mayApprove || isOwn(thread, user.id));
  return (
    <CommentThread
      id={threadElementId(thread.id)}
      thread={thread}
      actions={actions}
      number={number}
      fileKind={file?.kind}
      active={comments?.active === thread.id}
      onShowPlace={thread.anchor && comments ? () => comments.show(thread.id, 'place') : undefined}
      replyForm={
        mayComment
          ? (close) => (
              <PostCommentForm
                post={post}
                label="Your answer"
                parent={thread}
                onSent={close}
                onCancel={close}
                autoFocus
              />
            )
          : undefined
      }
      onResolve={mayResolve ? (resolved) => resolve.mutate(resolved) : undefined}
      resolving={resolve.isPending}
    />
  );
}

function isOwn({ author }: CommentItem, userId: string): boolean {
  return author.type === 'member' && author.id === userId;
}

interface Rights {
  userId: string;
  mayWrite: boolean;
  mayComment: boolean;
}

function useActions(post: Post, { userId, mayWrite, mayComment }: Rights): CommentActions {
  const queryClient = useQueryClient();
  const reload = () => queryClient.invalidateQueries({ queryKey: ['post', post.id, 'comments'] });
  const remove = async (comment: CommentItem) => {
    const yes = await confirm({
      title: 'Delete this comment',
      children: 'Its words are gone for everybody. Answers to it stay.',
      confirm: 'Delete',
      danger: true,
    });
    if (!yes) return;
    try {
      await deleteComment(comment.id);
      notifyDone('Deleted.');
    } catch (error) {
      notifyError(error);
    }
    await reload();
  };
  return {
    mayEdit: (comment) => mayComment && isOwn(comment, userId),
    mayDelete: (comment) => mayComment && (mayWrite || isOwn(comment, userId)),
    onDelete: (comment) => void remove(comment),
    editForm: (comment, close) => (
      <CommentForm
        label="Your comment"
        send="Save"
        text={comment.text}
        visibility={comment.visibility}
        autoFocus
        onCancel={close}
        onSend={async ({ text }) => {
          await changeComment(comment.id, { text });
          await reload();
          close();
        }}
      />
    ),
    attachmentAddress: (id) => `/v1/media/${id}/content?width=400`,
  };
}
