import { type Schema } from '../api/client.js';
import { formatShortDay } from '../ui/dates.js';
import { instantAt, localAt } from '../calendar/move.js';

export type Absence = Schema<'AbsenceDto'>;

/** A time in whole days, as people choose it: both of them are part of it. */
export interface Days {
  /** `2026-05-01`. */
  first: string;
  last: string;
}

const DAY_LENGTH = '2026-05-01'.length;

/** From the beginning of the first day to the end of the last one, by the clock of a zone. */
export function instantsOf({ first, last }: Days, zone: string): { from: string; until: string } {
  const next = new Date(`${last}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const after = next.toISOString().slice(0, DAY_LENGTH);
  return { from: instantAt(`${first}T00:00`, zone), until: instantAt(`${after}T00:00`, zone) };
}

/** The days of an absence. */
export function daysOf({ from, until }: Pick<Absence, 'from' | 'until'>, zone: string): Days {
  return {
    first: localAt(from, zone).slice(0, DAY_LENGTH),
    last: localAt(lastMoment(until), zone).slice(0, DAY_LENGTH),
  };
}

/** What holds of an absence, in a sentence, as the person reads it. */
export function absenceWords(absence: Absence, userId: string, now: Date, zone: string): string {
  const { user, delegate, from, until } = absence;
  const [first, last] = [formatShortDay(from, zone), formatShortDay(lastMoment(until), zone)];
  const begun = new Date(from) <= now;
  const when = begun ? `until ${last}` : `from ${first} until ${last}`;
  const away = user.id === userId ? `You ${begun ? 'are' : 'will be'}` : `${user.name} ${begun ? 'is' : 'will be'}`;
  return `${away} away ${when}. ${delegate.id === userId ? 'You decide' : `${delegate.name} decides`} meanwhile.`;
}

/** The last moment before an end, which people call by its day. */
function lastMoment(until: string): string {
  return new Date(new Date(until).getTime() - 1).toISOString();
}
