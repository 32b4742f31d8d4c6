import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { IconExternalLink, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type Channel, channelsQuery } from '../api/queries.js';
import { useMay, useWorkspace } from '../app/workspace.js';
import { PracticeMark } from '../ui/channel-label.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { TimeText } from '../ui/time-text.js';
import { useNow } from '../ui/use-now.js';
import { abilitiesOf, abilitySummary, missingSettings } from './abilities.js';
import { healthOf } from './channel-health.js';
import classes from './channels.module.css';
import { type Platform } from './connections.js';
import { HealthBadge } from './health-badge.js';
import { useRemoveChannel } from './use-remove-channel.js';

interface ChannelRowProps {
  channel: Channel;
  platform: Platform | undefined;
}

/** One place to publish: whether it does, what it can do, and how to stop it. */
export function ChannelRow({ channel, platform }: ChannelRowProps) {
  const { name, handle, url, practice, limits, capabilities, withoutSettings } = channel;
  const now = useNow();
  const health = healthOf(channel, now);
  const mayManage = useMay('channels.manage');
  return (
    <li className={classes['row']}>
      <div className={classes['line']}>
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            {practice && <PracticeMark />}
            <HealthBadge health={health} />
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[handle, abilitySummary(limits)].filter((part) => part && part !== name).join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          {url && (
            <Anchor href={url} target="_blank" rel="noreferrer" size="sm" px="xs" aria-label={`Open ${name}`}>
              <Group gap={4} component="span" wrap="nowrap">
                Open <IconExternalLink size={14} aria-hidden />
              </Group>
            </Anchor>
          )}
          {mayManage &&
            (health === 'disconnected' ? <RemoveButton channel={channel} /> : <PauseButton channel={channel} />)}
        </Group>
      </div>
      <HealthNote channel={channel} health={health} network={platform?.name ?? 'The network'} />
      {platform && (
        <details className={classes['details']}>
          <summary>
            What it can do<span className="visually-hidden">: {name}</span>
          </summary>
          <dl className={classes['facts']}>
            {[...abilitiesOf(limits, capabilities), ...missingSettings(platform.settings, withoutSettings)].map(
              ({ label, value }) => (
                <div key={label} style={{ display: 'contents' }}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ),
            )}
          </dl>
        </details>
      )}
    </li>
  );
}

interface HealthNoteProps {
  channel: Channel;
  health: ReturnType<typeof healthOf>;
  network: string;
}

/** Why it does not publish at the moment. A lost connection is explained once for all its channels. */
function HealthNote({ channel: { blockedUntil, failure }, health, network }: HealthNoteProps) {
  const workspace = useWorkspace();
  switch (health) {
    case 'healthy':
      return null;
    case 'disconnected':
      return (
        failure && (
          <Alert color="red" mt="sm" p="sm">
            {failure.message} {failure.remedy} What is scheduled here is held.
          </Alert>
        )
      );
    case 'paused':
      return (
        <Alert color="gray" mt="sm" p="sm">
          What is scheduled here is held until the channel is resumed.
        </Alert>
      );
    case 'break':
      return (
        <Alert color="yellow" mt="sm" p="sm">
          {network} asked for a break
          {blockedUntil && (
            <>
              {' '}
              until <TimeText at={blockedUntil} zone={workspace.timeZone} />
            </>
          )}
          . What is due goes out after it by itself.
        </Alert>
      );
  }
}

function RemoveButton({ channel }: { channel: Channel }) {
  const remove = useRemoveChannel(channel);
  return (
    <Button
      variant="default"
      leftSection={<IconTrash size={16} aria-hidden />}
      aria-label={`Remove ${channel.name}`}
      onClick={() => void remove()}
    >
      Remove
    </Button>
  );
}

function PauseButton({ channel: { id, name, paused } }: { channel: Channel }) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const toggle = useMutation({
    mutationFn: () =>
      answer(api.POST(paused ? '/v1/channels/{id}/resume' : '/v1/channels/{id}/pause', { params: { path: { id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      notifyDone(paused ? `${name} publishes again.` : `${name} is paused. What is scheduled there is held.`);
    },
    onError: notifyError,
  });
  const Sign = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      variant="default"
      leftSection={<Sign size={16} aria-hidden />}
      aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
      loading={toggle.isPending}
      onClick={() => toggle.mutate()}
    >
      {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}
