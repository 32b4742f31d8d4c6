import { shortenMentions } from '#platforms/core';

const TOKEN = /<(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+|</g;
const TAG = /^<(\/?)([a-z][a-z0-9]*)/i;
const BLOCKS = new Set(['p', 'div', 'blockquote', 'ul', 'ol', 'li', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * The plain text of a status' HTML `content`: paragraphs parted by an empty line, links at full length although
 * Mastodon hides parts of them in `invisible` spans. https://docs.joinmastodon.org/spec/activitypub/#sanitization
 */
export function htmlToText(html: string): string {
  let text = '';
  let link: { from: number; href: string } | undefined;
  for (const [token] of html.matchAll(TOKEN)) {
    const tag = TAG.exec(token);
    if (!tag) {
      text += token.startsWith('<') && token.length > 1 ? '' : decodeEntities(token.replace(/[\r\n]+/g, ' '));
      continue;
    }
    const name = tag[2]?.toLowerCase() ?? '';
    const closing = tag[1] === '/';
    if (name === 'br') text += '\n';
    else if (BLOCKS.has(name)) text += text === '' || text.endsWith('\n\n') ? '' : '\n\n';
    else if (name === 'a' && !closing) link = { from: text.length, href: hrefOf(token) };
    else if (name === 'a' && link) {
      text = text.slice(0, link.from) + linkText(text.slice(link.from), link.href);
      link = undefined;
    }
  }
  return text.trim();
}

/**
 * A text as it is compared: servers differ in blanks, in Unicode normal form and in how much of a mention they show,
 * and none of that makes it another post.
 */
export function comparable(text: string): string {
  return shortenMentions(text).normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Some servers shorten what a link shows; then its address says what was written. Mentions and hashtags are as shown. */
function linkText(shown: string, href: string): string {
  if (/^[@#]/.test(shown) || /^https?:\/\/[^\s…]+$/i.test(shown) || !/^https?:/i.test(href)) return shown;
  return href;
}

function hrefOf(tag: string): string {
  const match = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
  return decodeEntities(match?.[1] ?? match?.[2] ?? '');
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (entity, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? entity;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
