/** 90000 -> `90 seconds`, 252000 -> `4.2 minutes`. */
export function durationWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return plural(rounded(seconds, seconds < 10 ? 2 : 1), 'second');
  return seconds < 7200 ? plural(rounded(seconds / 60, 1), 'minute') : plural(rounded(seconds / 3600, 1), 'hour');
}

/** In decimal units, as networks count: 12345678 -> `12.3 MB`. */
export function bytesWords(bytes: number): string {
  return sizeWords(bytes, 0);
}

/** @param more digits than usual */
function sizeWords(bytes: number, more: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  if (bytes < 1e6) return `${rounded(bytes / 1e3, (bytes < 10_000 ? 1 : 0) + more)} kB`;
  return bytes < 1e9 ? `${rounded(bytes / 1e6, 1 + more)} MB` : `${rounded(bytes / 1e9, 2 + more)} GB`;
}

/** Every one of them: 12345678 -> `12,345,678 bytes`. */
function countWords(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes`;
}

/** More than is allowed, in as many digits as show it: `It has 3.2 MB; 1 MB are allowed`. Without a full stop. */
export function tooManyBytes(bytes: number, allowed: number): string {
  const digits = [0, 1, 2, 3].find((more) => sizeWords(bytes, more) !== sizeWords(allowed, more));
  const words = digits === undefined ? countWords : (size: number) => sizeWords(size, digits);
  return `It has ${words(bytes)}; ${words(allowed)} are allowed`;
}

/** What people call a type of file: `image/png` -> `PNG`. */
export function typeWords(contentType: string): string {
  return TYPE_NAMES[contentType] ?? contentType;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/heic': 'HEIC',
  'image/tiff': 'TIFF',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
  'video/webm': 'WebM',
  'video/x-matroska': 'MKV',
  'video/x-m4v': 'M4V',
  'application/pdf': 'PDF',
  'application/msword': 'DOC',
  'application/vnd.ms-powerpoint': 'PPT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
};

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
