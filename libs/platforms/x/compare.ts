import twitterText from 'twitter-text';
import { isJsonObject, type JsonObject } from '#platforms/core';

/** A link as X stores it in a text: short, and what it leads to. */
export interface StoredLink {
  short: string;
  expanded: string;
}

/** Where a link to one's own picture, video or post leads; X adds such a link behind the text. */
const OWN_MEDIA = /\/status\/\d+\/(?:photo|video)\/\d+$/;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * A text as it was written, out of one that X stores: links written out, the links that X added taken away, and HTML's three
 * characters as they are. https://docs.x.com/x-api/fundamentals/data-dictionary (`entities`)
 */
export function readText(stored: string, links: readonly StoredLink[], quotes?: string): string {
  let text = stored;
  for (const { short, expanded } of links) {
    const isAdded = OWN_MEDIA.test(expanded) || (quotes !== undefined && expanded.endsWith(`/status/${quotes}`));
    const at = text.lastIndexOf(short);
    const isLast = at >= 0 && text.slice(at + short.length).trim() === '';
    if (isAdded && isLast) text = text.slice(0, at).trimEnd();
    else text = text.replaceAll(short, () => expanded);
  }
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** Two texts that X shows alike are the same under this: composed, links without what does not tell them apart, no blanks at ends. */
export function normalText(text: string): string {
  const composed = text.normalize('NFC').replace(/\r\n?/g, '\n');
  let normal = '';
  let at = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(composed)) {
    normal += composed.slice(at, indices[0]) + plainLink(url);
    at = indices[1];
  }
  return (normal + composed.slice(at))
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** X writes out the scheme and the path of a link that was written without; its host in small letters. */
function plainLink(url: string): string {
  const whole = /^https?:\/\//i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(whole)) return url;
  const { host, pathname, search, hash } = new URL(whole);
  return `${host}${pathname === '/' && search === '' && hash === '' ? '' : pathname}${search}${hash}`;
}

/** The links of `entities.urls`; those that make no sense are left out. */
export function storedLinks(entities: unknown): StoredLink[] {
  if (!isJsonObject(entities) || !Array.isArray(entities.urls)) return [];
  return entities.urls.filter(isJsonObject).flatMap(storedLink);
}

function storedLink({ url, expanded_url: expanded }: JsonObject): StoredLink[] {
  if (typeof url !== 'string' || url === '' || typeof expanded !== 'string') return [];
  return [{ short: url, expanded }];
}
