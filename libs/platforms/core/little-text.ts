/**
 * LinkedIn's own form of a text, in which everything that is no plain letter has to be announced. What is not escaped is taken
 * for the beginning of something else, and all that follows is left out without a word.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
 */
const RESERVED = /[\\|{}@[\]()<>#*_~]/g;

/** What LinkedIn makes a link of: a hash sign and letters or digits of any script, not all of them digits. */
const HASHTAG = /(?<![\p{L}\p{M}\p{N}_&/#＃\\])[#＃]([\p{L}\p{M}\p{N}_]*[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*)/gu;

/** An address may hold hash signs of its own. */
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>]+/giu;

/** `{hashtag|\#|bread}`, as `encodeLittleText` writes it, and without the escape, as LinkedIn's pages show it as well. */
const TEMPLATE = /\{hashtag\|(?:\\?#|(＃))\|((?:[^\\|{}]|\\.)*)\}/gu;

/** Writes a text in LinkedIn's form: nothing in it is left out, and its hashtags are links. Mentions stay text. */
export function encodeLittleText(text: string): string {
  const addresses = [...text.matchAll(ADDRESS)].map((match) => [match.index, match.index + match[0].length] as const);
  const isInAddress = (at: number) => addresses.some(([start, end]) => at >= start && at < end);
  let encoded = '';
  let done = 0;
  for (const match of text.matchAll(HASHTAG)) {
    if (isInAddress(match.index)) continue;
    const [whole, tag = ''] = match;
    const sign = whole.startsWith('#') ? '\\#' : '＃';
    encoded += `${escaped(text.slice(done, match.index))}{hashtag|${sign}|${escaped(tag)}}`;
    done = match.index + whole.length;
  }
  return encoded + escaped(text.slice(done));
}

/** The text that was encoded, as people read it. */
export function decodeLittleText(encoded: string): string {
  return encoded
    .replace(TEMPLATE, (_match, wide: string | undefined, tag: string) => `${wide ?? '\\#'}${tag}`)
    .replace(/\\([\s\S])/g, '$1');
}

function escaped(text: string): string {
  return text.replace(RESERVED, '\\$&');
}
