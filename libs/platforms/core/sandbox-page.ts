import { type SandboxAnswer } from './sandbox.js';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 1rem; }
.practice { background: #fff3c9; color: #4a3a00; padding: .75rem 1rem; border-radius: .5rem; }
fieldset { border: 1px solid #8a90a0; border-radius: .5rem; margin: 1rem 0; min-width: 0; }
label { display: block; padding: .25rem 0; overflow-wrap: anywhere; }
input[type=text], select { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; }
button { font: inherit; padding: .6rem 1.2rem; margin-right: .5rem; }
:focus-visible { outline: 3px solid #1a56c4; outline-offset: 2px; }
`;

/** A page of a practice network, marked as such. `content` is HTML. */
export function htmlPage(network: string, title: string, content: string, status = 200): SandboxAnswer {
  const nonce = crypto.randomUUID();
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Practice ${network}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><header class="practice">Practice network: this is not ${network}, and nothing here leaves this machine.</header>
<main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // `form-action` is left open: the answer to a form is a redirect to the app that asked.
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
  };
  return { status, headers, body };
}

/** A page of a practice network that says what is wrong. */
export function problemPage(network: string, message: string, status = 400): SandboxAnswer {
  return htmlPage(network, 'Something went wrong', `<p role="alert">${escapeHtml(message)}</p>`, status);
}

/** A text as HTML shows it. */
export function escapeHtml(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
