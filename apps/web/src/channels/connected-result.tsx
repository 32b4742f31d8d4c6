import { Alert, Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { ChannelLabel } from '../ui/channel-label.js';
import { ConnectionNotice } from './connection-notice.js';
import { noticeOf } from './connection-words.js';
import { type Connection } from './connections.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface ConnectedResultProps {
  connection: Connection;
  network: string;
  onDone: () => void;
  onAnother: () => void;
}

/** What connecting brought. */
export function ConnectedResult({ connection, network, onDone, onAnother }: ConnectedResultProps) {
  const { account, channels, practice, health } = connection;
  const notice = noticeOf(health, network);
  const done = useArrivalFocus<HTMLButtonElement>();
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" role="status">
        <ThemeIcon radius="xl" size={40} color="teal" variant="light" aria-hidden>
          <IconCheck size={22} />
        </ThemeIcon>
        <Text fw={600}>
          {account?.name ?? account?.handle ?? network} is connected{practice && ' for practice'}.
        </Text>
      </Group>
      {channels.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed" mb="xs">
            {channels.length === 1
              ? 'You can publish here now:'
              : `You can publish on ${channels.length} channels now:`}
          </Text>
          <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {channels.map((channel) => (
              <li key={channel.id}>
                <ChannelLabel channel={{ ...channel, practice }} />
              </li>
            ))}
          </Stack>
        </div>
      ) : (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle aria-hidden />}
          title={
            <Text span inherit c="var(--mantine-color-text)">
              No channel was added
            </Text>
          }
        >
          This account has no place to publish to, or none was chosen. Begin again and choose at least one.
        </Alert>
      )}
      {health.missingScopes.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle aria-hidden />}
          title={
            <Text span inherit c="var(--mantine-color-text)">
              Not every permission was given
            </Text>
          }
        >
          <Text size="sm">
            This does not work: {health.missingScopes.map(({ feature }) => feature).join(', ')}. Connect the account
            again with every permission switched on, if you need it.
          </Text>
        </Alert>
      )}
      {notice?.endsAt !== undefined && <ConnectionNotice notice={notice} />}
      <Group justify="flex-end">
        <Button variant="default" size="md" onClick={onAnother}>
          Connect another
        </Button>
        <Button size="md" onClick={onDone} ref={done}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
