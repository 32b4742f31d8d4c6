import { type CountingUnit, type TextLimit } from './manifest.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();
const URL_IN_TEXT = /https?:\/\/[^\s<>"]+/gi;

/** Length of a text in the given unit. */
export function count(text: string, unit: CountingUnit): number {
  switch (unit) {
    case 'graphemes': {
      let n = 0;
      for (const _ of segmenter.segment(text)) n += 1;
      return n;
    }
    case 'code-points':
      return [...text].length;
    case 'utf16':
      return text.length;
    case 'bytes':
      return encoder.encode(text).length;
  }
}

/** Length of a text as the platform counts it, every URL at its fixed length where there is one. */
export function countText(text: string, limit: TextLimit): number {
  if (limit.urlLength === undefined) return count(text, limit.unit);
  const urls = text.match(URL_IN_TEXT)?.length ?? 0;
  return count(text.replace(URL_IN_TEXT, ''), limit.unit) + urls * limit.urlLength;
}
