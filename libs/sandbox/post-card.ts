import { type VisiblePost } from '#platforms/core';
import { shownDetails, type ShownDetails } from './details.js';
import { html, type Html } from './html.js';
import { arrangementOf, networkLook, shapeName } from './looks.js';
import { type PostWithReplies } from './replies.js';

/** A post as its network shows it, with what hangs below it. */
export function postCard({ post, replies }: PostWithReplies): Html {
  const details = shownDetails(post);
  const { platform, replyTo } = post;
  const look = networkLook(platform);
  return html`<article data-network="${platform}">
    <header>
      ${avatar(post)}
      <div>
        <h2>
          ${[nameOf(post), ...details.collaborators].join(' and ')}${details.topic !== undefined && html` <span class="topic">› ${details.topic}</span>`}
        </h2>
        <span class="quiet">
          ${[look.name, details.format, details.location].filter((part) => part !== undefined).join(' · ')} ·
          ${time(post)}
        </span>
      </div>
      <span class="sign" aria-hidden="true">${look.name.charAt(0)}</span>
    </header>
    ${replyTo !== undefined && html`<p class="quiet">Replies to ${replyTo}</p>`} ${said(post, details)}
    ${facts(details)}
    <p class="quiet"><a href="${permalink(post)}">Permalink</a></p>
    ${
      replies.length > 0 &&
      html`<ol class="replies">
        ${replies.map((reply) => replyItem(reply))}
      </ol>`
    }
  </article>`;
}

/** A part of a thread or a comment. */
function replyItem(post: VisiblePost): Html {
  const details = shownDetails(post);
  const kind = post.details?.['format'] === 'comment' ? 'Comment' : 'Reply';
  return html`<li>
    <header>
      ${avatar(post)}
      <div>
        <h3>${nameOf(post)}</h3>
        <span class="quiet">${kind} · ${time(post)}</span>
      </div>
    </header>
    ${said(post, details)} ${facts(details)}
    <p class="quiet"><a href="${permalink(post)}">Permalink of this ${kind.toLowerCase()}</a></p>
  </li>`;
}

/** What hides a post is opened without a script. */
function said(post: VisiblePost, details: ShownDetails): Html {
  const { warning } = details;
  const body = content(post, details);
  if (warning === undefined) return body;
  return html`<details>
    <summary>${warning}</summary>
    ${body}
  </details>`;
}

function content(post: VisiblePost, details: ShownDetails): Html {
  const text = post.text !== '' && html`<p class="text" dir="auto">${post.text}</p>`;
  const title = details.title !== undefined && html`<p class="title">${details.title}</p>`;
  switch (arrangementOf(post)) {
    case 'tall':
      return html`<div class="screen">
        ${post.media.slice(0, 1).map((file) => picture(file, details))} ${title} ${text}
      </div>`;
    case 'gallery':
      return html`${files(post, details)} ${title} ${text} ${linkCard(post)}`;
    case 'feed':
      // The title of a poll is its question, that of a document stands above its pages.
      return details.poll.length > 0 || post.media.some(isDocument)
        ? html`${text} ${title} ${poll(details)} ${files(post, details)} ${linkCard(post)}`
        : html`${text} ${files(post, details)} ${title} ${linkCard(post)}`;
  }
}

function files(post: VisiblePost, details: ShownDetails): Html | undefined {
  const { media, platform } = post;
  if (media.length === 0) return undefined;
  const isStrip = networkLook(platform).strip === true && media.length > 1;
  const pictures = media.map((file) => picture(file, details));
  const shape = details.shape === undefined ? undefined : shapeName(details.shape);
  const lain = isStrip
    ? html`<div
        class="strip"
        role="group"
        tabindex="0"
        aria-label="${String(media.length)} files side by side"
        ${shape !== undefined && html`data-shape="${shape}"`}
      >
        ${pictures}
      </div>`
    : html`<div class="files">${pictures}</div>`;
  if (details.spoiler === undefined) return lain;
  return html`<details>
    <summary>${details.spoiler}</summary>
    ${lain}
  </details>`;
}

function picture(media: VisiblePost['media'][number], { poster }: ShownDetails): Html {
  const source = `/media/${media.digest}`;
  if (isDocument(media)) return document(media, source);
  const shown = media.contentType.startsWith('video/')
    ? html`<video
        src="${source}"
        aria-label="${media.altText ?? 'Video'}"
        ${poster !== undefined && html`poster="/media/${poster}"`}
        controls
        preload="metadata"
      ></video>`
    : html`<img src="${source}" alt="${media.altText ?? ''}" loading="lazy" />`;
  return html`<figure>
    ${shown}
    <figcaption>${media.altText === undefined ? 'No description' : `Description: ${media.altText}`}</figcaption>
  </figure>`;
}

function isDocument({ contentType }: VisiblePost['media'][number]): boolean {
  return contentType.startsWith('application/');
}

/** Nothing of it is drawn: it is opened by whoever wants to see it. */
function document({ bytes }: VisiblePost['media'][number], source: string): Html {
  return html`<figure class="document">
    <a href="${source}" rel="noopener">Open the document</a>
    <figcaption>${bytes.toLocaleString('en')} bytes</figcaption>
  </figure>`;
}

function poll({ poll: options }: ShownDetails): Html | undefined {
  if (options.length === 0) return undefined;
  return html`<ul class="poll" aria-label="Answers of the poll">
    ${options.map((option) => html`<li>${option}</li>`)}
  </ul>`;
}

function linkCard({ link }: VisiblePost): Html | undefined {
  if (link === undefined) return undefined;
  return html`<p class="card">
    ${isWebAddress(link) ? html`<a href="${link}" rel="noopener nofollow">${link}</a>` : link}
  </p>`;
}

function facts({ facts: sentences }: ShownDetails): Html | undefined {
  if (sentences.length === 0) return undefined;
  return html`<ul class="facts quiet">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}

function avatar(post: VisiblePost): Html {
  const words = nameOf(post)
    .split(/[\s._@-]+/)
    .filter((word) => word !== '');
  const initials = words.slice(0, 2).map((word) => [...word][0]?.toUpperCase() ?? '');
  return html`<span class="avatar" aria-hidden="true">${initials.join('')}</span>`;
}

function time({ at }: VisiblePost): Html {
  return html`<time datetime="${at}">${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`;
}

/** What people call the account of a post. */
export function nameOf({ account, accountName }: VisiblePost): string {
  return accountName ?? account;
}

function permalink(post: VisiblePost): string {
  if (post.permalink !== undefined && isWebAddress(post.permalink)) return post.permalink;
  return `/p/${[post.platform, post.account, post.id].map(encodeURIComponent).join('/')}`;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
