/** 90000 -> `90 seconds`, 252000 -> `4.2 minutes`. */
export function durationWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return plural(rounded(seconds, seconds < 10 ? 2 : 1), 'second');
  return seconds < 7200 ? plural(rounded(seconds / 60, 1), 'minute') : plural(rounded(seconds / 3600, 1), 'hour');
}

/** In decimal units, as networks count: 12345678 -> `12.3 MB`. */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  if (bytes < 1e6) return `${rounded(bytes / 1e3, 0)} kB`;
  return bytes < 1e9 ? `${rounded(bytes / 1e6, 1)} MB` : `${rounded(bytes / 1e9, 2)} GB`;
}

/** Bits a second: 25000000 -> `25 Mbit/s`. */
export const bitRateWords = (rate: number): string =>
  rate < 1e6 ? `${rounded(rate / 1e3, 0)} kbit/s` : `${rounded(rate / 1e6, 1)} Mbit/s`;

/** Frames a second without needless digits: 29.97. */
export const frameRateWords = (rate: number): string => String(rounded(rate, 2));

/** A shape as people name it, of width divided by height: `16:9`, `4:5`, `1.91:1`. */
export function ratioWords(ratio: number): string {
  for (let down = 1; down <= 21; down += 1) {
    const across = Math.round(ratio * down);
    if (across >= 1 && across <= 21 && Math.abs(across / down / ratio - 1) < 0.004) return `${across}:${down}`;
  }
  return ratio >= 1 ? `${rounded(ratio, 2)}:1` : `1:${rounded(1 / ratio, 2)}`;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const plural = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'}`;
