import { Button, Group, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useComposer } from './context.js';
import { type Finding } from './findings.js';
import { type Splittable, useThread } from './use-thread.js';

interface SplitOfferProps {
  /** What stands against the message. */
  findings: readonly Finding[];
  message: Splittable;
}

/** Where a text is too long for a network that has threads: one press makes one of it. */
export function SplitOffer({ findings, message }: SplitOfferProps) {
  const { selected } = useComposer();
  const { splitIntoThread } = useThread();
  const isTooLong = findings.some(
    ({ rule, channelId }) =>
      /\.text-too-/.test(rule) && selected.some(({ channel, supports }) => channel.id === channelId && supports.thread),
  );
  if (!isTooLong) return null;
  return (
    <Group gap="xs" mt="xs">
      <Button
        size="xs"
        variant="light"
        leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
        onClick={() => splitIntoThread(message)}
      >
        {message.at === undefined ? 'Split into a thread' : 'Split into more parts'}
      </Button>
      <Text size="xs" c="dimmed">
        At the ends of sentences, each part as long as fits.
      </Text>
    </Group>
  );
}
