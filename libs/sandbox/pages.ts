import { createHash } from 'node:crypto';
import { type VisiblePost } from '#platforms/core';

const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1c1f26; --quiet: #565d6b; --line: #d9dce3;
  --link: #1a56c4; --banner: #fff3c9; --banner-ink: #4a3a00; }
@media (prefers-color-scheme: dark) { :root { --page: #14161b; --card: #1e2128; --ink: #eceef2; --quiet: #a7adba;
  --line: #363b47; --link: #8ab4ff; --banner: #4a3c0a; --banner-ink: #ffefb8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.banner { margin: 0; padding: .75rem 1rem; background: var(--banner); color: var(--banner-ink); text-align: center; }
main { max-width: 40rem; margin: 0 auto; padding: 1rem; }
article, .empty { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.platform { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
time, .quiet { color: var(--quiet); font-size: .9rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .75rem 0; }
.images { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .5rem; }
figure { margin: 0; } img, video { width: 100%; border-radius: .5rem; display: block; } figcaption { color: var(--quiet); font-size: .85rem; }
`;

/** No script at all, pictures from here alone, and the one style sheet above. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Markup that needs no more escaping. */
class Html {
  constructor(readonly text: string) {}
}
/** Put together by hand: the policy's digest covers every blank between the tags. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

type Part = string | Html | readonly Html[] | undefined | false;

/** Every value put in is escaped, unless it is markup already. */
function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + render(parts[index - 1]) + string));
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part !== 'string') return part.map((piece) => piece.text).join('');
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return part.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** The feed, or how to get something into it. */
export function feedPage(
  posts: VisiblePost[],
  filter: { platform?: string | undefined; account?: string | undefined },
): string {
  const narrowed = filter.platform !== undefined || filter.account !== undefined;
  const shown = html`<p class="quiet">
    Only ${filter.platform ?? 'every platform'}, ${filter.account ?? 'every account'}. <a href="/">Show everything</a>
  </p>`;
  return page(
    'Practice feed',
    html`<h1>Practice feed</h1>
      ${narrowed && shown} ${posts.length > 0 ? posts.map((post) => card(post)) : EMPTY}`,
  );
}

const EMPTY = html`<section class="empty">
  <h2>Nothing has been published yet</h2>
  <p>
    In ClickPost, connect a practice channel under Settings, write a post for it and choose “Publish now”. It appears
    here.
  </p>
</section>`;

/** One post by itself: where a permalink leads. */
export function postPage(post: VisiblePost): string {
  return page(
    `${post.accountName ?? post.account} on ${post.platform}`,
    html`<h1>Practice post</h1>
      ${card(post)}
      <p><a href="/">All practice posts</a></p>`,
  );
}

/** Where a permalink leads after the post was removed. */
export function notFoundPage(): string {
  return page(
    'Not here',
    html`<h1>This practice post is not here</h1>
      <p>It was removed, or never published. <a href="/">All practice posts</a></p>`,
  );
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ClickPost practice networks</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <p class="banner" role="note"><strong>Practice:</strong> nothing here is public.</p>
        <main>${content}</main>
      </body>
    </html> `.text;
}

function card(post: VisiblePost): Html {
  const link = post.link ?? '';
  return html`<article>
    <header>
      <h2>${post.accountName ?? post.account}</h2>
      <span class="platform">${post.platform}</span>
      <time datetime="${post.at}">${post.at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>
    </header>
    ${post.replyTo !== undefined && html`<p class="quiet">Replies to ${post.replyTo}</p>`}
    <p class="text" dir="auto">${post.text}</p>
    ${post.link !== undefined && html`<p>${isWebAddress(link) ? html`<a href="${link}" rel="noopener nofollow">${link}</a>` : link}</p>`}
    ${post.media.length > 0 && html`<div class="images">${post.media.map(picture)}</div>`}
    <p class="quiet"><a href="${permalink(post)}">Permalink</a></p>
  </article>`;
}

function picture(media: VisiblePost['media'][number]): Html {
  const shown = media.contentType.startsWith('video/')
    ? html`<video
        src="/media/${media.digest}"
        aria-label="${media.altText ?? 'Video'}"
        controls
        preload="metadata"
      ></video>`
    : html`<img src="/media/${media.digest}" alt="${media.altText ?? ''}" loading="lazy" />`;
  return html`<figure>
    ${shown}
    <figcaption>${media.altText === undefined ? 'No description' : `Description: ${media.altText}`}</figcaption>
  </figure>`;
}

function permalink(post: VisiblePost): string {
  if (post.permalink !== undefined && isWebAddress(post.permalink)) return post.permalink;
  return `/p/${[post.platform, post.account, post.id].map(encodeURIComponent).join('/')}`;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
