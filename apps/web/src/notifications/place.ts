import { type Notification } from './queries.js';

/** Where a notification leads: to what shares its cause, or to the channels whose sign-in it is about. */
export type Place =
  | { to: '/attention'; search: { cause: string; workspace: string; channel: string } }
  | { to: '/w/$workspaceId/channels'; params: { workspaceId: string } };

/** The screen on which it can be mended. */
export function placeOf({ cause, workspace, subject }: Pick<Notification, 'cause' | 'workspace' | 'subject'>): Place {
  switch (subject.type) {
    case 'connection':
      return { to: '/w/$workspaceId/channels', params: { workspaceId: workspace.id } };
    case 'channel':
      return { to: '/attention', search: { cause, workspace: workspace.id, channel: subject.id } };
  }
}

/** What the bell is called: `Notifications, 3 unread`. */
export function bellName(unread: number): string {
  return unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`;
}
