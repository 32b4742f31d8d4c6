import { type Icon, IconCircleCheck, IconHourglass, IconPlayerPause, IconPlugConnectedX } from '@tabler/icons-react';
import { type Channel } from '../api/queries.js';
import { noticeOf } from './connection-words.js';
import { type Connection } from './connections.js';

/** Whether a channel publishes, and if not, why. */
export type ChannelHealth = 'healthy' | 'break' | 'paused' | 'disconnected';

/** The worst that is true of a channel: what has to be mended first. @param now in milliseconds since 1970 */
export function healthOf({ health, paused, blockedUntil }: Channel, now: number): ChannelHealth {
  if (health === 'disconnected') return 'disconnected';
  if (paused) return 'paused';
  if (blockedUntil !== null && Date.parse(blockedUntil) > now) return 'break';
  return 'healthy';
}

/** How a channel's health is shown: word, colour and sign. */
export const HEALTH_LOOKS: Record<ChannelHealth, { word: string; color: string; icon: Icon }> = {
  healthy: { word: 'Healthy', color: 'teal', icon: IconCircleCheck },
  break: { word: 'Taking a break', color: 'yellow', icon: IconHourglass },
  paused: { word: 'Paused', color: 'gray', icon: IconPlayerPause },
  disconnected: { word: 'Disconnected', color: 'red', icon: IconPlugConnectedX },
};

/** Accounts in the order in which they want somebody: what is down, what ends or lacks something, and the rest as it was. */
export function byUrgency(connections: readonly Connection[]): Connection[] {
  const rank = ({ status, health, platform }: Connection) => {
    if (status === 'disconnected') return 0;
    return noticeOf(health, platform) ? 1 : 2;
  };
  return connections.toSorted((one, other) => rank(one) - rank(other));
}

/** Why a connection is down, and what to do about it. */
export function whyDisconnected({ failure }: Pick<Connection, 'failure'>): { message: string; remedy: string } {
  if (failure) return { message: failure.message, remedy: failure.remedy };
  return {
    message: 'Somebody disconnected this account, and its credentials were deleted.',
    remedy: 'Reconnect it to go on publishing.',
  };
}

/** Whether the same account can sign in again: not once its person had their data deleted, since nobody knows which it was. */
export function mayReconnect({ account, status }: Pick<Connection, 'account' | 'status'>): boolean {
  return status !== 'disconnected' || account !== null;
}
