import { Group, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { type Workspace } from '../api/queries.js';
import { TextLink } from '../ui/links.js';
import classes from './notice.module.css';

/** Says that nothing of a workspace goes out because somebody paused it. */
export function PauseNotice({ workspace }: { workspace: Workspace | undefined }) {
  if (!workspace?.paused) return null;
  return (
    <Group className={classes['notice']} role="status" gap="xs" px="md" py={6} justify="center">
      <IconPlayerPause size={18} aria-hidden />
      <Text size="sm" fw={550}>
        {workspace.name} is paused: what is scheduled is held.
      </Text>
      <TextLink to="/settings" size="sm" c="inherit" underline="always">
        Resume it in the settings
      </TextLink>
    </Group>
  );
}
