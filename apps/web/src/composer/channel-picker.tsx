import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconFlask, IconPlugConnectedX, IconPlayerPause } from '@tabler/icons-react';
import { type Channel } from '../api/queries.js';
import { TextLink } from '../ui/links.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { ChannelNoticeList } from './channel-notice-list.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { PLACES } from './places.js';

/** From so many on the chips are small: what is written comes first. */
const MANY = 6;

/** Where the post goes: every channel of the workspace, to be switched on and off. */
export function ChannelPicker() {
  const { channels, selected, dispatch, findings, workspace } = useComposer();
  const all = channels.map(({ id }) => id);
  const choose = (channelIds: readonly string[]) => dispatch({ type: 'choose-channels', channelIds });
  const fixed = selected.filter(({ isOut }) => isOut).map(({ channel }) => channel.id);
  const isMany = channels.length > MANY;
  if (channels.length === 0) return <NoChannels workspaceId={workspace.id} />;
  return (
    <fieldset className={classes['channels']} id={PLACES.channels} tabIndex={-1}>
      <legend className="visually-hidden">Channels</legend>
      <Group gap={isMany ? 6 : 'xs'} className={classes['chips'] ?? ''} data-many={isMany || undefined}>
        {channels.map((channel) => (
          <ChannelChip key={channel.id} channel={channel} />
        ))}
        {channels.length > 2 && selected.length < channels.length && (
          <Button variant="subtle" size="compact-sm" onClick={() => choose(all)}>
            Select all
          </Button>
        )}
        {channels.length > 2 && selected.length === channels.length && fixed.length < channels.length && (
          <Button variant="subtle" size="compact-sm" onClick={() => choose(fixed)}>
            Select none
          </Button>
        )}
      </Group>
      <Held channels={selected.map(({ channel }) => channel)} workspaceId={workspace.id} />
      <ChannelNoticeList items={selected} />
      <FindingList findings={findings.filter(({ cause }) => cause.part === 'channels')} />
    </fieldset>
  );
}

function ChannelChip({ channel }: { channel: Channel }) {
  const { selected, dispatch } = useComposer();
  const chosen = selected.find((item) => item.channel.id === channel.id);
  const problems = chosen?.findings.length ?? 0;
  return (
    <label className={classes['chip']} data-checked={chosen ? true : undefined} title={channel.handle ?? channel.name}>
      <input
        type="checkbox"
        className={classes['chipInput']}
        checked={chosen !== undefined}
        disabled={chosen?.isOut}
        onChange={() => dispatch({ type: 'toggle-channel', channelId: channel.id })}
      />
      <PlatformIcon platform={channel.platform} size={22} />
      <span className={classes['chipName']}>{channel.name}</span>
      {channel.practice && (
        <span className={classes['chipPractice']} title="On the practice network: nothing leaves this installation">
          <IconFlask size={15} stroke={1.8} aria-hidden />
          <span className="visually-hidden">Practice</span>
        </span>
      )}
      {channel.health === 'disconnected' && <IconPlugConnectedX size={16} aria-label="Disconnected" />}
      {channel.paused && <IconPlayerPause size={16} aria-label="Paused" />}
      {chosen?.isOut && <span className="visually-hidden">Already published there</span>}
      {chosen && problems === 0 && <IconCheck size={16} className={classes['chipCheck']} aria-hidden />}
      {problems > 0 && <ProblemDot count={problems} />}
    </label>
  );
}

/** Says that something stands against a channel. */
export function ProblemDot({ count }: { count: number }) {
  return (
    <span className={classes['dot']}>
      <span className="visually-hidden">{count === 1 ? 'One problem' : `${count} problems`}</span>
    </span>
  );
}

/** What is scheduled there waits: better known now than later. */
function Held({ channels, workspaceId }: { channels: readonly Channel[]; workspaceId: string }) {
  const names = (held: readonly Channel[]) => held.map(({ name }) => name).join(', ');
  const lost = channels.filter(({ health }) => health === 'disconnected');
  const paused = channels.filter((channel) => channel.paused && channel.health !== 'disconnected');
  if (lost.length + paused.length === 0) return null;
  return (
    <Text size="sm" mt="xs">
      {lost.length > 0 && `${names(lost)}: disconnected. What you schedule there waits until it is connected again. `}
      {paused.length > 0 && `${names(paused)}: paused. What you schedule there waits until it is resumed. `}
      <TextLink inherit to="/w/$workspaceId/channels" params={{ workspaceId }} c="var(--clickpost-link)">
        See the channels
      </TextLink>
    </Text>
  );
}

function NoChannels({ workspaceId }: { workspaceId: string }) {
  return (
    <div className={classes['noChannels']} id={PLACES.channels} tabIndex={-1}>
      <Text size="sm" fw={550}>
        This workspace has no channel yet.
      </Text>
      <Text size="sm" c="dimmed">
        Write on: it is kept as a draft. To publish it,{' '}
        <TextLink
          inherit
          to="/w/$workspaceId/start"
          params={{ workspaceId }}
          c="var(--clickpost-link)"
          underline="always"
        >
          connect practice channels
        </TextLink>{' '}
        with one click, or{' '}
        <TextLink
          inherit
          to="/w/$workspaceId/channels"
          params={{ workspaceId }}
          c="var(--clickpost-link)"
          underline="always"
        >
          connect your own accounts
        </TextLink>
        .
      </Text>
    </div>
  );
}
