import { createHash } from 'node:crypto';
import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP } from '../manifest.js';
import { KNOWN_SCOPES, newId, type State, userIdOf } from './state.js';

/** Who signs in when nobody else is named. */
export const PRACTICE_PERSON = 'Practice Person';
const CODE_LIFE_S = 600;

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 1rem; }
.practice { background: #fff3c9; color: #4a3a00; padding: .75rem 1rem; border-radius: .5rem; }
fieldset { border: 1px solid #8a90a0; border-radius: .5rem; margin: 1rem 0; }
label { display: block; padding: .25rem 0; }
input[type=text] { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; }
button { font: inherit; padding: .6rem 1.2rem; margin-right: .5rem; }
:focus-visible { outline: 3px solid #1a56c4; outline-offset: 2px; }
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // `form-action` is left open: the answer to the form is a redirect to the app that asked.
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
};

interface DialogRequest {
  redirectUri: string;
  state?: string;
  scopes: string[];
}

/**
 * `GET /{version}/dialog/oauth`: the practice form of the Login dialog.
 * https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function showDialog(state: State, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(request.query);
  if (typeof dialog === 'string') return problem(dialog);
  const pages = state.pagesOf(userIdOf(PRACTICE_PERSON)).map(({ name }) => name);
  return { status: 200, headers: HEADERS, body: page('Allow ClickPost?', form(dialog, pages)) };
}

/** The form's way back: to the app with a code, or with `access_denied`. */
export function submitDialog(state: State, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(request.query);
  if (typeof dialog === 'string') return problem(dialog);
  if (request.form.decision !== 'continue') {
    return redirect(dialog, {
      error: 'access_denied',
      error_code: '200',
      error_description: 'Permissions error',
      error_reason: 'user_denied',
    });
  }
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  const userId = userIdOf(name);
  const allowed = new Set(request.formAll('scope'));
  const chosen = new Set(request.formAll('page'));
  const before = state.grants.get(userId);
  // What this dialog did not ask about stays as it was decided.
  const kept = (before?.scopes ?? ['public_profile']).filter((scope) => !dialog.scopes.includes(scope));
  const pages = state.pagesOf(userId).flatMap((owned) => (chosen.has(owned.name) ? [owned.id] : []));
  state.grants.set(userId, {
    userId,
    name,
    email: request.form.email?.trim() || before?.email || emailOf(name),
    scopes: [...kept, ...dialog.scopes.filter((scope) => allowed.has(scope))],
    declined: dialog.scopes.filter((scope) => !allowed.has(scope)),
    pages: asksForPages(dialog) ? pages : (before?.pages ?? []),
  });
  const code = `AQ${newId()}${newId()}`;
  state.codes.set(code, {
    userId,
    redirectUri: dialog.redirectUri,
    expiresAt: state.seconds() + CODE_LIFE_S,
    used: false,
  });
  return redirect(dialog, { code });
}

/** What a permalink leads to. */
export function showPost(state: State, request: SandboxRequest): SandboxAnswer {
  const post = state.posts.get(request.params.id ?? '');
  if (!post) return problem("This content isn't available right now.", 404);
  const name = state.pageName(post.pageId) ?? post.pageId;
  const link = post.link === undefined ? '' : `<p>${escape(post.link)}</p>`;
  const images = post.photos.length === 0 ? '' : `<p>${post.photos.length} image(s)</p>`;
  return { status: 200, headers: HEADERS, body: page(name, `<p>${escape(post.message)}</p>${link}${images}`) };
}

/** The dialog's parameters, or what is wrong with them, in Facebook's words. */
function readDialog(query: Readonly<Record<string, string>>): DialogRequest | string {
  if (query.client_id !== PRACTICE_APP.clientId)
    return 'Invalid App ID: The provided app ID does not look like a valid app ID.';
  const redirectUri = query.redirect_uri ?? '';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri)) {
    return 'URL Blocked: This redirect failed because the redirect URI is not an absolute web address.';
  }
  if ((query.response_type ?? 'code') !== 'code')
    return 'Invalid response_type: the practice network knows only "code".';
  const scopes = (query.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== '' && scope !== 'public_profile');
  const unknown = scopes.filter((scope) => !KNOWN_SCOPES.some((known) => known === scope));
  if (unknown.length > 0) return `Invalid Scopes: ${unknown.join(', ')}.`;
  return { redirectUri, scopes, ...(query.state !== undefined && { state: query.state }) };
}

function redirect(dialog: DialogRequest, answer: Record<string, string>): SandboxAnswer {
  const url = new URL(dialog.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (dialog.state !== undefined) url.searchParams.set('state', dialog.state);
  // Facebook ends its redirects so.
  url.hash = '_=_';
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the dialog's parameters come back as they were. */
function form(dialog: DialogRequest, pages: readonly string[]): string {
  const email = `<label>E-mail <input type="text" name="email" value="${emailOf(PRACTICE_PERSON)}" autocomplete="off"></label>`;
  return `<form method="post">
  <p><strong>ClickPost</strong> asks ${asksForPages(dialog) ? 'for access to your practice Pages' : 'who you are'}.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  ${dialog.scopes.includes('email') ? email : ''}
  ${asksForPages(dialog) ? `<fieldset><legend>Pages</legend>${checkboxes('page', pages)}</fieldset>` : ''}
  <fieldset><legend>Permissions</legend>${checkboxes('scope', dialog.scopes)}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}

function asksForPages({ scopes }: DialogRequest): boolean {
  return scopes.some((scope) => scope.startsWith('pages_'));
}

function emailOf(name: string): string {
  return `${name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')}@example.com`;
}

function checkboxes(name: string, values: readonly string[]): string {
  return values
    .map(
      (value) =>
        `<label><input type="checkbox" name="${name}" value="${escape(value)}" checked> ${escape(value)}</label>`,
    )
    .join('\n');
}

function problem(message: string, status = 400): SandboxAnswer {
  return { status, headers: HEADERS, body: page('Something went wrong', `<p role="alert">${escape(message)}</p>`) };
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Practice Facebook</title><style>${STYLE}</style></head>
<body><p class="practice">Practice network: this is not Facebook, and nothing here leaves this machine.</p>
<main><h1>${escape(title)}</h1>${content}</main></body></html>`;
}

function escape(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
