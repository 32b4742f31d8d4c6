import { Button } from '@mantine/core';
import { IconMessage2Plus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { mediaQuery, type Post } from '../api/queries.js';
import { useComments } from './comments-context.js';
import classes from './comments.module.css';
import { fileWords } from './file-words.js';
import { ImageCommentDialog } from './image-comment-dialog.js';
import { ImagePins } from './image-pins.js';
import { pinsOn } from './places.js';
import { VideoComments } from './video-comments.js';

interface CommentedImageProps {
  post: Post;
  mediaId: string;
  altText: string;
  /** The image itself, shown whole; of a video its cover. */
  children: ReactNode;
}

/** An image of a post with what was said about points of it, or a video with what was said about it, and the way to say more. */
export function CommentedImage({ post, mediaId, altText, children }: CommentedImageProps) {
  const comments = useComments();
  const [open, setOpen] = useState(false);
  const { data: file } = useQuery(mediaQuery(mediaId));
  const pins = pinsOn(comments?.threads ?? [], mediaId);
  const Marked = file?.kind === 'video' ? VideoComments : ImagePins;
  return (
    <>
      <Marked pins={pins} active={comments?.active} onActivate={(id) => comments?.show(id, 'thread')}>
        {children}
      </Marked>
      {comments?.mayComment && (
        <Button
          size="compact-xs"
          className={classes['flush'] ?? ''}
          variant="subtle"
          mt={4}
          leftSection={<IconMessage2Plus size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          Comment
          <span className="visually-hidden">&nbsp;on the {fileWords(file?.kind).name}</span>
        </Button>
      )}
      {open && (
        <ImageCommentDialog
          post={post}
          mediaId={mediaId}
          kind={file?.kind}
          altText={altText}
          pins={pins}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
