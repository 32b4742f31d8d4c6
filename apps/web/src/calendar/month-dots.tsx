import { UnstyledButton } from '@mantine/core';
import { formatDay } from '../ui/dates.js';
import { bySeverity, type EntryGroup, lookOf, type ShownState } from './groups.js';
import classes from './month-dots.module.css';
import { instantAt, localAt } from './move.js';
import { type DayRange, eachDay } from './range.js';
import { toneOf } from './state-signs.js';

const DAY_LENGTH = '2026-11-24'.length;
const WEEK = 7;
/** Noon, where no clock doubts which day it is. */
const noonOf = (day: string) => instantAt(`${day}T12:00`, 'UTC');

interface MonthDotsProps {
  range: DayRange;
  /** The day that is open. */
  date: string;
  today: string;
  zone: string;
  groups: readonly EntryGroup[];
  onChoose: (day: string) => void;
}

/** A month on a phone: for each day how many posts there are and how they stand; a day opens when it is chosen. */
export function MonthDots({ range, date, today, zone, groups, onChoose }: MonthDotsProps) {
  const days = eachDay(range);
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'narrow', timeZone: 'UTC' });
  const counted = countByDay(groups, zone);
  return (
    <div className={classes['month']}>
      {days.slice(0, WEEK).map((day) => (
        <span key={day} className={classes['weekday']} aria-hidden>
          {weekday.format(new Date(noonOf(day)))}
        </span>
      ))}
      {days.map((day) => {
        const dayGroups = counted.get(day) ?? [];
        return (
          <UnstyledButton
            key={day}
            className={classes['day']}
            aria-pressed={day === date}
            onClick={() => onChoose(day)}
            {...(day === today && { 'data-today': true, 'aria-current': 'date' as const })}
            {...(day.slice(0, 7) !== date.slice(0, 7) && { 'data-other': true })}
          >
            <span className="visually-hidden">
              {formatDay(noonOf(day), 'UTC')}, {inWords(dayGroups)}
            </span>
            <span className={classes['number']} aria-hidden>
              {Number(day.slice(-2))}
            </span>
            <Dots groups={dayGroups} />
          </UnstyledButton>
        );
      })}
    </div>
  );
}

function Dots({ groups }: { groups: readonly EntryGroup[] }) {
  const [worst] = worstFirst(groups);
  if (!worst) return <span className={classes['dots']} />;
  const { icon: Sign, color } = lookOf(worst);
  return (
    <span className={classes['dots']} style={toneOf(color)} aria-hidden>
      <Sign size={13} stroke={2.4} />
      {groups.length}
    </span>
  );
}

function countByDay(groups: readonly EntryGroup[], zone: string): Map<string, EntryGroup[]> {
  const days = new Map<string, EntryGroup[]>();
  for (const group of groups) {
    const day = localAt(group.dueAt, zone).slice(0, DAY_LENGTH);
    days.set(day, [...(days.get(day) ?? []), group]);
  }
  return days;
}

function inWords(groups: readonly EntryGroup[]): string {
  if (groups.length === 0) return 'no posts';
  const states = worstFirst(groups).map((state) => lookOf(state).word.toLowerCase());
  return `${groups.length} ${groups.length === 1 ? 'post' : 'posts'}: ${states.join(', ')}`;
}

function worstFirst(groups: readonly EntryGroup[]): ShownState[] {
  return bySeverity(groups.flatMap(({ states }) => states));
}
