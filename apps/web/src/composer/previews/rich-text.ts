import { count, type CountingUnit, linksIn } from '#platforms/core';

/** A piece of a text as a network shows it. */
export interface TextPiece {
  kind: 'text' | 'link' | 'mention' | 'tag';
  text: string;
}

/** What the networks colour beside links: `@name`, `@name.example.com`, `@name@server`, `#tag`. */
const MARKS =
  /(?<![\p{L}\p{N}_@#/])(?<mention>@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:@[\p{L}\p{N}_.-]+)?(?<![.-]))|(?<![\p{L}\p{N}_@#&/])(?<tag>#[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)/gu;

/** How a network shortens what it shows of links and mentions. */
export interface TextLook {
  /** What is shown of a link. */
  link: (address: string) => string;
  /** What is shown of a mention. */
  mention: (mention: string) => string;
}

/** A text in pieces, shortened as the network does. Nothing is ever read as HTML. */
export function piecesOf(text: string, look: TextLook): TextPiece[] {
  const pieces: TextPiece[] = [];
  let rest = text;
  for (const link of linksIn(text)) {
    const at = rest.indexOf(link);
    pieces.push(...marksOf(rest.slice(0, at), look), { kind: 'link', text: look.link(link) });
    rest = rest.slice(at + link.length);
  }
  return [...pieces, ...marksOf(rest, look)];
}

function marksOf(text: string, look: TextLook): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    const [mark] = match;
    pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push(match.groups?.['tag'] ? { kind: 'tag', text: mark } : { kind: 'mention', text: look.mention(mark) });
    from = match.index + mark.length;
  }
  pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces.filter((piece) => piece.text !== '');
}

/** An address without scheme and `www.`, cut after so many characters. */
export function shortLink(address: string, longest: number): string {
  const shown = address.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

/** The host and the path of an address as Bluesky shows them: the host whole, the path up to 15 characters. */
export function hostAndPath(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search, hash } = new URL(address);
  const path = (pathname === '/' ? '' : pathname) + search + hash;
  return host + (path.length > 15 ? `${path.slice(0, 13)}...` : path);
}

/** The host of an address, for a link card; the address itself when it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : address;
}

/** When a network folds a long text. */
export interface Fold {
  /** In characters as people see them. */
  characters?: number;
  lines?: number;
  /** A text that is no longer than this as the network counts is not folded, whatever it looks like. */
  unless?: { max: number; unit: CountingUnit };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The part of a text that is seen before somebody unfolds it; undefined when all of it is. */
export function foldedPart(
  text: string,
  { characters = Number.POSITIVE_INFINITY, lines = Number.POSITIVE_INFINITY, unless }: Fold,
): string | undefined {
  if (unless && count(text, unless.unit) <= unless.max) return undefined;
  const seen = text.split('\n').slice(0, lines).join('\n');
  const graphemes = [...segmenter.segment(seen)];
  if (graphemes.length <= characters) return seen.length < text.length ? seen.trimEnd() : undefined;
  const cut = graphemes
    .slice(0, characters)
    .map(({ segment }) => segment)
    .join('');
  // Not in the middle of a word or of a link where there are words.
  return cut.replace(/\s+(?:\S{0,20}|https?:\S*)$/u, '').trimEnd();
}
