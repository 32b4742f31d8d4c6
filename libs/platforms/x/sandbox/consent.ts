import { escapeHtml, htmlPage, problemPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { randomBytes } from 'node:crypto';
import { PRACTICE_APP } from '../manifest.js';
import { type State, type Subscription, SUBSCRIPTIONS, userIdOf, usernameOf } from './state.js';

/** Who signs in when nobody else is named. */
export const PRACTICE_PERSON = 'Practice Person';

/** Half a minute: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code#glossary */
const CODE_LIFE_MS = 30_000;
const MAX_STATE = 500;

/** The scopes that an app may ask for. Same page. */
const KNOWN_SCOPES = [
  ...[
    'tweet.read',
    'tweet.write',
    'tweet.moderate.write',
    'users.email',
    'users.read',
    'follows.read',
    'follows.write',
  ],
  ...['offline.access', 'space.read', 'mute.read', 'mute.write', 'like.read', 'like.write', 'list.read', 'list.write'],
  ...['block.read', 'block.write', 'bookmark.read', 'bookmark.write', 'dm.read', 'dm.write', 'media.write'],
];

interface Dialog {
  redirectUri: string;
  state: string;
  challenge: string;
  method: 'S256' | 'plain';
  scopes: string[];
}

/** `GET /i/oauth2/authorize`: the practice form of X's consent page. */
export function showConsent(request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(request.query);
  if (typeof dialog === 'string') return problemPage('X', dialog);
  return htmlPage('X', 'Allow ClickPost?', form(dialog));
}

/** The form's way back: with a code, or with `access_denied`. */
export function submitConsent(state: State, request: SandboxRequest): SandboxAnswer {
  const dialog = readDialog(request.query);
  if (typeof dialog === 'string') return problemPage('X', dialog);
  if (request.form.decision !== 'continue') return redirect(dialog, { error: 'access_denied' });
  const name = request.form.person?.trim() || PRACTICE_PERSON;
  const id = userIdOf(name);
  const subscription = subscriptionOf(name, request.form.subscription);
  state.people.set(id, { id, name, username: usernameOf(name), subscription });
  const allowed = new Set(request.formAll('scope'));
  const code = randomBytes(32).toString('base64url');
  state.codes.set(code, {
    userId: id,
    redirectUri: dialog.redirectUri,
    scopes: dialog.scopes.filter((scope) => allowed.has(scope)),
    challenge: dialog.challenge,
    method: dialog.method,
    expiresAt: state.now() + CODE_LIFE_MS,
    used: false,
  });
  return redirect(dialog, { code });
}

/** What is chosen in the form counts; whoever is called "… Premium" has X Premium without choosing. */
function subscriptionOf(name: string, chosen: string | undefined): Subscription {
  const known = SUBSCRIPTIONS.find((one) => one === chosen);
  if (known !== undefined && known !== 'None') return known;
  return /\bpremium\b/i.test(name) ? 'Premium' : 'None';
}

/** The page's parameters, or what is wrong with them. */
function readDialog(query: Readonly<Record<string, string>>): Dialog | string {
  const { client_id: clientId, redirect_uri: redirectUri = '', response_type: type, scope = '' } = query;
  const { state = '', code_challenge: challenge = '', code_challenge_method: method = 'plain' } = query;
  if (clientId !== PRACTICE_APP.clientId) return 'Something went wrong: the client_id is not known.';
  if (!/^https?:/i.test(redirectUri) || !URL.canParse(redirectUri)) {
    return 'Something went wrong: the redirect_uri is none of the callback addresses of the app.';
  }
  if (type !== 'code') return 'Something went wrong: response_type has to be "code".';
  if (state === '' || state.length > MAX_STATE) return 'Something went wrong: state is missing, or too long.';
  if (challenge === '') return 'Something went wrong: code_challenge is missing.';
  if (method !== 'S256' && method !== 'plain') return 'Something went wrong: code_challenge_method is not known.';
  const scopes = scope.split(' ').filter((one) => one !== '');
  const unknown = scopes.filter((one) => !KNOWN_SCOPES.includes(one));
  if (scopes.length === 0) return 'Something went wrong: scope is missing.';
  if (unknown.length > 0) return `Something went wrong: there is no scope ${unknown.join(', ')}.`;
  return { redirectUri, state, challenge, method, scopes };
}

function redirect({ redirectUri, state }: Dialog, answer: Record<string, string>): SandboxAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state })) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Posts to its own address, so that the page's parameters come back as they were. */
function form({ scopes }: Dialog): string {
  const boxes = scopes.map((scope) => {
    const value = escapeHtml(scope);
    return `<label><input type="checkbox" name="scope" value="${value}" checked> ${value}</label>`;
  });
  const choices = SUBSCRIPTIONS.map((one) => `<option value="${one}">${one}</option>`);
  return `<form method="post">
  <p><strong>ClickPost</strong> asks for access to your practice account.</p>
  <label>Continue as <input type="text" name="person" value="${PRACTICE_PERSON}" autocomplete="off"></label>
  <label>X Premium <select name="subscription">${choices.join('')}</select></label>
  <fieldset><legend>Permissions</legend>${boxes.join('\n')}</fieldset>
  <button name="decision" value="continue">Continue</button>
  <button name="decision" value="cancel">Cancel</button>
</form>`;
}
