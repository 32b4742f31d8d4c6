import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { escapeHtml, htmlPage, problemPage } from './page.js';
import { type LoginState, newId, userIdOf } from './state.js';

/** Who signs in when nobody else is named. */
export const PRACTICE_PERSON = 'Practice Person';
const CODE_LIFE_S = 600;

/** https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#canceledlogin */
const DENIAL = { error_code: '200', error_description: 'Permissions error', error_reason: 'user_denied' };

interface DialogRequest {
  redirectUri: string;
  state?: string;
  /** Proof Key for Code Exchange, RFC 7636: SHA-256 of what the exchange will bring along. */
  challenge?: string;
  scopes: string[];
}

/**
 * `GET /{version}/dialog/oauth`: the practice form of the Login dialog.
 * https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function showDialog(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(state, request.query);
  if (typeof dialog === 'string') return problemPage(state.options.name, dialog);
  const pages = state.pagesOf(userIdOf(PRACTICE_PERSON)).map(({ name }) => name);
  return htmlPage(state.options.name, 'Allow ClickPost?', form(dialog, pages));
}

/** The form's way back: to the app with a code, or with `access_denied`. */
export function submitDialog(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(state, request.query);
  if (typeof dialog === 'string') return problemPage(state.options.name, dialog);
  if (request.form.decision !== 'continue') {
    return redirect(state, dialog, { error: 'access_denied', ...(state.options.denial ?? DENIAL) });
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
    redirectUri: dialog.redirectUri,
  });
  const code = `AQ${newId()}${newId()}`;
  state.codes.set(code, {
    userId,
    redirectUri: dialog.redirectUri,
    expiresAt: state.seconds() + CODE_LIFE_S,
    used: false,
    ...(dialog.challenge !== undefined && { challenge: dialog.challenge }),
  });
  return redirect(state, dialog, { code });
}

/** The dialog's parameters, or what is wrong with them, in Facebook's words. */
function readDialog({ options }: LoginState, query: Readonly<Record<string, string>>): DialogRequest | string {
  if (query.client_id !== options.app.clientId)
    return 'Invalid App ID: The provided app ID does not look like a valid app ID.';
  const redirectUri = query.redirect_uri ?? '';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri)) {
    return 'URL Blocked: This redirect failed because the redirect URI is not an absolute web address.';
  }
  if ((query.response_type ?? 'code') !== 'code')
    return 'Invalid response_type: the practice network knows only "code".';
  const scopes = (query.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== '' && scope !== 'public_profile');
  const unknown = scopes.filter((scope) => !options.scopes.includes(scope));
  if (unknown.length > 0) return `Invalid Scopes: ${unknown.join(', ')}.`;
  const { state, code_challenge: challenge, code_challenge_method: method } = query;
  if (challenge !== undefined && method !== 'S256') return 'Invalid code_challenge_method: it must be "S256".';
  return { redirectUri, scopes, ...(state !== undefined && { state }), ...(challenge !== undefined && { challenge }) };
}

function redirect({ options }: LoginState, dialog: DialogRequest, answer: Record<string, string>): SandboxAnswer {
  const url = new URL(dialog.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (dialog.state !== undefined) url.searchParams.set('state', dialog.state);
  url.hash = options.hash ?? '_=_';
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
        `<label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" checked> ${escapeHtml(value)}</label>`,
    )
    .join('\n');
}
