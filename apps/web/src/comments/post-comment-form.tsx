import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { type Post } from '../api/queries.js';
import { colleaguesQuery } from '../approvals/queries.js';
import { useMay, useMe } from '../app/workspace.js';
import { AttachmentsPart } from './attachments-part.js';
import { CommentForm } from './comment-form.js';
import { type Visibility } from './item.js';
import { type NewAnchor, sendComment } from './queries.js';
import { useAttachments } from './use-attachments.js';

interface PostCommentFormProps {
  post: Post;
  label: string;
  /** The thread that it answers in. */
  parent?: { id: string; visibility: Visibility };
  anchor?: NewAnchor | undefined;
  about?: ReactNode;
  onSent?: (id: string) => void;
  onCancel?: () => void;
  autoFocus?: boolean;
}

/** Where a colleague writes about a post, or answers in a thread. */
export function PostCommentForm(props: PostCommentFormProps) {
  const { post, label, parent, anchor, about, onSent, onCancel, autoFocus = false } = props;
  const queryClient = useQueryClient();
  const { user } = useMe();
  const { data: colleagues = [] } = useQuery(colleaguesQuery(post.workspaceId));
  const mayUpload = useMay('posts.write', post.workspaceId);
  const attachments = useAttachments(post.workspaceId);
  const people = colleagues.flatMap(({ id, name }) => (id === user.id ? [] : [{ id, name }]));
  return (
    <CommentForm
      label={label}
      send={parent ? 'Answer' : 'Comment'}
      people={people}
      about={about}
      choosesVisibility={!parent}
      visibility={parent?.visibility}
      autoFocus={autoFocus}
      onCancel={onCancel}
      attachments={
        mayUpload
          ? {
              part: <AttachmentsPart attachments={attachments} />,
              ids: attachments.files.map(({ id }) => id),
              busy: attachments.busy,
              clear: attachments.clear,
            }
          : undefined
      }
      onSend={async (draft) => {
        const where = { ...(parent && { parentId: parent.id }), ...(anchor && { anchor }) };
        const sent = await sendComment(post.id, draft, where);
        await queryClient.invalidateQueries({ queryKey: ['post', post.id, 'comments'] });
        onSent?.(sent.id);
      }}
    />
  );
}
