import { type Instants } from '../instants.js';
import { lookInWords } from './look-in-words.js';
import { connectionWords } from './connection-words.js';
import { type LogEntry } from './log-evidence.js';

/** What the log knows of an outcome that nobody could tell: since it was sent the last time, in sentences. */
export function knownAboutOutcome(
  log: readonly LogEntry[],
  platformName: string,
  { adverb }: Instants,
): { id: string; words: string }[] {
  const sent = log.findLastIndex(({ kind }) => kind === 'fenced');
  return log.slice(Math.max(0, sent)).flatMap((entry) => {
    const words = wordsOf(entry, platformName, adverb(entry.at));
    return words === undefined ? [] : [{ id: entry.id, words }];
  });
}

function wordsOf(entry: LogEntry, platformName: string, when: string): string | undefined {
  const evidence = entry.evidence ?? {};
  switch (entry.kind) {
    case 'fenced':
      return `It was sent ${when}.`;
    case 'retry-planned': {
      const said = entry.failure?.platformMessage ?? entry.failure?.message;
      return said === undefined ? undefined : `What came back ${when}: ${connectionWords(said) ?? said}`;
    }
    case 'reconciled':
    case 'unconfirmed': {
      const look = lookInWords(evidence);
      const why = typeof evidence['why'] === 'string' ? evidence['why'] : undefined;
      const seen = [look, why].filter((part) => part !== undefined).join(' ');
      return `ClickPost looked on ${platformName} ${when}. ${seen === '' ? 'It could not tell.' : seen}`;
    }
    default:
      return undefined;
  }
}
