import { Modal, Stack, Text } from '@mantine/core';
import { Changes } from './changes.js';

interface ChangesDialogProps {
  postId: string;
  /** "What changed since you approved" */
  title: string;
  from: number;
  to: number;
  onClose: () => void;
}

/** What differs between an earlier revision of a post and a later one. */
export function ChangesDialog({ postId, title, from, to, onClose }: ChangesDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Revision {from} and revision {to}. What is gone is struck out, what is new is underlined.
        </Text>
        <Changes postId={postId} from={from} to={to} />
      </Stack>
    </Modal>
  );
}
