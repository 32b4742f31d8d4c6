import { Button } from '@mantine/core';
import { IconMessage2Plus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type Post } from '../api/queries.js';
import { useComments } from './comments-context.js';
import classes from './comments.module.css';
import { ImageCommentDialog } from './image-comment-dialog.js';
import { ImagePins } from './image-pins.js';
import { pinsOn } from './places.js';

interface CommentedImageProps {
  post: Post;
  mediaId: string;
  altText: string;
  /** The image itself, shown whole. */
  children: ReactNode;
}

/** An image of a post with what was said about points of it, and the way to say more. */
export function CommentedImage({ post, mediaId, altText, children }: CommentedImageProps) {
  const comments = useComments();
  const [open, setOpen] = useState(false);
  const pins = pinsOn(comments?.threads ?? [], mediaId);
  return (
    <>
      <ImagePins pins={pins} active={comments?.active} onActivate={(id) => comments?.show(id, 'thread')}>
        {children}
      </ImagePins>
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
          <span className="visually-hidden">&nbsp;on the image</span>
        </Button>
      )}
      {open && (
        <ImageCommentDialog
          post={post}
          mediaId={mediaId}
          altText={altText}
          pins={pins}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
