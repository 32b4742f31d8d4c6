import { formatDateTime, formatTime } from '../ui/dates.js';
import { zoneName } from '../ui/zone.js';
import { type ScheduleChoice } from './draft.js';
import { type Finding } from './findings.js';
import { meaningOf, sameClock } from './zoned-time.js';

const about = (rule: string, message: string, remedy: string): Finding => ({
  cause: { part: 'schedule' },
  own: false,
  rule,
  message,
  remedy,
});

/** What stands against a time. @param now in milliseconds since 1970 */
export function scheduleFindings({ kind, local, zone }: ScheduleChoice, now: number): Finding[] {
  if (kind !== 'at') return [];
  if (local === '') return [about('time-missing', 'No time is chosen yet.', 'Choose one, or publish now.')];
  const meaning = meaningOf(local, zone);
  if (!meaning) return [about('time', 'This is not a date and time.', 'Choose another one.')];
  if (Date.parse(meaning.at) > now) return [];
  const clock = formatTime(new Date(now).toISOString(), zone);
  return [
    about(
      'past',
      'This time has passed.',
      `In ${zoneName(zone)} it is ${clock} now. Choose a later time, or publish now.`,
    ),
  ];
}

/** Whose clocks are of interest beside those of the zone that was chosen. */
export interface Clocks {
  device: string;
  workspace: string;
}

/** What a time means elsewhere, and what a change of the clocks does to it, in sentences. */
export function scheduleMeanings({ kind, local, zone }: ScheduleChoice, { device, workspace }: Clocks): string[] {
  const meaning = kind === 'at' ? meaningOf(local, zone) : undefined;
  if (!meaning) return [];
  const { at } = meaning;
  const sentences: string[] = [];
  if (meaning.kind === 'skipped') {
    sentences.push(`The clocks in ${zoneName(zone)} skip this time: it goes out at ${meaning.shown.slice(11)}.`);
  }
  if (meaning.kind === 'doubled') {
    sentences.push(`The clocks in ${zoneName(zone)} show this time twice: it goes out at the first.`);
  }
  const elsewhere = (other: string, where: string) => {
    if (!sameClock(at, zone, other))
      sentences.push(`That is ${formatDateTime(at, other)} ${where} (${zoneName(other)}).`);
  };
  elsewhere(device, 'where you are');
  if (!sameClock(at, device, workspace)) elsewhere(workspace, 'for the workspace');
  return sentences;
}
