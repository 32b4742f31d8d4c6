import { type Schema } from '../api/client.js';
import { type PublicationState } from '../api/queries.js';
import { isLate } from '../posts/publication-story.js';
import {
  IN_WORK_LOOK,
  LATE_LOOK,
  MEDIA_FAILED_LOOK,
  MEDIA_PROCESSING_LOOK,
  NOTED_LOOK,
  REMOVED_LOOK,
  STATE_LOOKS,
  type StateLook,
} from '../ui/publication-state.js';
import { mayMove } from './move.js';

/** A publication as the calendar tells it. */
export type CalendarEntry = Schema<'CalendarEntryDto'>;

/**
 * The state of a publication, or what says more of it. `in-work` = its network is processing it. `noted` = it is out, and its
 * network left something for people to know or to do.
 */
export type ShownState =
  PublicationState | 'late' | 'in-work' | 'noted' | 'removed' | 'media-processing' | 'media-failed';

/** The publications of one post at one time. */
export interface EntryGroup {
  /** The same while the group has its post and time. */
  id: string;
  postId: string;
  postVersion: number;
  /** ISO instant. */
  dueAt: string;
  /** The zone in which the time was chosen. */
  timeZone: string;
  text: string;
  mediaId: string | null;
  mediaCount: number;
  /** The networks, each once. */
  platforms: string[];
  /** Each state that there is once, the worst first. */
  states: [ShownState, ...ShownState[]];
  /** What networks left for people to know or to do, each sentence once. */
  notes: string[];
  /** Whether all publications of the post may get another time. */
  movable: boolean;
  /** Who its approval waits for, or that changes were asked for; undefined where nothing waits. */
  approval: CalendarEntry['approval'];
  /** Those that are shown. */
  entries: CalendarEntry[];
}

/** What is to be seen; empty means everything. */
export interface EntryFilter {
  channels: readonly string[];
  states: readonly PublicationState[];
}

/** The worst first: what needs a person, then what happens, then what is done. */
const BY_SEVERITY: readonly ShownState[] = [
  'failed',
  'unconfirmed',
  'late',
  'media-failed',
  'held',
  'noted',
  'media-processing',
  'in-work',
  'committing',
  'preparing',
  'ready',
  'scheduled',
  'published',
  'removed',
  'cancelled',
];

/** Each of some states once, the worst first. */
export function bySeverity(states: readonly ShownState[]): ShownState[] {
  return BY_SEVERITY.filter((state) => states.includes(state));
}

/** How a state, or what says more of it, is shown. */
export function lookOf(state: ShownState): StateLook {
  switch (state) {
    case 'late':
      return LATE_LOOK;
    case 'in-work':
      return IN_WORK_LOOK;
    case 'noted':
      return NOTED_LOOK;
    case 'removed':
      return REMOVED_LOOK;
    case 'media-processing':
      return MEDIA_PROCESSING_LOOK;
    case 'media-failed':
      return MEDIA_FAILED_LOOK;
    default:
      return STATE_LOOKS[state];
  }
}

/**
 * Gathers the entries of one post at one time, in the order of their times. A group that is shown in part still knows
 * whether all of its post may move.
 * @param now milliseconds since 1970
 */
export function groupEntries(entries: readonly CalendarEntry[], filter: EntryFilter, now: number): EntryGroup[] {
  const fixed = new Set(entries.filter(({ state }) => !mayMove(state)).map(({ postId }) => postId));
  const gathered = new Map<string, CalendarEntry[]>();
  for (const entry of entries) {
    if (!matches(entry, filter)) continue;
    const id = `${entry.postId} ${entry.dueAt}`;
    const group = gathered.get(id);
    if (group) group.push(entry);
    else gathered.set(id, [entry]);
  }
  return [...gathered].map(([id, group]) => groupOf(id, group, fixed, now)).sort(byTime);
}

/** Whether a filter lets an entry through. */
function matches({ channelId, state }: CalendarEntry, { channels, states }: EntryFilter): boolean {
  return (channels.length === 0 || channels.includes(channelId)) && (states.length === 0 || states.includes(state));
}

function groupOf(id: string, entries: CalendarEntry[], fixed: ReadonlySet<string>, now: number): EntryGroup {
  const [first] = entries;
  if (!first) throw new Error('A group has at least one entry.');
  const shown = entries.map((entry) => shownState(entry, now));
  const [worst = first.state, ...others] = bySeverity(shown);
  const pictured = entries.find(({ mediaId }) => mediaId !== null) ?? first;
  return {
    id,
    postId: first.postId,
    postVersion: Math.max(...entries.map(({ postVersion }) => postVersion)),
    dueAt: first.dueAt,
    timeZone: first.timeZone,
    text: first.text,
    mediaId: pictured.mediaId,
    mediaCount: pictured.mediaCount,
    platforms: [...new Set(entries.map(({ platform }) => platform))],
    states: [worst, ...others],
    notes: [...new Set(entries.flatMap((entry) => (isNoted(entry) ? [entry.note] : [])))],
    movable: !fixed.has(first.postId),
    approval: entries.find(({ approval }) => approval)?.approval,
    entries,
  };
}

function shownState(entry: CalendarEntry, now: number): ShownState {
  const { state, heldReason, waitingFor, removedAt } = entry;
  if (removedAt !== undefined) return 'removed';
  if (waitingFor !== undefined) return 'in-work';
  if (isNoted(entry)) return 'noted';
  if (state === 'held' && (heldReason === 'media-processing' || heldReason === 'media-failed')) return heldReason;
  return isLate(entry, now) ? 'late' : state;
}

/** What was removed again needs nothing any more. */
function isNoted(entry: CalendarEntry): entry is CalendarEntry & { note: string } {
  return entry.note !== undefined && entry.removedAt === undefined;
}

/** A state in words, with what there is to know or to do about it. */
export function wordsOf(state: ShownState, notes: readonly string[]): string {
  const { word } = lookOf(state);
  return state === 'noted' ? [`${word}:`, ...notes].join(' ') : word;
}

function byTime(a: EntryGroup, b: EntryGroup): number {
  return Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.id.localeCompare(b.id);
}

/** The first line of a text that says something. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  );
}
