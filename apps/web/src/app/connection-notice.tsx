import { Group, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useLiveStatus } from '../live/live-events.js';
import classes from './notice.module.css';

/** Says that what is on the screen may be old, for as long as the connection is lost. */
export function ConnectionNotice() {
  const lost = useLiveStatus() === 'lost';
  return (
    <div role="status">
      {lost && (
        <Group className={classes['notice']} gap="xs" px="md" py={6} justify="center" wrap="nowrap">
          <IconPlugConnectedX size={18} aria-hidden />
          <Text size="sm" fw={550}>
            Connection lost. What you write is kept; ClickPost tries again by itself.
          </Text>
        </Group>
      )}
    </div>
  );
}
