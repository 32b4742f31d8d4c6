import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconFolder, IconTag, IconTagOff, IconTrash } from '@tabler/icons-react';
import bar from '../attention/action-bar.module.css';
import { filesInWords } from './words.js';

interface BulkBarProps {
  count: number;
  /** How many are on the screen. */
  shown: number;
  isPending: boolean;
  onMove: () => void;
  onTag: () => void;
  onUntag: () => void;
  onDelete: () => void;
  onAll: () => void;
  onNone: () => void;
}

/** What can be done with the chosen files, within reach while one scrolls. */
export function BulkBar({ count, shown, isPending, onMove, onTag, onUntag, onDelete, onAll, onNone }: BulkBarProps) {
  if (count === 0) return null;
  const look = { size: 'sm', variant: 'default', disabled: isPending } as const;
  return (
    <div className={bar['bar']} role="toolbar" aria-label="What to do with the chosen files">
      <Group gap="xs" wrap="nowrap" className={bar['count'] ?? ''}>
        <CloseButton aria-label="Choose none" onClick={onNone} />
        <Text size="sm" fw={600} role="status">
          {filesInWords(count)} chosen
        </Text>
        {count < shown && (
          <Button variant="subtle" size="compact-sm" onClick={onAll}>
            Choose all {shown} shown
          </Button>
        )}
      </Group>
      <Group gap="xs" className={bar['actions'] ?? ''}>
        <Button {...look} leftSection={<IconFolder size={16} aria-hidden />} onClick={onMove}>
          Move to…
        </Button>
        <Button {...look} leftSection={<IconTag size={16} aria-hidden />} onClick={onTag}>
          Tag
        </Button>
        <Button {...look} leftSection={<IconTagOff size={16} aria-hidden />} onClick={onUntag}>
          Untag
        </Button>
        <Button {...look} leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
          Delete
        </Button>
      </Group>
    </div>
  );
}
