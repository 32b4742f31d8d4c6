import { Group, Text } from '@mantine/core';
import { IconCloudOff, IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { type Schema } from '../api/client.js';
import { delaysQuery, type Workspace } from '../api/queries.js';
import { TextLink } from '../ui/links.js';
import { TimeText } from '../ui/time-text.js';
import classes from './notice.module.css';
import { useMay } from './workspace.js';

/** Says that nothing goes out because the operator stopped everything, or somebody paused the workspace. */
export function PauseNotice({
  installation,
  workspace,
}: {
  installation: Schema<'InstallationDto'>;
  workspace: Workspace | undefined;
}) {
  const mayResume = useMay('workspace.change', workspace?.id);
  if (installation.paused) {
    return (
      <Notice words="The operator has paused ClickPost: what is scheduled is held, and goes out by itself afterwards.">
        {installation.reason !== null && <Text size="sm">{installation.reason}</Text>}
      </Notice>
    );
  }
  if (!workspace?.paused) return null;
  return (
    <Notice words={`${workspace.name} is paused: what is scheduled is held.`}>
      {mayResume && (
        <TextLink to="/settings" size="sm" c="inherit" underline="always">
          Resume it in the settings
        </TextLink>
      )}
    </Notice>
  );
}

/** Says which networks are away or take no more, so that nobody looks for the fault in their posts. */
export function DelayNotice() {
  const { data = [] } = useQuery(delaysQuery);
  return data.map(({ message, remedy, since, platform, practice, channels }) => (
    <Notice
      key={`${platform} ${practice} ${channels[0]}`}
      icon={<IconCloudOff size={18} aria-hidden />}
      words={message}
    >
      <Text size="sm">
        {remedy} Since <TimeText at={since} />.
      </Text>
    </Notice>
  ));
}

function Notice({ words, icon, children }: { words: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Group className={classes['notice']} role="status" gap="xs" px="md" py={6} justify="center">
      {icon ?? <IconPlayerPause size={18} aria-hidden />}
      <Text size="sm" fw={550}>
        {words}
      </Text>
      {children}
    </Group>
  );
}
