import { piecesOf } from './previews/rich-text.js';

/** A place at which a text may be parted. */
interface Cut {
  /** Where the part before it ends. */
  end: number;
  /** Where the part after it begins: behind the blanks. */
  next: number;
  strength: Strength;
}

type Strength = 'paragraph' | 'line' | 'sentence' | 'word';

/**
 * A stronger place is taken as long as the part does not become shorter than this share of what would fit: rather a sentence
 * too little than half a sentence, but no part of two words.
 */
const CHOICE: readonly [Strength, leastShare: number][] = [
  ['paragraph', 0.5],
  ['line', 0.5],
  ['sentence', 0.25],
  ['word', 0],
];

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Scripts that put no blanks between words. */
const WITHOUT_BLANKS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const OPENING = /[\p{Ps}\p{Pi}]/u;

/**
 * A text in parts that fit, none of them empty: parted between paragraphs, lines or sentences where it can be, else between
 * words; never inside a word, a link, a mention, a hashtag or a character. A word that does not fit alone stays whole, and
 * its part is too long then. Without the blanks at the parting places the parts are the text.
 * @param fits whether a text may be the part at that position; a beginning of what fits must fit too
 */
export function splitText(text: string, fits: (part: string, position: number) => boolean): string[] {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const cuts = cutsOf(text).filter((cut) => cut.end > start && cut.next < end);
  const parts: string[] = [];
  let from = start;
  while (from < end && !fits(text.slice(from, end), parts.length)) {
    const cut = chooseCut(
      cuts.filter((one) => one.end > from),
      from,
      (one) => fits(text.slice(from, one.end), parts.length),
    );
    if (!cut) break;
    parts.push(text.slice(from, cut.end));
    from = cut.next;
  }
  return from < end ? [...parts, text.slice(from, end)] : parts;
}

/** The text before and after a place, without the blanks there. */
export function splitAt(text: string, place: number): [before: string, after: string] {
  return [text.slice(0, place).trimEnd(), text.slice(place).trimStart()];
}

function chooseCut(cuts: readonly Cut[], from: number, fits: (cut: Cut) => boolean): Cut | undefined {
  const fitting = cuts.slice(0, countFitting(cuts, fits));
  const longest = (fitting.at(-1)?.end ?? from) - from;
  for (const [strength, leastShare] of CHOICE) {
    const cut = fitting.findLast((one) => one.strength === strength && one.end - from >= leastShare * longest);
    if (cut) return cut;
  }
  // Not even the first word fits: it stays whole.
  return cuts[0];
}

/** How many of the first ones fit, found by halving. */
function countFitting(cuts: readonly Cut[], fits: (cut: Cut) => boolean): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle];
    if (cut && fits(cut)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cutsOf(text: string): Cut[] {
  const characters = new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length));
  const kept = keptWhole(text);
  const ends = new Set([...sentences.segment(text)].map(({ index, segment }) => index + segment.trimEnd().length));
  const blanks = [...text.matchAll(/\s+/gu)].map(({ index, 0: blank }) => cutAtBlank(index, blank, ends));
  return [...blanks, ...cutsWithoutBlanks(text, ends)]
    .filter(({ end, next }) => characters.has(end) && characters.has(next))
    .filter(({ end, next }) => !kept.some(([from, to]) => from < next && end < to))
    .toSorted((a, b) => a.end - b.end);
}

function cutAtBlank(index: number, blank: string, sentenceEnds: ReadonlySet<number>): Cut {
  const lines = blank.replaceAll('\r\n', '\n').split('\n').length - 1;
  const strength = lines > 1 ? 'paragraph' : lines === 1 ? 'line' : sentenceEnds.has(index) ? 'sentence' : 'word';
  return { end: index, next: index + blank.length, strength };
}

/** The ends of words in scripts that write them without blanks. */
function cutsWithoutBlanks(text: string, sentenceEnds: ReadonlySet<number>): Cut[] {
  return [...words.segment(text)].flatMap(({ index, segment, isWordLike }): Cut[] => {
    const before = text.charAt(index - 1);
    const isBegin = isWordLike === true && index > 0 && WITHOUT_BLANKS.test(segment);
    if (!isBegin || /\s/u.test(before) || OPENING.test(before)) return [];
    return [{ end: index, next: index, strength: sentenceEnds.has(index) ? 'sentence' : 'word' }];
  });
}

/** Where links, mentions and hashtags lie. */
function keptWhole(text: string): [from: number, to: number][] {
  const asWritten = (piece: string) => piece;
  let at = 0;
  return piecesOf(text, { link: asWritten, mention: asWritten }).flatMap(({ kind, text: piece }) => {
    const from = at;
    at += piece.length;
    return kind === 'text' ? [] : [[from, at] satisfies [number, number]];
  });
}
