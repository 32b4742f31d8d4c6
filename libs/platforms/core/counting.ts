import twitterText from 'twitter-text';
import { encodeLittleText } from './little-text.js';
import { type CountingUnit, type TextLimit } from './manifest.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();

/**
 * What networks take for a link, as twitter-text does and Mastodon after it: scheme, a host with a top-level domain, and a
 * path up to the next blank. https://docs.joinmastodon.org/user/posting/#links
 */
const LINK =
  /(?<![\p{L}\p{N}@$#_])https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})(?::\d+)?(?:[/?][^\s<>]*)?/giu;
/** What a link may end with; all else behind it is the sentence's. */
const PATH_END = /[\p{L}\p{N}=_#/+-]$/u;
const QUERY_END = /[\p{L}\p{N}_&=#/-]$/u;

/** `@name@server`: https://docs.joinmastodon.org/user/posting/#mentions */
const REMOTE_MENTION = /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/giu;

/** What is drawn as a picture: keycaps and flags as much as faces. https://www.unicode.org/reports/tr51/ */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{20e3}|\u{fe0f}/u;

/** What a person wrote, as far as it can count. */
export interface CountableDraft {
  text: string;
  link?: string | undefined;
  /** The files: whether there are any, and whether one is a video. */
  media?: readonly object[];
  /** The answers to the form of a post's settings. */
  settings: Readonly<Record<string, unknown>>;
}

/** How long a draft is, and how long it may be. */
export interface DraftLength {
  /** In the limit's unit. */
  length: number;
  max: number;
  /** In UTF-8; only where these are limited too, with `maxBytes`. */
  bytes?: number;
  maxBytes?: number;
}

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
    case 'weighted':
      if (text.length > BEYOND_ALL_LIMITS) return roughWeight(text);
      return piecesOf(text).reduce((sum, piece) => sum + twitterText.parseTweet(piece).weightedLength, 0);
  }
}

/** The links of a text as X finds them, by its own library: also those without a scheme, for which it asks a higher price. */
export function weightedLinksIn(text: string): string[] {
  if (text.length > BEYOND_ALL_LIMITS) return linksIn(text);
  return piecesOf(text).flatMap((piece) => twitterText.extractUrls(piece));
}

/** UTF-16 units. No link is longer: what goes on beyond that is none. */
const LONGEST_LINK = 4_096;
/** No name of a server is longer, by far, and a link without a scheme begins with one. https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const LONGEST_HOST = 1_024;
/** Longer than any post may be: how much too long it is need not be known to the last character. */
const BEYOND_ALL_LIMITS = 40_000;
/** Behind these neither a link nor an emoji goes on. */
const PIECE_ENDS = /(?<=[\s。、，！？])/u;

/** Code points that count as one; all others count as two. https://docs.x.com/fundamentals/counting-characters */
const COUNT_AS_ONE = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;

/** By the published weights of characters alone: links and emoji count as what they are written with. */
function roughWeight(text: string): number {
  let weight = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    weight += COUNT_AS_ONE.some(([first, last]) => code >= first && code <= last) ? 1 : 2;
  }
  return weight;
}

/**
 * A long text in pieces that count as much as the whole: X's library takes a time that grows with the square of the length of
 * what has dots in it and no blanks.
 */
function piecesOf(text: string): string[] {
  if (text.length <= LONGEST_HOST) return [text];
  const pieces: string[] = [];
  let piece = '';
  const close = () => {
    const longest = piece.includes('://') ? LONGEST_LINK : LONGEST_HOST;
    pieces.push(...cutBetweenCharacters(piece, longest));
    piece = '';
  };
  for (const word of text.split(PIECE_ENDS)) {
    if (piece.length + word.length > LONGEST_HOST) close();
    piece += word;
  }
  close();
  return pieces;
}

/** Never within what people see as one character: an emoji may be several, and counts as one. */
function cutBetweenCharacters(text: string, longest: number): string[] {
  if (text.length <= longest) return [text];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segmenter.segment(text)) {
    if (part.length + segment.length > longest) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** How long a draft is as the platform counts it: the text, and the link and those settings that count with it. */
export function countDraft(draft: CountableDraft, limit: TextLimit): DraftLength {
  const sent = sentText(draft, limit);
  const beside = countedSettings(draft, limit)
    .map((name) => String(draft.settings[name]))
    .join('');
  const shown = beside + writtenText(shownText(sent, limit), limit);
  const length = {
    length: limit.emojiAsBytes ? countEmojiAsBytes(shown, limit.unit) : count(shown, limit.unit),
    max: maxFor(draft, limit),
  };
  if (limit.maxBytes === undefined) return length;
  return { ...length, bytes: count(beside + sent, 'bytes'), maxBytes: limit.maxBytes };
}

/** How long the text may be with these files. */
function maxFor({ media = [] }: CountableDraft, { max, maxWithVideo }: TextLimit): number {
  return maxWithVideo !== undefined && media.some(isVideo) ? maxWithVideo : max;
}

function isVideo(file: object): boolean {
  return 'kind' in file && file.kind === 'video';
}

/** Length of a text in which every emoji counts as its bytes in UTF-8, and all else as the unit says. */
export function countEmojiAsBytes(text: string, unit: CountingUnit): number {
  let length = 0;
  for (const { segment } of segmenter.segment(text)) length += count(segment, EMOJI.test(segment) ? 'bytes' : unit);
  return length;
}

/** The text as it is sent: with the link behind it where the platform has no field for one. */
export function sentText(draft: CountableDraft, { countsLink }: TextLimit): string {
  return countsLink && isInText(draft, countsLink)
    ? textWithLink(draft.text, draft.link, countsLink.separator)
    : draft.text;
}

/** Without a text, the link is the text in any case. */
function isInText(
  { text, media, settings }: CountableDraft,
  { onlyWith }: NonNullable<TextLimit['countsLink']>,
): boolean {
  if (!onlyWith || text.trim() === '') return true;
  return (onlyWith.media && (media?.length ?? 0) > 0) || onlyWith.settings.some((name) => isFilled(settings[name]));
}

function isFilled(value: unknown): boolean {
  return value === true || ((typeof value === 'string' || Array.isArray(value)) && value.length > 0);
}

/** A text with a link behind it, unless it holds the link already; the link alone where there is no text. */
export function textWithLink(text: string, link: string | undefined, separator: string): string {
  if (link === undefined || link === '' || linksIn(text).includes(link)) return text;
  return text.trim() === '' ? link : `${text}${separator}${link}`;
}

/** Names of the settings whose text counts in this draft. */
export function countedSettings({ settings }: Pick<CountableDraft, 'settings'>, limit: TextLimit): string[] {
  return (limit.countsSettings ?? []).filter((name) => typeof settings[name] === 'string' && settings[name] !== '');
}

/** The links of a text, in order, without the punctuation behind them. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(LINK)].map(([match]) => trimLink(match));
}

/** Every `@name@server` as `@name`, which is all that Mastodon shows and counts of it. */
export function shortenMentions(text: string): string {
  return text.replace(REMOTE_MENTION, '$1');
}

/** A text in which every link has the length that it counts as, and every mention what counts of it. */
function shownText(text: string, { urlLength, shortMentions }: TextLimit): string {
  const placed =
    urlLength === undefined
      ? text
      : text.replace(LINK, (match) => 'x'.repeat(urlLength) + match.slice(trimLink(match).length));
  return shortMentions ? shortenMentions(placed) : placed;
}

/** A text in the platform's own form. */
function writtenText(text: string, { encoding }: TextLimit): string {
  return encoding === 'little-text' ? encodeLittleText(text) : text;
}

function trimLink(match: string): string {
  let link = match;
  for (;;) {
    const end = link.includes('?') ? QUERY_END : PATH_END;
    const closes = link.endsWith(')') && occurrences(link, ')') <= occurrences(link, '(');
    if (closes || end.test(link)) return link;
    link = link.slice(0, -1);
  }
}

function occurrences(text: string, character: string): number {
  return text.split(character).length - 1;
}
