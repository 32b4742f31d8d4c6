import { Badge, Group, Text } from '@mantine/core';
import { PlatformIcon } from './platform-icon.js';

/** What of a channel its label shows. */
export interface LabelledChannel {
  platform: string;
  name: string;
  handle?: string | null;
  practice?: boolean;
}

/** A channel with the sign of its network; practice channels are always marked as such. */
export function ChannelLabel({ channel, size = 22 }: { channel: LabelledChannel; size?: number }) {
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <PlatformIcon platform={channel.platform} size={size} />
      <Text component="span" size="sm" fw={550} truncate title={channel.handle ?? channel.name}>
        {channel.name}
      </Text>
      {channel.practice && <PracticeMark />}
    </Group>
  );
}

/** Says that nothing of this leaves the installation. */
export function PracticeMark() {
  return (
    <Badge size="xs" variant="outline" color="gray" tt="none" radius="sm" c="dimmed" style={{ flexShrink: 0 }}>
      Practice
    </Badge>
  );
}
