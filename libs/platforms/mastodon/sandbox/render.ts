/**
 * How a Mastodon server counts a text and turns it into HTML. Written from its documentation and what servers show,
 * apart from the adapter's own reading of it. https://docs.joinmastodon.org/user/posting/#text
 */

/** What one URL counts as, however long it is. */
export const CHARACTERS_RESERVED_PER_URL = 23;

interface Entity {
  kind: 'url' | 'mention' | 'hashtag';
  from: number;
  to: number;
  text: string;
}

const URLS = /(?<![\p{L}\p{N}@$#_])https?:\/\/(?:[\p{L}\p{N}][\p{L}\p{N}_-]*\.)+\p{L}{2,}(?::\d+)?(?:[/?][^\s<>]*)?/gu;
const MENTIONS =
  /(?<![=/\p{L}\p{N}_])@[a-zA-Z0-9_]+(?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?(?:@[\p{L}\p{N}_.-]+[\p{L}\p{N}_])?/gu;
const HASHTAGS = /(?<![\p{L}\p{N}_/&#])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*/gu;
const ENTITIES = new RegExp(
  `(?<url>${URLS.source})|(?<mention>${MENTIONS.source})|(?<hashtag>${HASHTAGS.source})`,
  'gu',
);

/** A post's length: graphemes, URLs at their fixed length, then of each mention the local part. */
export function countableLength(text: string): number {
  const placed = text.replace(URLS, (match) => {
    const behind = match.slice(withoutPunctuation(match).length);
    return 'x'.repeat(CHARACTERS_RESERVED_PER_URL) + behind;
  });
  return [...new Intl.Segmenter('en').segment(placed.replace(MENTIONS, localPart))].length;
}

/** A status' `content`: paragraphs, line breaks, and links for URLs, mentions and hashtags; all else escaped. */
export function renderContent(text: string, baseUrl: string): string {
  if (text.trim() === '') return '';
  let html = '';
  let last = 0;
  for (const entity of entitiesOf(text)) {
    html += escapeHtml(text.slice(last, entity.from)) + renderEntity(entity, baseUrl);
    last = entity.to;
  }
  html += escapeHtml(text.slice(last));
  return html
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('');
}

/** The hashtags of a text, without their sign. */
export function hashtagsOf(text: string): string[] {
  return entitiesOf(text).flatMap(({ kind, text: tag }) => (kind === 'hashtag' ? [tag.slice(1)] : []));
}

/** The URLs of a text. */
export function urlsOf(text: string): string[] {
  return entitiesOf(text).flatMap(({ kind, text: url }) => (kind === 'url' ? [url] : []));
}

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function entitiesOf(text: string): Entity[] {
  return [...text.matchAll(ENTITIES)].map(({ index, groups = {}, 0: match }) => {
    const kind = groups['url'] !== undefined ? 'url' : groups['mention'] !== undefined ? 'mention' : 'hashtag';
    const entity = kind === 'url' ? withoutPunctuation(match) : match;
    return { kind, from: index, to: index + entity.length, text: entity };
  });
}

/** A URL ends with a letter, a digit, a slash, or a bracket that it opened itself. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  while (end > 0) {
    const part = url.slice(0, end);
    const balanced = part.endsWith(')') && part.split('(').length >= part.split(')').length;
    const ends = part.includes('?') ? /[\p{L}\p{N}_&=#/-]$/u : /[\p{L}\p{N}=_#/+-]$/u;
    if (balanced || ends.test(part)) return part;
    end -= 1;
  }
  return url;
}

function localPart(mention: string): string {
  return `@${mention.split('@')[1] ?? ''}`;
}

function renderEntity({ kind, text }: Entity, baseUrl: string): string {
  switch (kind) {
    case 'url':
      return renderUrl(text);
    case 'mention': {
      const [, user = '', server] = text.split('@');
      const href = server === undefined ? `${baseUrl}/@${user}` : `https://${server}/@${user}`;
      return `<span class="h-card" translate="no"><a href="${escapeHtml(href)}" class="u-url mention">@<span>${escapeHtml(user)}</span></a></span>`;
    }
    case 'hashtag': {
      const tag = text.slice(1);
      const href = `${baseUrl}/tags/${encodeURIComponent(tag)}`;
      return `<a href="${escapeHtml(href)}" class="mention hashtag" rel="tag">#<span>${escapeHtml(tag)}</span></a>`;
    }
  }
}

/** Scheme and tail are there, but hidden by a class; the ellipsis is drawn by a style sheet. */
function renderUrl(url: string): string {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? '';
  const shown = url.slice(prefix.length, prefix.length + 30);
  const tail = url.slice(prefix.length + 30);
  return (
    `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener" translate="no">` +
    `<span class="invisible">${escapeHtml(prefix)}</span><span class="${tail ? 'ellipsis' : ''}">${escapeHtml(shown)}</span>` +
    `<span class="invisible">${escapeHtml(tail)}</span></a>`
  );
}
