import { type Notification } from './queries.js';

/** Where a notification leads: to what shares its cause, to the channels whose sign-in it is about, or to the post. */
export type Place =
  | { to: '/attention'; search: { cause: string; workspace: string; channel: string } }
  | { to: '/w/$workspaceId/channels'; params: { workspaceId: string } }
  | { to: '/w/$workspaceId/posts/$postId'; params: { workspaceId: string; postId: string } };

/** The screen on which it can be mended, decided or answered. */
export function placeOf({ cause, workspace, subject }: Pick<Notification, 'cause' | 'workspace' | 'subject'>): Place {
  switch (subject.type) {
    case 'connection':
      return { to: '/w/$workspaceId/channels', params: { workspaceId: workspace.id } };
    case 'post':
      return { to: '/w/$workspaceId/posts/$postId', params: { workspaceId: workspace.id, postId: subject.id } };
    case 'channel':
      return { to: '/attention', search: { cause, workspace: workspace.id, channel: subject.id } };
  }
}

/** What the bell is called: `Notifications, 3 unread`. */
export function bellName(unread: number): string {
  return unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`;
}
