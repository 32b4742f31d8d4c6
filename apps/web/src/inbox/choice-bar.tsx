import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './choice-bar.module.css';
import { posts } from './words.js';

interface ChoiceBarProps {
  /** How many are chosen. */
  count: number;
  onReview: () => void;
  onNone: () => void;
}

/** What to do with the chosen posts, within reach while one scrolls. */
export function ChoiceBar({ count, onReview, onNone }: ChoiceBarProps) {
  if (count === 0) return null;
  return (
    <div className={classes['bar']} role="toolbar" aria-label="What to do with the chosen posts">
      <Group gap="xs" wrap="nowrap">
        <CloseButton size="lg" aria-label="Choose none" onClick={onNone} />
        <Text size="sm" fw={600} role="status">
          {count} chosen
        </Text>
      </Group>
      <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={onReview}>
        Approve {posts(count)}
      </Button>
    </div>
  );
}
