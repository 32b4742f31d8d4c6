import { randomBytes } from 'node:crypto';
import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { type GoogleState, googleIdOf } from './state.js';

/** Who signs in when nobody else is named. */
export const PRACTICE_PERSON = 'Practice Person';
const CODE_LIFE_MS = 600_000;

/** Names of parameters: https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient */
const PARAMETERS = new Set(
  'access_type client_id code_challenge code_challenge_method enable_granular_consent include_granted_scopes login_hint prompt redirect_uri response_type scope state'.split(
    ' ',
  ),
);

interface Dialog {
  redirectUri: string;
  scopes: string[];
  offline: boolean;
  asksAgain: boolean;
  state?: string;
  challenge?: string;
}

/** `GET /o/oauth2/v2/auth`: the practice form of Google's consent page. */
export function showGoogleConsent(state: GoogleState, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(state, request.query);
  if (typeof dialog === 'string') return problemPage('Google', dialog);
  return htmlPage('Google', 'Sign in to ClickPost', form(state, dialog));
}

/** The form's way back: with a code, or with `access_denied`. */
export function submitGoogleConsent(state: GoogleState, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(state, request.query);
  if (typeof dialog === 'string') return problemPage('Google', dialog);
  if (request.form.decision !== 'continue') return redirect(dialog, { error: 'access_denied' });
  const allowed = new Set(request.formAll('scope'));
  const scopes = dialog.scopes.filter((scope) => allowed.has(scope));
  // Whoever allows nothing at all has declined.
  if (scopes.length === 0) return redirect(dialog, { error: 'access_denied' });
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  const id = googleIdOf(name);
  const isKnown = state.people.get(id) !== undefined;
  const person = { id, name, publishing: request.form.publishing === 'testing' ? 'testing' : 'production' } as const;
  state.people.set(id, person);
  state.options.agreed?.(person, request);
  const code = `4/0${randomBytes(36).toString('base64url')}`;
  state.codes.set(code, {
    personId: id,
    redirectUri: dialog.redirectUri,
    scopes,
    // A refresh token comes with the first consent alone, unless people are asked again.
    refreshable: dialog.offline && (dialog.asksAgain || !isKnown),
    expiresAt: state.now() + CODE_LIFE_MS,
    used: false,
    ...(dialog.challenge !== undefined && { challenge: dialog.challenge }),
  });
  return redirect(dialog, { code, scope: scopes.join(' ') });
}

/** The page's parameters, or what is wrong with them, in Google's words. */
function readDialog({ options }: GoogleState, query: Readonly<Record<string, string>>): Dialog | string {
  const { client_id: clientId, redirect_uri: redirectUri = '', response_type: type, scope = '' } = query;
  const stranger = Object.keys(query).find((name) => !PARAMETERS.has(name));
  if (stranger !== undefined) return `Error 400: invalid_request. There is no parameter ${stranger}.`;
  if (clientId !== options.app.clientId) return 'Error 401: invalid_client. The OAuth client was not found.';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri)) {
    return 'Error 400: redirect_uri_mismatch. The redirect address is not an absolute web address.';
  }
  if (type !== 'code') return 'Error 400: invalid_request. response_type has to be "code".';
  const scopes = scope.split(' ').filter((one) => one !== '');
  const unknown = scopes.filter((one) => !options.scopes.includes(one));
  if (scopes.length === 0) return 'Error 400: invalid_request. Missing required parameter: scope.';
  if (unknown.length > 0) return `Error 400: invalid_scope. Some requested scopes were invalid: ${unknown.join(', ')}.`;
  const { state, access_type: access = 'online', code_challenge: challenge, code_challenge_method: method } = query;
  if (access !== 'online' && access !== 'offline') return 'Error 400: invalid_request. access_type is not known.';
  if (challenge !== undefined && method !== 'S256') return 'Error 400: invalid_request. Only S256 is known here.';
  return {
    redirectUri,
    scopes,
    offline: access === 'offline',
    asksAgain: (query.prompt ?? '').split(' ').includes('consent'),
    ...(state !== undefined && { state }),
    ...(challenge !== undefined && { challenge }),
  };
}

function redirect({ redirectUri, state }: Dialog, answer: Readonly<Record<string, string>>): SandboxAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the page's parameters come back as they were. */
function form({ options }: GoogleState, { scopes }: Dialog): string {
  const boxes = scopes.map((scope) => {
    const value = escapeHtml(scope);
    return `<label><input type="checkbox" name="scope" value="${value}" checked> ${value}</label>`;
  });
  return `<form method="post">
  <p><strong>ClickPost</strong> wants access to your practice Google account.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  ${options.fields ?? ''}
  <label>The app is <select name="publishing">
    <option value="production">in production</option>
    <option value="testing">in testing: the sign-in ends after 7 days</option>
  </select></label>
  <fieldset><legend>Select what ClickPost can access</legend>${boxes.join('\n')}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}
