import { count, type PlatformLimits } from '#platforms/core';

/**
 * What Mastodon takes for a link: scheme, a host with a top-level domain, and a path up to the next blank.
 * https://docs.joinmastodon.org/user/posting/#links
 */
const LINK =
  /(?<![\p{L}\p{N}@$#_])https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})(?::\d+)?(?:[/?][^\s<>]*)?/giu;
/** What a link may end with; all else behind it is the sentence's. Mastodon finds links as twitter-text does. */
const PATH_END = /[\p{L}\p{N}=_#/+-]$/u;
const QUERY_END = /[\p{L}\p{N}_&=#/-]$/u;

/** `@name@server`: https://docs.joinmastodon.org/user/posting/#mentions */
const REMOTE_MENTION = /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/giu;

/** The links of a text, in order, without the punctuation behind them. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(LINK)].map(([match]) => trimLink(match));
}

/** Every `@name@server` as `@name`, which is all that Mastodon shows and counts of it. */
export function shortenMentions(text: string): string {
  return text.replace(REMOTE_MENTION, '$1');
}

/**
 * Length of a post as Mastodon counts it: graphemes of content warning and text together, every link at its fixed
 * length, of a mention the part before the server. https://docs.joinmastodon.org/user/posting/#text
 */
export function countStatus(text: string, spoilerText: string, limit: PlatformLimits['text']): number {
  const { urlLength } = limit;
  const shown =
    urlLength === undefined
      ? text
      : text.replace(LINK, (match) => 'x'.repeat(urlLength) + match.slice(trimLink(match).length));
  return count(spoilerText + shortenMentions(shown), limit.unit);
}

/** Mastodon has no field for a link and makes the card from the text, so the link goes behind it unless it is in there. */
export function withLink(text: string, link: string | undefined): string {
  if (link === undefined || linksIn(text).includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
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
