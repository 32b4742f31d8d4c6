import { escapeHtml, htmlPage, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { type GoogleState } from './state.js';

/** "Third-party apps & services", where people take an app away: https://myaccount.google.com/connections */
export function showConnections({ people }: GoogleState): SandboxAnswer {
  const forms = people.entries().map(
    ([id, { name }]) =>
      `<form method="post"><input type="hidden" name="person" value="${id}"><p>${escapeHtml(name)}</p>
  <button>Delete all connections you have with ClickPost</button></form>`,
  );
  return htmlPage(
    'Google',
    'Third-party apps & services',
    forms.join('\n') || '<p>No app has access to a practice account.</p>',
  );
}

/** Every token of the person ends. */
export function submitConnections(state: GoogleState, { form }: SandboxRequest): SandboxAnswer {
  state.kill(({ personId }) => personId === form.person);
  return htmlPage('Google', 'Third-party apps & services', '<p>ClickPost was removed.</p>');
}
