import { Button, Group, Paper, Stack, Title, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { WaitingNote } from '../inbox/waiting-note.js';
import { formatDay, formatTime } from '../ui/dates.js';
import { LinkIcon } from '../ui/links.js';
import classes from './event.module.css';
import { lineOf, Networks, thumbnailOf } from './event-chip.js';
import { type EntryGroup, lookOf, type ShownState, wordsOf } from './groups.js';
import { instantAt, isPastDay, localAt, usualTime } from './move.js';
import { toneOf } from './state-signs.js';

/** More rows than anybody reads are shown on demand. */
const ROWS_AT_ONCE = 200;

interface EventListProps {
  groups: readonly EntryGroup[];
  zone: string;
  today: string;
  workspaceId: string;
  mayEdit: boolean;
  onOpen: (group: EntryGroup) => void;
}

/** Posts by day. */
export function EventList({ groups, zone, today, workspaceId, mayEdit, onOpen }: EventListProps) {
  const [rows, setRows] = useState(ROWS_AT_ONCE);
  return (
    <Stack gap="lg">
      {byDay(groups.slice(0, rows), zone).map(([day, dayGroups]) => (
        <section key={day} className={classes['day']} aria-labelledby={`day-${day}`}>
          <DayHeading day={day} today={today} zone={zone} workspaceId={workspaceId} mayEdit={mayEdit} />
          <EventRows groups={dayGroups} zone={zone} onOpen={onOpen} />
        </section>
      ))}
      {groups.length > rows && (
        <Button variant="default" mx="auto" onClick={() => setRows(rows + ROWS_AT_ONCE)}>
          Show more
        </Button>
      )}
    </Stack>
  );
}

interface DayHeadingProps extends Omit<EventListProps, 'groups' | 'onOpen'> {
  /** `2026-11-24` */
  day: string;
}

/** A day, and the button that begins a post on it. */
export function DayHeading({ day, today, zone, workspaceId, mayEdit }: DayHeadingProps) {
  return (
    <Group justify="space-between" mb={4} mih={40} wrap="nowrap">
      <Title order={3} size="h4" id={`day-${day}`}>
        {day === today && 'Today, '}
        {formatDay(instantAt(`${day}T12:00`, zone), zone)}
      </Title>
      {mayEdit && !isPastDay(day, today) && <NewOnDay day={day} zone={zone} workspaceId={workspaceId} />}
    </Group>
  );
}

/** Posts under each other, each a button that opens it. */
export function EventRows({ groups, zone, onOpen }: Pick<EventListProps, 'groups' | 'zone' | 'onOpen'>) {
  return (
    <Paper withBorder radius="md" component="ul" className={classes['list'] ?? ''}>
      {groups.map((group) => (
        <li key={group.id} className={classes['item']}>
          <UnstyledButton
            className={classes['row']}
            style={toneOf(lookOf(group.states[0]).color)}
            data-post={group.postId}
            onClick={() => onOpen(group)}
          >
            <span className={classes['rowTime']}>{formatTime(group.dueAt, zone)}</span>
            <span className={classes['rowNetworks']}>
              <Networks platforms={group.platforms} size={18} />
            </span>
            <span className={classes['rowWords']}>
              <span className={classes['rowText']}>{lineOf(group)}</span>
              {group.approval && <WaitingNote approval={group.approval} />}
            </span>
            {group.mediaId ? (
              <img className={classes['rowThumb']} src={thumbnailOf(group.mediaId)} alt="" loading="lazy" />
            ) : (
              <span />
            )}
            <span className={classes['rowStates']}>
              {group.states.map((state) => (
                <StateWord key={state} state={state} notes={group.notes} />
              ))}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </Paper>
  );
}

function StateWord({ state, notes }: { state: ShownState; notes: readonly string[] }) {
  const { icon: Sign, word, color } = lookOf(state);
  return (
    <span
      className={`${classes['rowState']} ${classes['sign']}`}
      style={toneOf(color)}
      title={wordsOf(state, notes)}
      data-state={state}
    >
      <Sign size={14} stroke={2.2} aria-hidden />
      {word}
      {state === 'noted' && <span className="visually-hidden">: {notes.join(' ')}</span>}
    </span>
  );
}

function NewOnDay({ day, zone, workspaceId }: { day: string; zone: string; workspaceId: string }) {
  return (
    <LinkIcon
      to="/w/$workspaceId/compose"
      params={{ workspaceId }}
      search={{ at: usualTime(day, zone, Date.now()) }}
      variant="subtle"
      size={40}
      aria-label={`New post on ${formatDay(instantAt(`${day}T12:00`, zone), zone)}`}
    >
      <IconPlus size={18} aria-hidden />
    </LinkIcon>
  );
}

function byDay(groups: readonly EntryGroup[], zone: string): [string, EntryGroup[]][] {
  const days = new Map<string, EntryGroup[]>();
  for (const group of groups) {
    const day = localAt(group.dueAt, zone).slice(0, '2026-11-24'.length);
    const found = days.get(day);
    if (found) found.push(group);
    else days.set(day, [group]);
  }
  return [...days];
}
