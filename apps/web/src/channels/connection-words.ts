import { type Connection } from './connections.js';

type Health = Connection['health'];

/** `1 channel`, `3 channels`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** What hangs on a connection: names where they may be told, and how many more there are. */
export function usedBy({ workspaces, hidden }: Pick<Health, 'workspaces' | 'hidden'>): string {
  const named = workspaces.map(({ name, channels }) => `${name} (${counted(channels.length, 'channel')})`);
  const more =
    hidden.workspaces > 0
      ? [`${counted(hidden.workspaces, 'workspace')} that you do not see (${counted(hidden.channels, 'channel')})`]
      : [];
  const all = [...named, ...more];
  return all.length === 0 ? 'No workspace' : all.join(', ');
}

/** What somebody should know about a connection that works. */
export interface Notice {
  /** What ends, in words that an instant can follow, where there is one. */
  title: string;
  /** ISO instant at which it ends. */
  endsAt?: string;
  text: string;
}

/** Why a connection that works should be connected again; null where all is well. @param network its name */
export function noticeOf(
  {
    status,
    missingScopes,
    validUntil,
    renewsAt,
    expiryNote,
  }: Pick<Health, 'status' | 'missingScopes' | 'validUntil' | 'renewsAt' | 'expiryNote'>,
  network: string,
): Notice | null {
  const ends = (what: string) =>
    validUntil === null ? { title: `${what} soon` } : { title: what, endsAt: validUntil };
  if (status === 'expiring' && expiryNote !== null) {
    return {
      ...ends(`${expiryNote} ends`),
      text: 'Only the person can give it again. Reconnect before then: what is scheduled stays, and nothing is held.',
    };
  }
  if (status === 'expiring') {
    return {
      ...ends('This sign-in ends'),
      text: `${
        renewsAt === null ? `${network} does not renew it by itself.` : 'Renewing it by itself did not work so far.'
      } Reconnect it before then: what is scheduled stays, and nothing is held.`,
    };
  }
  const required = missingScopes.filter((scope) => scope.required);
  if (status === 'healthy' && required.length > 0) {
    return {
      title: 'A permission is missing',
      text: `Without it this does not work: ${required.map(({ feature }) => feature).join(', ')}. Reconnect, and leave every permission switched on.`,
    };
  }
  return null;
}
