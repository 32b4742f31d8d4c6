import { createHash } from 'node:crypto';
import { escapeHtml, type OutboxMail } from '#kernel';

const STYLE = `
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: light-dark(#1b1f24, #e8eaed);
  background: light-dark(#f4f5f7, #101214); }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: light-dark(#1a56c4, #8ab4ff); overflow-wrap: anywhere; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.quiet, time { color: light-dark(#565d6b, #a7adba); font-size: .9rem; margin: 0 0 1rem; }
ol, .empty, iframe, pre { background: light-dark(#fff, #1b1e22); border: 1px solid light-dark(#d9dce3, #363b47);
  border-radius: .5rem; margin: 0; width: 100%; }
ol { list-style: none; padding: 0; }
li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .75rem 1rem; }
li + li { border-top: 1px solid light-dark(#d9dce3, #363b47); }
li a { flex: 1 1 100%; font-weight: 600; }
li .quiet, li time { margin: 0; }
.empty, pre { padding: 1rem; }
iframe { height: 34rem; display: block; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; }
`;

/** No script, no picture, the one style sheet above, and letters in a frame that is not trusted. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a letter may do in its frame: be looked at, and have its links opened in a new window. */
const FRAME_MAY = 'allow-popups allow-popups-to-escape-sandbox';

/** For the letter itself, also where somebody opens it without the frame. */
export const LETTER_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  `sandbox ${FRAME_MAY}`,
].join('; ');

/** All that would have been sent. */
export function listPage(mails: readonly OutboxMail[]): string {
  const list = mails.map(
    (mail) =>
      `<li><a href="/outbox/${mail.id}">${escapeHtml(mail.subject)}</a><span class="quiet">${recipient(mail)}</span>${time(mail)}</li>`,
  );
  const shown = list.length > 0 ? `<ol>${list.join('\n')}</ol>` : '<p class="empty">No mail has been written yet.</p>';
  return page(
    'Mail outbox',
    `<h1>Mail outbox</h1>
<p class="quiet">No mail server is configured, so mail is kept here, and only this machine can read it. To send mail, set SMTP_URL and MAIL_FROM.</p>
${shown}`,
  );
}

/** One of them, as its reader would see it, and as text. */
export function mailPage(mail: OutboxMail): string {
  return page(
    mail.subject,
    `<p><a href="/outbox">All mail</a></p>
<h1>${escapeHtml(mail.subject)}</h1>
<p class="quiet">To ${recipient(mail)}, ${time(mail)}</p>
<iframe title="The mail as HTML" sandbox="${FRAME_MAY}" src="/outbox/${mail.id}/html"></iframe>
<h2>As text</h2>
<pre>${linked(mail.text)}</pre>`,
  );
}

/** The letter, whose links open outside of the frame. */
export function letterPage({ html }: OutboxMail): string {
  return html.replaceAll('<a ', '<a target="_blank" rel="noopener" ');
}

function recipient({ to }: OutboxMail): string {
  return escapeHtml(to.name === undefined ? to.address : `${to.name} <${to.address}>`);
}

function time({ at }: OutboxMail): string {
  const iso = at.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** Text in which web addresses can be followed. */
function linked(text: string): string {
  return escapeHtml(text).replaceAll(
    /https?:\/\/[^\s]+/g,
    (address) => `<a href="${address}" rel="noopener">${address}</a>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ClickPost</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}
