import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Dispatch, memo, useMemo, useRef, useState } from 'react';
import { type Channel, platformsQuery } from '../api/queries.js';
import { TextLink } from '../ui/links.js';
import { FilterField } from '../ui/filter-field.js';
import { ChannelChip } from './channel-chip.js';
import { chosenInWords, foundChannels, sortedByNetwork } from './channel-choice.js';
import { ChannelNoticeList } from './channel-notice-list.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type DraftAction } from './draft.js';
import { FindingList } from './finding-list.js';
import { PLACES } from './places.js';

/** From so many on they lie in columns, and are folded where they are chosen already: what is written comes first. */
const MANY = 6;
/** From so many on they can be searched. */
const SEARCHED = 12;

/** Where the post goes: every channel of the workspace, to be switched on and off. */
export const ChannelPicker = memo(function ChannelPicker() {
  const { channels, draft, selected, findings, workspace } = useComposer();
  const [isOpen, setOpen] = useState(draft.channels.length === 0);
  const place = useRef<HTMLFieldSetElement>(null);
  const isMany = channels.length > MANY;
  const isFolded = isMany && !isOpen && selected.length > 0;
  const fold = (open: boolean) => {
    setOpen(open);
    // What was pressed is gone, and the focus with it.
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('input, button')?.focus());
  };
  if (channels.length === 0) return <NoChannels workspaceId={workspace.id} />;
  return (
    <fieldset ref={place} className={classes['channels']} id={PLACES.channels} tabIndex={-1}>
      <legend className="visually-hidden">Channels</legend>
      {isFolded ? (
        <Chosen words={chosenInWords(selected.length, channels.length)} onChange={() => fold(true)} />
      ) : (
        <Choice isMany={isMany} onDone={() => fold(false)} />
      )}
      <Held channels={selected.map(({ channel }) => channel)} workspaceId={workspace.id} />
      <ChannelNoticeList />
      <FindingList findings={findings.filter(({ cause }) => cause.part === 'channels')} />
    </fieldset>
  );
});

/** Which they are is seen by the tabs below. */
function Chosen({ words, onChange }: { words: string; onChange: () => void }) {
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm" fw={550}>
        {words}
      </Text>
      <Button variant="default" size="compact-sm" onClick={onChange}>
        Change channels
      </Button>
    </Group>
  );
}

function Choice({ isMany, onDone }: { isMany: boolean; onDone: () => void }) {
  const { channels, selected, dispatch } = useComposer();
  const [query, setQuery] = useState('');
  const sorted = useMemo(() => sortedByNetwork(channels), [channels]);
  const { data: platforms = [] } = useQuery(platformsQuery);
  const found = foundChannels(sorted, query, (id) => platforms.find((one) => one.id === id)?.name ?? id);
  const isAllPractice = channels.every(({ practice }) => practice);
  const choosers = <Choosers channels={channels} dispatch={dispatch} isMany={isMany} onDone={onDone} />;
  return (
    <>
      {channels.length > SEARCHED && (
        <div className={classes['findChannel']}>
          <FilterField label="Find a channel" value={query} onChange={setQuery} />
        </div>
      )}
      <div className={classes['chips']} data-many={isMany || undefined}>
        {found.map((channel) => {
          const chosen = selected.find((item) => item.channel.id === channel.id);
          return (
            <ChannelChip
              key={channel.id}
              channel={channel}
              isChosen={chosen !== undefined}
              isOut={chosen?.isOut === true}
              problems={chosen?.findings.length ?? 0}
              isPracticeSaid={!isMany || !isAllPractice}
              dispatch={dispatch}
            />
          );
        })}
        {!isMany && choosers}
      </div>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          No channel is called so.
        </Text>
      )}
      {isMany && choosers}
      {isMany && isAllPractice && (
        <Text size="xs" c="dimmed" mt={4}>
          All of them are for practice: nothing leaves this installation.
        </Text>
      )}
    </>
  );
}

interface ChoosersProps {
  channels: readonly Channel[];
  dispatch: Dispatch<DraftAction>;
  isMany: boolean;
  onDone: () => void;
}

/** All, none, and that it is enough. */
function Choosers({ channels, dispatch, isMany, onDone }: ChoosersProps) {
  const { selected } = useComposer();
  const choose = (channelIds: readonly string[]) => dispatch({ type: 'choose-channels', channelIds });
  const fixed = selected.filter(({ isOut }) => isOut).map(({ channel }) => channel.id);
  if (channels.length <= 2) return null;
  return (
    <Group gap="xs" mt={isMany ? 'xs' : 0}>
      {selected.length < channels.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => choose(channels.map(({ id }) => id))}>
          Select all
        </Button>
      )}
      {selected.length === channels.length && fixed.length < channels.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => choose(fixed)}>
          Select none
        </Button>
      )}
      {isMany && selected.length > 0 && (
        <>
          <Button variant="subtle" size="compact-sm" onClick={onDone}>
            Done choosing
          </Button>
          <Text size="xs" c="dimmed" role="status">
            {chosenInWords(selected.length, channels.length)}
          </Text>
        </>
      )}
    </Group>
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
  const params = { workspaceId };
  const look = { inherit: true, c: 'var(--clickpost-link)', underline: 'always' } as const;
  return (
    <div className={classes['noChannels']} id={PLACES.channels} tabIndex={-1}>
      <Text size="sm" fw={550}>
        This workspace has no channel yet.
      </Text>
      <Text size="sm" c="dimmed">
        Write on: it is kept as a draft. To publish it,{' '}
        <TextLink to="/w/$workspaceId/start" params={params} {...look}>
          connect practice channels
        </TextLink>{' '}
        with one click, or{' '}
        <TextLink to="/w/$workspaceId/channels" params={params} {...look}>
          connect your own accounts
        </TextLink>
        .
      </Text>
    </div>
  );
}
