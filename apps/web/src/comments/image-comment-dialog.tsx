import { Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Post } from '../api/queries.js';
import classes from './comments.module.css';
import { type FileKind, fileWords } from './file-words.js';
import { ImagePins, type Pin, type Point } from './image-pins.js';
import { PostCommentForm } from './post-comment-form.js';

interface ImageCommentDialogProps {
  post: Post;
  mediaId: string;
  kind: FileKind | undefined;
  altText: string;
  pins: readonly Pin[];
  onClose: () => void;
}

const MIDDLE: Point = { x: 0.5, y: 0.5 };

/** Says something about a point of an image, which lies in the middle until another one is chosen, or about a video as a whole. */
export function ImageCommentDialog({ post, mediaId, kind, altText, pins, onClose }: ImageCommentDialogProps) {
  const [point, setPoint] = useState<Point>(MIDDLE);
  const isVideo = kind === 'video';
  const picture = <img src={`/v1/media/${mediaId}/content?width=800`} alt={altText} />;
  return (
    <Modal opened onClose={onClose} title={`Comment on the ${fileWords(kind).name}`} size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {isVideo
            ? 'It is about the video as a whole. Name the second where you mean one.'
            : 'Click where it is about, or move the point with the arrow keys.'}
        </Text>
        {isVideo ? (
          <div className={classes['pinned']}>{picture}</div>
        ) : (
          <ImagePins pins={pins} chosen={point} onChoose={setPoint}>
            {picture}
          </ImagePins>
        )}
        <PostCommentForm
          post={post}
          label="Your comment"
          anchor={{ type: 'image', mediaId, revision: post.revision, ...(isVideo ? MIDDLE : point) }}
          onSent={onClose}
          onCancel={onClose}
        />
      </Stack>
    </Modal>
  );
}
