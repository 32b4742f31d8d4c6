import { type VisiblePost } from '#platforms/core';
import { html, type Html } from './html.js';
import { networkLook } from './looks.js';
import { nameOf, postCard } from './post-card.js';
import { type PostWithReplies, withReplies } from './replies.js';
import { STYLE_ELEMENT } from './style.js';

/** The feed, or how to get something into it. */
export function feedPage(
  posts: readonly VisiblePost[],
  filter: { platform?: string | undefined; account?: string | undefined },
): string {
  const narrowed = filter.platform !== undefined || filter.account !== undefined;
  const shown = html`<p class="quiet">
    Only ${filter.platform ?? 'every platform'}, ${filter.account ?? 'every account'}. <a href="/">Show everything</a>
  </p>`;
  return page(
    'Practice feed',
    html`<h1>Practice feed</h1>
      ${narrowed && shown} ${posts.length > 0 ? withReplies(posts).map((one) => postCard(one)) : EMPTY}`,
  );
}

const EMPTY = html`<section class="empty">
  <h2>Nothing has been published yet</h2>
  <p>
    In ClickPost, connect a practice channel under Settings, write a post for it and choose “Publish now”. It appears
    here.
  </p>
</section>`;

/** One post by itself, with what hangs below it: where a permalink leads. */
export function postPage({ post, replies }: PostWithReplies): string {
  return page(
    `${nameOf(post)} on ${networkLook(post.platform).name}`,
    html`<h1>Practice post</h1>
      ${postCard({ post, replies })}
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
        <aside class="banner" aria-label="Practice"><strong>Practice:</strong> nothing here is public.</aside>
        <main>${content}</main>
      </body>
    </html> `.text;
}
