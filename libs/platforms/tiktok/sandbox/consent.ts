import { randomBytes } from 'node:crypto';
import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP, PRACTICE_APP_UNAUDITED } from '../options.js';
import { type State } from './state.js';

/** Who signs in when nobody else is named. */
const PRACTICE_PERSON = 'Practice Person';
const CODE_LIFE_MS = 600_000;

/** https://developers.tiktok.com/doc/scopes-overview */
const KNOWN_SCOPES = new Set([
  ...['user.info.basic', 'user.info.profile', 'user.info.stats'],
  ...['video.list', 'video.publish', 'video.upload'],
]);

interface Asked {
  clientKey: string;
  redirectUri: string;
  scopes: string[];
  state: string;
  challenge: string;
}

/** Whether TikTok has audited the app of this key. */
export const isAuditedApp = (clientKey: string): boolean => clientKey === PRACTICE_APP.clientId;

/** `GET /v2/auth/authorize/`: the practice form of the consent page. https://developers.tiktok.com/doc/login-kit-web */
export function showConsent(request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  return typeof asked === 'string'
    ? problemPage('TikTok', asked)
    : htmlPage('TikTok', 'Give ClickPost access?', form(asked));
}

/** The form's way back: to the app with a code, or with `access_denied`. */
export function submitConsent(state: State, request: SandboxRequest): SandboxAnswer {
  const asked = readAsked(request.query);
  if (typeof asked === 'string') return problemPage('TikTok', asked);
  if (request.form.decision !== 'continue') {
    return back(asked, {
      error: 'access_denied',
      error_description: 'User denied the authorization.',
      error_type: 'access_denied',
    });
  }
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  // What an app that was not audited can post on is chosen for those who only want to try it.
  const account = request.form.account ?? (isAuditedApp(asked.clientKey) ? 'public' : 'private');
  const { openId } = state.welcome(name, account === 'private');
  const allowed = new Set(request.formAll('scope'));
  const scopes = asked.scopes.filter((scope) => allowed.has(scope));
  const { clientKey, redirectUri, challenge } = asked;
  const code = `${randomBytes(24).toString('base64url')}*v!4711.e1`;
  const expiresAt = state.now() + CODE_LIFE_MS;
  state.codes.set(code, { openId, clientKey, redirectUri, scopes, expiresAt, used: false, challenge });
  return back(asked, { code, scopes: scopes.join(',') });
}

/** The parameters of the page, or what is wrong with them. */
function readAsked(query: Readonly<Record<string, string>>): Asked | string {
  const {
    client_key: clientKey = '',
    redirect_uri: redirectUri = '',
    response_type: type,
    scope = '',
    state = '',
    code_challenge: challenge = '',
    code_challenge_method: method,
  } = query;
  const known = [
    'client_key',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
    'code_challenge',
    'code_challenge_method',
  ];
  const unknown = Object.keys(query).find((name) => ![...known, 'disable_auto_auth'].includes(name));
  if (unknown !== undefined) return `${unknown} is not a parameter of this page.`;
  if (clientKey !== PRACTICE_APP.clientId && clientKey !== PRACTICE_APP_UNAUDITED.clientId) {
    return 'There is no app of this client_key.';
  }
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri) || /[?#]/.test(redirectUri)) {
    return 'The redirect_uri is no static web address.';
  }
  if (type !== 'code') return 'The response_type must be "code".';
  const scopes = scope.split(',').filter((name) => name !== '');
  const unknownScopes = scopes.filter((name) => !KNOWN_SCOPES.has(name));
  if (scopes.length === 0) return 'At least one scope is required.';
  if (unknownScopes.length > 0) return `There is no scope ${unknownScopes.join(', ')}.`;
  // "SHA256 hash of the code verifier in hex": https://developers.tiktok.com/doc/login-kit-desktop
  if (challenge !== '' && (method !== 'S256' || !/^[0-9a-f]{64}$/.test(challenge))) {
    return 'Code verifier or code challenge is invalid.';
  }
  return { clientKey, redirectUri, scopes, state, challenge };
}

function back({ redirectUri, state }: Asked, answer: Record<string, string>): SandboxAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== '') url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the parameters come back as they were. */
function form({ clientKey, scopes }: Asked): string {
  const boxes = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label>`,
  );
  const isAudited = isAuditedApp(clientKey);
  const choice = (value: string, label: string, isChosen: boolean) =>
    `<label><input type="radio" name="account" value="${value}"${isChosen ? ' checked' : ''}> ${label}</label>`;
  const hint = isAudited
    ? ''
    : '<p>TikTok has not audited this app: it can post on private accounts alone, and nobody else sees it.</p>';
  return `<form method="post">
  <p><strong>ClickPost</strong> asks for access to your practice account.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  <fieldset><legend>This account is</legend>${hint}
  ${choice('public', 'public', isAudited)}
  ${choice('private', 'private', !isAudited)}</fieldset>
  <fieldset><legend>Permissions</legend>${boxes.join('\n')}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}
