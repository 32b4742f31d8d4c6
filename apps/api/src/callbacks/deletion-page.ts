import { type DeletionStatus, type Erased } from '#channels';
import { escapeHtml, plainPage } from '../connections/plain-page.js';

/** What a person sees who asked a network for deletion of their data. */
export function deletionPage(status: DeletionStatus): string {
  const { code, platform, practice, receivedAt, completedAt, deleted } = status;
  const name = escapeHtml(platform);
  const kind = practice ? ' (practice network)' : '';
  const asked = `<p>You asked at <strong>${name}</strong>${kind} for deletion of your data. ClickPost received it on ${day(receivedAt)}.</p>`;
  const reference = `<p>Your code is <code>${escapeHtml(code)}</code>. This page stays at the same address.</p>`;
  if (completedAt === null) {
    return plainPage(
      'Your data is being deleted',
      `${asked}
<p role="status">It is being deleted now. It is tried again by itself until it is done; look here again in an hour.</p>
${reference}`,
    );
  }
  return plainPage(
    'Your data was deleted',
    `${asked}
<p role="status">It was done on ${day(completedAt)}. ${outcomeOf(deleted, name)}</p>
${isNothing(deleted) ? '' : details(deleted, name)}
${reference}`,
  );
}

/** What somebody sees whose code was never given. */
export function unknownCodePage(): string {
  return plainPage(
    'No such code',
    '<p>Nobody was given this code. Check the address that the network showed you; the code has 24 letters and digits.</p>',
  );
}

function outcomeOf(deleted: Erased, platform: string): string {
  if (isNothing(deleted)) return `ClickPost kept nothing about your account at ${platform}.`;
  return 'This was deleted:';
}

function details(deleted: Erased, platform: string): string {
  const gone = [
    [deleted.connections, `permission to act for your account at ${platform}, with your name, id and address`],
    [deleted.channels, 'place to publish to, with its name, id, picture and address'],
    [deleted.signIns, `link by which you signed in to ClickPost with ${platform}`],
  ] as const;
  const lines = gone.filter(([count]) => count > 0).map(([count, what]) => `<li>${count} × ${what}</li>`);
  return `<ul>${lines.join('\n')}</ul>
<h2>What stays, and why</h2>
<ul>
<li>Posts that organizations wrote in ClickPost, and the addresses under which they were published: they are the organizations’ own.</li>
<li>The logs in which organizations prove what was done in their name; the name of your account may stand in them. They cannot be changed, and end with the time for which they are kept.</li>
<li>Messages with your name or id that were handed to organizations’ own programs or mailed to their people before: ClickPost cannot call them back. Its own copies are deleted within a quarter of an hour, and what it tried to deliver ends with the time for which it is kept.</li>
<li>That you asked, without your id, so that this page can answer.</li>
</ul>
<p>Posts that are visible at ${platform} are deleted there.</p>`;
}

function isNothing({ connections, channels, signIns }: Erased): boolean {
  return connections + channels + signIns === 0;
}

function day(at: Date): string {
  const text = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `<time datetime="${at.toISOString()}">${text}</time>`;
}
