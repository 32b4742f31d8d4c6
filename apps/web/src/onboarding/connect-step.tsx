import { Button, Group, Loader, Skeleton, Stack, Text } from '@mantine/core';
import { IconBolt, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Channel, platformsQuery } from '../api/queries.js';
import { describeError, fieldErrorsOf } from '../api/problem.js';
import { useMay } from '../app/workspace.js';
import { connectsByOneClick, type Platform } from '../channels/connections.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { LinkButton, TextLink } from '../ui/links.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { QueryView } from '../ui/query-view.js';
import classes from './start.module.css';
import { type PracticeProgress, usePracticeChannels } from './use-practice.js';

interface ConnectStepProps {
  workspaceId: string;
  channels: readonly Channel[];
}

/** Practice channels by one click, or real accounts. */
export function ConnectStep({ workspaceId, channels }: ConnectStepProps) {
  const platforms = useQuery(platformsQuery);
  const { progress, connect } = usePracticeChannels(workspaceId);
  const mayManage = useMay('channels.manage');
  if (!mayManage) return <Text size="sm">Whoever manages this workspace connects its channels. Ask one of them.</Text>;
  return (
    <QueryView query={platforms} skeleton={<Skeleton height={96} />}>
      {(all) => {
        const practice = all.filter(connectsByOneClick);
        const open = Object.values(progress).some(({ state }) => state !== 'done');
        return (
          <Stack gap="md">
            {channels.length > 0 ? (
              <ConnectedChannels workspaceId={workspaceId} channels={channels} />
            ) : (
              <Choice
                workspaceId={workspaceId}
                practice={practice}
                busy={Object.values(progress).some(({ state }) => state === 'working')}
                onConnect={() => void connect(practice.map(({ id }) => id))}
              />
            )}
            {open && <ProgressList platforms={practice} progress={progress} onRepeat={(id) => void connect([id])} />}
          </Stack>
        );
      }}
    </QueryView>
  );
}

function ConnectedChannels({ workspaceId, channels }: ConnectStepProps) {
  return (
    <Group gap="md">
      {channels.map((channel) => (
        <ChannelLabel key={channel.id} channel={channel} />
      ))}
      <TextLink to="/w/$workspaceId/channels" params={{ workspaceId }} size="sm">
        All about your channels
      </TextLink>
    </Group>
  );
}

interface ChoiceProps {
  workspaceId: string;
  practice: readonly Platform[];
  busy: boolean;
  onConnect: () => void;
}

function Choice({ workspaceId, practice, busy, onConnect }: ChoiceProps) {
  const real = (
    <LinkButton
      variant={practice.length > 0 ? 'default' : 'filled'}
      size="md"
      to="/w/$workspaceId/channels"
      params={{ workspaceId }}
    >
      Connect real accounts
    </LinkButton>
  );
  if (practice.length === 0) {
    return (
      <>
        <Text size="sm" c="dimmed">
          A channel is one place to publish: a profile, a page, a board. Connect the first account that you publish to.
        </Text>
        <div>{real}</div>
      </>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" maw={620}>
        Practice channels behave like {listOf(practice.map(({ name }) => name))}, with the same limits and answers, but
        nothing leaves this installation and nobody outside sees it. You need no account and no key.
      </Text>
      <Group gap="sm">
        <Button size="md" leftSection={<IconBolt size={18} aria-hidden />} loading={busy} onClick={onConnect}>
          Connect practice channels
        </Button>
        {real}
      </Group>
    </>
  );
}

const listOf = (names: readonly string[]) => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);

interface ProgressListProps {
  platforms: readonly Platform[];
  progress: Readonly<Record<string, PracticeProgress>>;
  onRepeat: (platform: string) => void;
}

function ProgressList({ platforms, progress, onRepeat }: ProgressListProps) {
  return (
    <ul className={classes['list']} aria-live="polite" aria-label="Practice channels being connected">
      {platforms.map(({ id, name }) => {
        const now = progress[id];
        return (
          now && (
            <li key={id} className={classes['row']}>
              <Group gap="xs" wrap="nowrap">
                <PlatformIcon platform={id} size={22} />
                <Text size="sm" fw={550}>
                  {name}
                </Text>
              </Group>
              <Progress progress={now} name={name} onRepeat={() => onRepeat(id)} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function Progress({ progress, name, onRepeat }: { progress: PracticeProgress; name: string; onRepeat: () => void }) {
  switch (progress.state) {
    case 'working':
      return (
        <Group gap="xs">
          <Loader size="xs" aria-hidden />
          <Text size="sm" c="dimmed">
            Connecting
          </Text>
        </Group>
      );
    case 'done':
      return (
        <Group gap={4}>
          <IconCheck size={16} stroke={2.4} aria-hidden />
          <Text size="sm">Connected</Text>
        </Group>
      );
    case 'failed': {
      const [broken] = fieldErrorsOf(progress.error);
      return (
        <Group gap="sm">
          <Text size="sm" c="var(--mantine-color-error)">
            {broken ? `${broken.message} ${broken.remedy}` : describeError(progress.error).detail}
          </Text>
          <Button size="xs" variant="default" aria-label={`Try again: ${name}`} onClick={onRepeat}>
            Try again
          </Button>
        </Group>
      );
    }
  }
}
