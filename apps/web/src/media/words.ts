const KILO = 1_000;
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;
const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;
/** Below it the exact number only makes people count along. */
const SOON_S = 5;

/** `732 bytes`, `4.2 MB`, `1.25 GB` */
export function bytesInWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= KILO && unit < UNITS.length - 1) {
    value /= KILO;
    unit += 1;
  }
  const digits = unit < 2 || value >= 100 ? 0 : unit === 2 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? 'bytes'}`;
}

/** `a few seconds left`, `40 seconds left`, `3 minutes left`, `1 hour 5 minutes left` */
export function remainingInWords(remainingMs: number): string {
  const seconds = remainingMs / SECOND_MS;
  if (seconds < SOON_S) return 'a few seconds left';
  if (seconds < MINUTE_S) return `${Math.ceil(seconds / SOON_S) * SOON_S} seconds left`;
  const minutes = Math.ceil(seconds / MINUTE_S);
  if (seconds < HOUR_S) return `${plural(minutes, 'minute')} left`;
  const hours = Math.floor(minutes / MINUTE_S);
  const rest = minutes % MINUTE_S;
  return `${plural(hours, 'hour')}${rest > 0 ? ` ${plural(rest, 'minute')}` : ''} left`;
}

/** How long a video takes: `0:07`, `12:40`, `1:02:03` */
export function durationInWords(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / SECOND_MS));
  const [h, m, s] = [Math.floor(seconds / HOUR_S), Math.floor(seconds / MINUTE_S) % MINUTE_S, seconds % MINUTE_S];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A moment of a video to a tenth of a second: `0:07.3` */
export function momentInWords(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  return `${durationInWords(Math.floor(tenths / 10) * SECOND_MS)}.${tenths % 10}`;
}

/** A moment as somebody writes it, `7.3` or `0:07.3`, in milliseconds; undefined where it is none. */
export function readMoment(text: string): number | undefined {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  const total = Number(hours) * HOUR_S + Number(minutes) * MINUTE_S + Number(seconds.replace(',', '.'));
  return Math.round(total * SECOND_MS);
}

/** `42 %` @param part 0 to 1 */
export function percentInWords(part: number): string {
  return `${Math.floor(part * 100)} %`;
}

/** `1 page`, `1,204 pages` */
export function pagesInWords(pages: number): string {
  return pages === 1 ? '1 page' : `${pages.toLocaleString('en')} pages`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
