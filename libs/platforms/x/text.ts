import twitterText from 'twitter-text';
import { type SegmentDraft, sentText } from '#platforms/core';
import { limits } from './limits.js';

/** The text as it is sent: composed, as X stores it, with the link behind it. https://docs.x.com/fundamentals/counting-characters#text-encoding */
export function sentTextOf(draft: SegmentDraft): string {
  return sentText(draft, limits.text).normalize('NFC');
}

/** `$TICKER` as X's own library finds it. */
export function cashtagsOf(text: string): string[] {
  return twitterText.extractCashtags(text);
}

/** Characters that X takes in no text: byte order marks and the like. */
export function hasInvalidCharacters(text: string): boolean {
  return twitterText.hasInvalidCharacters(text);
}
