import { countDraft } from '#platforms/core';
import { type Channel } from '../api/queries.js';
import { formatNumber } from '../ui/numbers.js';
import { type EffectiveContent } from './draft.js';

/** How much of a limit is left, by the network's own counting. */
export interface Counter {
  length: number;
  max: number;
  /** Negative when it is too long. */
  left: number;
  /** What is counted: people see characters, some networks limit bytes as well. */
  unit: 'characters' | 'bytes';
  level: 'ok' | 'near' | 'over';
}

/** Warned of from the last tenth of a limit on, but not further away than this. */
const NEAR_MOST = 50;

/** Files say only that there are some: then a network may have no field for a link. */
type Files = Pick<EffectiveContent, 'media'>;

/** How much of a channel's text limit is left; in bytes where these run out first. */
export function counterOf(
  { text, link, media = [], settings }: Pick<EffectiveContent, 'text' | 'link' | 'settings'> & Partial<Files>,
  limit: Channel['limits']['text'],
): Counter {
  const { length, max, bytes, maxBytes } = countDraft({ text, link, media, settings }, limit);
  const characters = counter(length, max, 'characters');
  if (bytes === undefined || maxBytes === undefined) return characters;
  const inBytes = counter(bytes, maxBytes, 'bytes');
  return inBytes.level !== 'ok' && inBytes.left / maxBytes < characters.left / max ? inBytes : characters;
}

function counter(length: number, max: number, unit: Counter['unit']): Counter {
  const left = max - length;
  const near = Math.min(NEAR_MOST, Math.ceil(max / 10));
  return { length, max, left, unit, level: left < 0 ? 'over' : left <= near ? 'near' : 'ok' };
}

/** The counter in words, for those who hear it. */
export function counterWords({ left, unit, level }: Counter): string {
  const what = unit === 'bytes' ? 'bytes' : 'characters';
  return level === 'over' ? `${formatNumber(-left)} ${what} too many` : `${formatNumber(left)} ${what} left`;
}
