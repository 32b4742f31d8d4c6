import { type LogEntry, textOf } from './log-evidence.js';

/** Entries that belong together: an attempt, or what people and the clock did before and between. */
export interface Chapter {
  /** The id of its first entry: stays while further entries come. */
  id: string;
  title: string;
  entries: DatedEntry[];
}

/** An entry, and when the publication was due as it happened. */
export interface DatedEntry {
  entry: LogEntry;
  dueAt: string;
}

/** The log in chapters, oldest first. @param dueAt when it is due now, for a log that does not begin with its beginning */
export function chaptersOf(log: readonly LogEntry[], dueAt: string): Chapter[] {
  const chapters: Chapter[] = [];
  let due = dueAt;
  for (const entry of log) {
    due = dueAfter(entry) ?? due;
    const last = chapters.at(-1);
    const title = titleOf(entry, chapters);
    if (last && title === undefined) last.entries.push({ entry, dueAt: due });
    else chapters.push({ id: entry.id, title: title ?? BEFORE, entries: [{ entry, dueAt: due }] });
  }
  return chapters;
}

const BEFORE = 'Before the first attempt';

/** The title of the chapter that an entry begins; undefined when it belongs to the one before. */
function titleOf(entry: LogEntry, chapters: readonly Chapter[]): string | undefined {
  if (entry.kind === 'attempt-started') return attemptTitle(entry, chapters);
  const before = chapters.at(-1)?.entries[0]?.entry;
  if (before?.kind !== 'attempt-started' || entry.actor.type === 'worker') return undefined;
  return `After attempt ${before.attempt}`;
}

function attemptTitle({ attempt }: LogEntry, chapters: readonly Chapter[]): string {
  const title = `Attempt ${attempt}`;
  const same = chapters.findLast(({ entries: [first] }) => first?.entry.kind === 'attempt-started');
  if (same === undefined || (same.entries[0]?.entry.attempt ?? 0) < attempt) return title;
  // What was handed back was no try; its number is used again. Every other repetition is a person's new beginning.
  return handedBack(same) ? `${title}, taken up again` : `${title}, after a new start`;
}

function handedBack({ entries }: Chapter): boolean {
  const last = entries.at(-1)?.entry;
  return last?.kind === 'retry-planned' && !last.failure && last.evidence?.['next'] !== 'look';
}

/** The time that an entry gives the publication. */
function dueAfter(entry: LogEntry): string | undefined {
  const evidence = entry.evidence ?? {};
  switch (entry.kind) {
    case 'scheduled':
    case 'rescheduled':
      return textOf(evidence, 'dueAt');
    case 'released':
      return entry.actor.type === 'user' ? entry.at : undefined;
    case 'resolved':
      return evidence['outcome'] === 'not-published' ? entry.at : undefined;
    default:
      return undefined;
  }
}
