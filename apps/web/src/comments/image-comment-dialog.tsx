import { Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Post } from '../api/queries.js';
import { ImagePins, type Pin, type Point } from './image-pins.js';
import { PostCommentForm } from './post-comment-form.js';

interface ImageCommentDialogProps {
  post: Post;
  mediaId: string;
  altText: string;
  pins: readonly Pin[];
  onClose: () => void;
}

/** Says something about a point of an image. It lies in the middle until another one is chosen. */
export function ImageCommentDialog({ post, mediaId, altText, pins, onClose }: ImageCommentDialogProps) {
  const [point, setPoint] = useState<Point>({ x: 0.5, y: 0.5 });
  return (
    <Modal opened onClose={onClose} title="Comment on the image" size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Click where it is about, or move the point with the arrow keys.
        </Text>
        <ImagePins pins={pins} chosen={point} onChoose={setPoint}>
          <img src={`/v1/media/${mediaId}/content?width=800`} alt={altText} />
        </ImagePins>
        <PostCommentForm
          post={post}
          label="Your comment"
          anchor={{ type: 'image', mediaId, revision: post.revision, ...point }}
          onSent={onClose}
          onCancel={onClose}
        />
      </Stack>
    </Modal>
  );
}
