import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type Media } from '../api/queries.js';
import { type ManyResult } from './use-changes.js';
import { UseList } from './use-list.js';

interface RefusedDialogProps {
  workspaceId: string;
  /** What was not done, each with its problem. */
  refused: readonly ManyResult[];
  files: readonly Pick<Media, 'id' | 'filename'>[];
  onClose: () => void;
}

/** Says of which files something was not done, why, and which posts stand in the way. */
export function RefusedDialog({ workspaceId, refused, files, onClose }: RefusedDialogProps) {
  const count = refused.length;
  return (
    <Modal
      opened={count > 0}
      onClose={onClose}
      title={count === 1 ? 'One file stays as it was' : `${count} files stay as they were`}
      size="lg"
    >
      <Stack gap="lg">
        {refused.map(({ id, problem }) => (
          <Stack key={id} gap={4} component="section">
            <Text fw={600} size="sm">
              {files.find((file) => file.id === id)?.filename ?? 'A file'}
            </Text>
            <Text size="sm">{problem?.detail}</Text>
            {problem?.uses && <UseList workspaceId={workspaceId} uses={problem.uses} />}
          </Stack>
        ))}
        <Group justify="flex-end">
          <Button onClick={onClose}>Close</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
