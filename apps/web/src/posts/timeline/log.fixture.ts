import { type Setting } from './sentences.js';
import { type LogEntry, type LogKind } from './log-evidence.js';

export const DUE = '2026-11-24T08:00:00.000Z';

let entries = 0;

/** An entry of the log, by the worker and in the first attempt where nothing else is said. */
export function entryOf(kind: LogKind, more: Partial<LogEntry> = {}): LogEntry {
  entries += 1;
  return {
    id: `entry-${entries}`,
    at: DUE,
    kind,
    actor: { type: 'worker', id: 'host:1' },
    attempt: 1,
    state: 'scheduled',
    ...more,
  };
}

export const ADA: LogEntry['actor'] = { type: 'user', id: 'ada', name: 'Ada' };

/** Instants in UTC. */
export const SETTING: Setting = {
  platformName: 'Mastodon',
  dueAt: DUE,
  instants: { noun: (at) => at.slice(11, 19), adverb: (at) => `at ${at.slice(11, 19)}` },
};
