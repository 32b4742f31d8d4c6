import { createHmac } from 'node:crypto';
import { isJsonObject, parseJson, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_PERSON } from './consent.js';
import { escapeHtml, htmlPage } from './page.js';
import { type Grant, type LoginState } from './state.js';

/**
 * "Apps and websites": where a person sees which apps they gave access to, takes it away, and asks for deletion of their data.
 * https://www.facebook.com/help/170585223002660
 */
export function showApps(state: LoginState): SandboxAnswer {
  const { name } = state.options;
  const grants = state.grants.entries().map(([, grant]) => grant);
  if (grants.length === 0)
    return htmlPage(name, 'Apps and websites', '<p>No app has access to a practice account.</p>');
  return htmlPage(name, 'Apps and websites', grants.map(form).join('\n'));
}

/**
 * Removes the app and tells it so, and hands on the wish for deletion: both by `signed_request`, to the addresses that belong to
 * the installation where the person came from.
 * https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export async function submitApps(state: LoginState, request: SandboxRequest): Promise<SandboxAnswer> {
  const { name } = state.options;
  const grant = state.grants.get(request.form.user ?? '');
  if (!grant) return htmlPage(name, 'Apps and websites', '<p role="alert">This person has no app any more.</p>', 404);
  state.removeApp(grant.userId);
  const told = await tell(state, grant, 'deauthorize');
  const lines = [`ClickPost was removed. It was told, and answered ${said(told)}.`];
  if (request.form.decision !== 'delete') return htmlPage(name, 'Removed', paragraphs(lines));
  const asked = await tell(state, grant, 'data-deletion');
  lines.push(`It was asked to delete what it keeps, and answered ${said(asked)}.`);
  const answer = parseJson(asked.text);
  if (!isJsonObject(answer) || typeof answer.url !== 'string' || typeof answer.confirmation_code !== 'string') {
    lines.push('It named no page where the deletion can be followed, and no code.');
    return htmlPage(name, 'Removed', paragraphs(lines));
  }
  const link = `<p>Code <code>${escapeHtml(answer.confirmation_code)}</code>: <a href="${escapeHtml(answer.url)}">what became of it</a></p>`;
  return htmlPage(name, 'Removed', paragraphs(lines) + link);
}

interface Told {
  /** 0 = it could not be reached. */
  status: number;
  text: string;
}

async function tell(state: LoginState, grant: Grant, callback: 'deauthorize' | 'data-deletion'): Promise<Told> {
  const { platform, app } = state.options;
  const body = new URLSearchParams({ signed_request: signedRequest(state, grant.userId, app.clientSecret) });
  const address = `${installationOf(grant.redirectUri)}/v1/platforms/${platform}/callbacks/${callback}`;
  try {
    const answer = await state.world.fetch(address, { method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  } catch {
    // An app that does not answer is removed all the same; the page says so.
    return { status: 0, text: '' };
  }
}

/** `<signature>.<payload>`: https://developers.facebook.com/docs/facebook-login/guides/advanced/oauth-in-games#parsingsr */
function signedRequest(state: LoginState, userId: string, secret: string): string {
  const now = state.seconds();
  const payload = { algorithm: 'HMAC-SHA256', expires: now + 3_600, issued_at: now, user_id: userId };
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
}

/** The address of the installation, from one of its own below `/v1/`. */
function installationOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  const [before = ''] = url.pathname.split('/v1/');
  return `${url.origin}${url.pathname.includes('/v1/') ? before : ''}`;
}

const said = ({ status }: Told): string => (status === 0 ? 'nothing' : `with HTTP ${status}`);

const paragraphs = (lines: readonly string[]): string => lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');

function form({ userId, name, scopes }: Grant): string {
  return `<form method="post"><fieldset><legend>ClickPost, for ${escapeHtml(name || PRACTICE_PERSON)}</legend>
  <p>May: ${escapeHtml(scopes.join(', '))}</p>
  <input type="hidden" name="user" value="${escapeHtml(userId)}">
  <button name="decision" value="remove">Remove</button>
  <button name="decision" value="delete">Remove and ask for deletion of the data</button>
</fieldset></form>`;
}
