import { type EventApi, type EventInput } from '@fullcalendar/react';
import { type EntryGroup, firstLine } from './groups.js';
import { localAt } from './move.js';

/** From this time on, half an hour would reach into the next day. */
const LAST_HALF_HOUR = '23:30';
const SHOWN_MS = 30 * 60_000;

/** A group as the grid takes it. An event must not reach into the next day, where it would show a second time. */
export function eventOf(group: EntryGroup, zone: string, mayEdit: boolean): EventInput {
  const time = localAt(group.dueAt, zone).slice('2026-11-24T'.length);
  const restMs = (60 - Number(time.slice(3))) * 60_000 - 1000;
  const start = Date.parse(group.dueAt);
  const end = start + (time >= LAST_HALF_HOUR ? Math.max(restMs, 60_000) : SHOWN_MS);
  return {
    id: group.id,
    title: firstLine(group.text),
    start: group.dueAt,
    end: new Date(end).toISOString(),
    startEditable: mayEdit && group.movable,
    extendedProps: { group },
  };
}

/** The group that an event of the grid stands for. */
export function groupOfEvent(event: EventApi): EntryGroup {
  return event.extendedProps['group'] as EntryGroup;
}
