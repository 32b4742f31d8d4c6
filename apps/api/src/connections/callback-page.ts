import { type Request } from 'express';
import { type ConnectionView } from '#channels';
import { type Problem } from '#kernel';
import { escapeHtml, plainPage } from './plain-page.js';

/** Whether a browser asks, and not a program. */
export function wantsPage(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html';
}

/** What a person sees after agreeing on the consent page. */
export function connectedPage({ account, practice, channels, choosing, health }: ConnectionView): string {
  const name = escapeHtml(account?.name ?? account?.id ?? '');
  const kind = practice ? ' (practice)' : '';
  const list = choosing
    ? '<p>It reaches several places: ClickPost asks you now on which of them to publish.</p>'
    : channels.length > 0
      ? `<p>ClickPost can now publish here:</p>
<ul>${channels.map((channel) => `<li>${escapeHtml(channel.name)}</li>`).join('\n')}</ul>`
      : '<p>This account has no place to publish to, so no channel was added. Begin again and choose at least one.</p>';
  const missing = health.missingScopes.map(({ feature }) => `<li>${escapeHtml(feature)}</li>`);
  const without =
    missing.length > 0
      ? `\n<p>Not every permission was given, so this does not work:</p>\n<ul>${missing.join('\n')}</ul>
<p>Connect the account again with every permission switched on, if you need it.</p>`
      : '';
  return page('Connected', `<p><strong>${name}</strong>${kind} is connected.</p>\n${list}${without}`);
}

/** What a person sees after signing in again: nothing has changed yet. */
export function confirmPage({ account }: ConnectionView): string {
  const name = escapeHtml(account?.name ?? account?.id ?? '');
  return page(
    'Signed in',
    `<p>You signed in as <strong>${name}</strong>. Nothing has changed yet.</p>
<p>ClickPost shows you now which channels would be gained, kept or lost. Confirm it within 15 minutes.</p>`,
  );
}

/** The API wants a field to be sent; a person is asked by the window that waits. */
const ASKED_IN_CLICKPOST = 'Say in ClickPost whether both workspaces may publish to it, or use the other workspace.';

/** What a person sees when it did not work. */
export function problemPage(problem: Problem): string {
  const remedies = (problem.errors ?? []).map(
    ({ field, remedy }) => `<p>${escapeHtml(field === 'acceptShared' ? ASKED_IN_CLICKPOST : remedy)}</p>`,
  );
  return page('Not connected', `<div role="alert"><p>${escapeHtml(problem.detail)}</p>\n${remedies.join('\n')}</div>`);
}

function page(title: string, content: string): string {
  return plainPage(title, `${content}\n<p>You can close this window and go back to ClickPost.</p>`);
}
