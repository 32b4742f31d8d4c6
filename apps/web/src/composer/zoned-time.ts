import { Temporal } from 'temporal-polyfill';

/** What a time on the clocks of a zone means. */
export interface ZonedMeaning {
  /** ISO instant. */
  at: string;
  /** `skipped` = the clocks jump over it, and it moves forward; `doubled` = they show it twice, and the first is meant. */
  kind: 'exact' | 'skipped' | 'doubled';
  /** What the clocks show then, `2027-03-28T03:30`: another time than the given one when that is skipped. */
  shown: string;
}

/** The instant that a local time means in a zone, as the server reads it; undefined when it is no time or no zone. */
export function meaningOf(local: string, zone: string): ZonedMeaning | undefined {
  try {
    const time = Temporal.PlainDateTime.from(local);
    const first = time.toZonedDateTime(zone, { disambiguation: 'earlier' });
    const last = time.toZonedDateTime(zone, { disambiguation: 'later' });
    if (first.equals(last)) return { at: instantText(first), kind: 'exact', shown: localText(time) };
    if (first.toPlainDateTime().equals(time))
      return { at: instantText(first), kind: 'doubled', shown: localText(time) };
    return { at: instantText(last), kind: 'skipped', shown: localText(last.toPlainDateTime()) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What clocks in the zone show at an instant, `2027-03-28T09:00`. @param at ISO instant */
export function localAt(at: string, zone: string): string {
  return localText(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime());
}

/** A time that people often mean. */
export interface QuickChoice {
  label: string;
  local: string;
}

const MORNING = '09:00';
const ROUND_MINUTES = 5;

/** In an hour, tomorrow and next Monday morning, on the clocks of the zone. @param now ISO instant */
export function quickChoices(now: string, zone: string): QuickChoice[] {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const inAnHour = here
    .add({ hours: 1 })
    .round({ smallestUnit: 'minute', roundingIncrement: ROUND_MINUTES, roundingMode: 'ceil' });
  const today = here.toPlainDate();
  const tomorrow = today.add({ days: 1 });
  const monday = today.add({ days: 8 - today.dayOfWeek });
  const choices = [
    { label: 'In an hour', local: localText(inAnHour.toPlainDateTime()) },
    { label: `Tomorrow ${MORNING}`, local: `${tomorrow.toString()}T${MORNING}` },
    { label: `Next Monday ${MORNING}`, local: `${monday.toString()}T${MORNING}` },
  ];
  // On a Sunday, Monday is tomorrow.
  return tomorrow.equals(monday) ? choices.slice(0, 2) : choices;
}

/** Whether the clocks of two zones show the same at an instant. */
export function sameClock(at: string, a: string, b: string): boolean {
  return localAt(at, a) === localAt(at, b);
}

/**
 * The time that was chosen elsewhere: a day alone (`2027-03-28`) means its morning; undefined when it is neither.
 * @param text a day or a local time
 */
export function readLocal(text: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!day && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return undefined;
  try {
    return localText(Temporal.PlainDateTime.from(day ? `${text}T${MORNING}` : text.slice(0, 16)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function localText(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'minute' });
}

function instantText(time: Temporal.ZonedDateTime): string {
  return time.toInstant().toString();
}
