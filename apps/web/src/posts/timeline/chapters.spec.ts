import { chaptersOf } from './chapters.js';
import { ADA, DUE, entryOf } from './log.fixture.js';
import { type LogEntry } from './log-evidence.js';

const titles = (log: LogEntry[]) => chaptersOf(log, DUE).map(({ title, entries }) => [title, entries.length]);
const started = (attempt: number) => entryOf('attempt-started', { attempt });

describe('the chapters of a log', () => {
  it('are what was planned, and each attempt with what became of it', () => {
    const log = [
      entryOf('scheduled', { actor: ADA, attempt: 0 }),
      entryOf('cleared', { actor: ADA, attempt: 0 }),
      started(1),
      entryOf('fenced'),
      entryOf('retry-planned', { evidence: { next: 'look' } }),
      entryOf('reconciled'),
      started(2),
      entryOf('published', { attempt: 2 }),
    ];
    expect(titles(log)).toEqual([
      ['Before the first attempt', 2],
      ['Attempt 1', 4],
      ['Attempt 2', 2],
    ]);
  });

  it('tell what people did between attempts apart, and an attempt that begins anew', () => {
    const log = [started(1), entryOf('failed'), entryOf('released', { actor: ADA }), started(1)];
    expect(titles(log)).toEqual([
      ['Attempt 1', 2],
      ['After attempt 1', 1],
      ['Attempt 1, after a new start', 1],
    ]);
  });

  it('do not count as a new try what was handed back untouched', () => {
    const log = [started(1), entryOf('retry-planned', { evidence: { why: 'The worker stops.' } }), started(1)];
    expect(titles(log).map(([title]) => title)).toEqual(['Attempt 1', 'Attempt 1, taken up again']);
  });

  it('know for each entry when it was due at that moment', () => {
    const later = '2026-11-25T08:00:00.000Z';
    const retriedAt = '2026-11-26T10:00:00.000Z';
    const log = [
      entryOf('scheduled', { actor: ADA, evidence: { dueAt: DUE } }),
      entryOf('rescheduled', { actor: ADA, evidence: { from: DUE, dueAt: later } }),
      started(1),
      entryOf('released', { actor: ADA, at: retriedAt }),
      started(1),
    ];
    const dues = chaptersOf(log, retriedAt).flatMap(({ entries }) => entries.map(({ dueAt }) => dueAt));
    expect(dues).toEqual([DUE, later, later, retriedAt, retriedAt]);
  });

  it('keep their ids while further entries come, so that what is opened stays open', () => {
    const log = [entryOf('scheduled', { actor: ADA }), started(1)];
    const ids = chaptersOf(log, DUE).map(({ id }) => id);
    expect(chaptersOf([...log, entryOf('published')], DUE).map(({ id }) => id)).toEqual(ids);
  });
});
