import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP } from '../manifest.js';
import { newId, type State, userIdOf } from './state.js';

/** Who signs in when nobody else is named. */
const PRACTICE_PERSON = 'Practice Person';
const CODE_LIFE_MS = 600_000;

/** https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ ("scopes") */
const KNOWN_SCOPES = new Set(
  ['ads', 'billing', 'biz_access', 'boards', 'catalogs', 'pins', 'user_accounts']
    .flatMap((area) => [`${area}:read`, `${area}:write`])
    .concat('boards:read_secret', 'boards:write_secret', 'pins:read_secret', 'pins:write_secret'),
);

interface Asked {
  redirectUri: string;
  scopes: string[];
  state?: string;
}

/** `GET /oauth/`: the practice form of the consent page. */
export function showConsent(request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  return typeof asked === 'string'
    ? problemPage('Pinterest', asked)
    : htmlPage('Pinterest', 'Give ClickPost access?', form(asked));
}

/** The form's way back: to the app with a code, or with `access_denied`. */
export function submitConsent(state: State, request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  if (typeof asked === 'string') return problemPage('Pinterest', asked);
  // How a refusal comes back is on no page of Pinterest's: as RFC 6749, 4.1.2.1 has it.
  if (request.form.decision !== 'continue') return back(asked, { error: 'access_denied' });
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  const userId = userIdOf(name);
  const allowed = new Set(request.formAll('scope'));
  const scopes = asked.scopes.filter((scope) => allowed.has(scope));
  state.welcome({ userId, name, scopes });
  const code = `${newId()}${newId()}`;
  const { redirectUri } = asked;
  state.codes.set(code, { userId, redirectUri, scopes, expiresAt: state.now() + CODE_LIFE_MS, used: false });
  return back(asked, { code });
}

/** The parameters of the page, or what is wrong with them. */
function readAsked(query: Readonly<Record<string, string>>): Asked | string {
  const { client_id: clientId, redirect_uri: redirectUri = '', response_type: type, scope = '', state } = query;
  if (clientId !== PRACTICE_APP.clientId) return 'There is no app of this client_id.';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri)) return 'The redirect_uri is no web address.';
  if (type !== 'code') return 'The response_type must be "code".';
  const scopes = scope.split(/[\s,]+/).filter((name) => name !== '');
  if (scopes.length === 0) return 'At least one scope is required.';
  const unknown = scopes.filter((name) => !KNOWN_SCOPES.has(name));
  if (unknown.length > 0) return `There is no scope ${unknown.join(', ')}.`;
  return { redirectUri, scopes, ...(state !== undefined && { state }) };
}

function back({ redirectUri, state }: Asked, answer: Record<string, string>): SandboxAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the parameters come back as they were. */
function form({ scopes }: Asked): string {
  const boxes = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label>`,
  );
  return `<form method="post">
  <p><strong>ClickPost</strong> asks for access to your practice account.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  <fieldset><legend>Permissions</legend>${boxes.join('\n')}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}
