import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { randomBytes } from 'node:crypto';
import { PRACTICE_APP } from '../manifest.js';
import { ORGANIZATIONS, organizationIdOf, personIdOf, type Product, PRODUCTS, ROLES, type State } from './state.js';

const NAME = 'LinkedIn';
/** Who signs in when nobody else is named. */
export const PRACTICE_PERSON = 'Practice Person';
/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow */
const CODE_LIFE_MS = 30 * 60_000;

interface Asked {
  redirectUri: string;
  state: string;
  scopes: string[];
  product: Product;
  challenge?: string;
}

/** `GET /oauth/v2/authorization`: https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow */
export function showConsent(_state: State, request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  if (typeof asked === 'string') return problemPage(NAME, asked);
  return 'error' in asked ? redirect(asked) : htmlPage(NAME, 'Allow ClickPost?', form(asked));
}

/** The form's way back: with a code, or with what LinkedIn says of a person who cancels. */
export function submitConsent(state: State, request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  if (typeof asked === 'string') return problemPage(NAME, asked);
  if ('error' in asked) return redirect(asked);
  const { redirectUri, state: given } = asked;
  if (request.form.decision !== 'continue') {
    const words = 'The user cancelled LinkedIn authorization';
    return redirect({ redirectUri, state: given, error: 'user_cancelled_authorize', error_description: words });
  }
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  const personId = personIdOf(name);
  state.people.set(personId, { id: personId, name });
  if (asked.product === 'community') keepRoles(state, request, personId);
  const allowed = new Set(request.formAll('scope'));
  const scopes = asked.scopes.filter((scope) => allowed.has(scope));
  // "If your application requests different scopes than the previously granted scopes, the previous access token will be invalidated."
  state.revoke(
    (token) => token.personId === personId && token.product === asked.product && !same(token.scopes, scopes),
  );
  const code = `AQ${randomBytes(60).toString('base64url')}`;
  state.codes.set(code, {
    personId,
    scopes,
    product: asked.product,
    redirectUri,
    expiresAt: state.now() + CODE_LIFE_MS,
    used: false,
    ...(asked.challenge !== undefined && { challenge: asked.challenge }),
  });
  return redirect({ redirectUri, state: given, code });
}

/** Roles as they were chosen; else as they are, and those of everybody at first. */
function keepRoles(state: State, request: SandboxRequest, personId: string): void {
  for (const { name, role } of ORGANIZATIONS) {
    const organizationId = organizationIdOf(name);
    const chosen = request.form[`role.${name}`];
    const known = state.roles.get(`${personId}:${organizationId}`);
    if (chosen === undefined && known) continue;
    const next = chosen ?? role;
    state.setRole({ personId, organizationId, role: next, state: next === 'NONE' ? 'REVOKED' : 'APPROVED' });
  }
}

/** What an app is told at its own address. */
type Answer = { redirectUri: string; state: string; code: string } | Refusal;
type Refusal = { redirectUri: string; state: string; error: string; error_description: string };

/** What was asked for; in words where nobody can be sent back, as an answer where the app is told. */
function readAsked(query: Readonly<Record<string, string>>): Asked | Refusal | string {
  const { client_id: clientId, redirect_uri: redirectUri = '', response_type: type, state = '' } = query;
  if (clientId !== PRACTICE_APP.clientId)
    return 'We can’t verify the authenticity of your request because the client_id is unknown.';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri))
    return 'The redirect_uri does not match the registered value.';
  if (type !== 'code') return 'You need to pass the "response_type" parameter with the value "code".';
  const scopes = (query.scope ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) return 'You need to pass the "scope" parameter.';
  const product = (Object.keys(PRODUCTS) as Product[]).find((name) =>
    scopes.every((scope) => PRODUCTS[name].includes(scope)),
  );
  if (!product) {
    const foreign = scopes.find((scope) => !PRODUCTS.member.includes(scope)) ?? scopes[0] ?? '';
    const words = `Scope "${foreign}" is not authorized for your application`;
    return { redirectUri, state, error: 'unauthorized_scope_error', error_description: words };
  }
  const { code_challenge: challenge, code_challenge_method: method } = query;
  if (challenge !== undefined && method !== 'S256') return 'The code_challenge_method must be "S256".';
  return { redirectUri, state, scopes, product, ...(challenge !== undefined && { challenge }) };
}

function redirect({ redirectUri, ...answer }: Answer): SandboxAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) if (value !== '') url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the parameters come back as they were. */
function form({ scopes, product }: Asked): string {
  const roles = ORGANIZATIONS.map(
    ({ name, role }) =>
      `<label>${escapeHtml(name)} <select name="role.${escapeHtml(name)}">${options(role)}</select></label>`,
  );
  const permissions = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label>`,
  );
  const what =
    product === 'community' ? 'to publish on pages of organizations' : 'who you are, and to publish as yourself';
  return `<form method="post">
  <p><strong>ClickPost</strong> asks ${what}.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  ${product === 'community' ? `<fieldset><legend>Your roles</legend>${roles.join('\n')}</fieldset>` : ''}
  <fieldset><legend>Permissions</legend>${permissions.join('\n')}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}

function options(chosen: string): string {
  return [...ROLES, 'NONE']
    .map(
      (role) =>
        `<option value="${role}"${role === chosen ? ' selected' : ''}>${role.toLowerCase().replaceAll('_', ' ')}</option>`,
    )
    .join('');
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join(' ') === [...other].sort().join(' ');
}
