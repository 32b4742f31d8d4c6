import { type Failure } from '#platforms/core';
import { type ConnectionHealth } from './connection-health.js';
import { type ChannelRecord, type ConnectionRecord, isErased } from './records.js';

/** Whose an authorization is. */
export interface AccountView {
  id: string;
  name: string | null;
  handle: string | null;
  url: string | null;
}

/** A connection as the API shows it. */
export interface ConnectionView {
  id: string;
  platform: string;
  practice: boolean;
  /** Which of the ways that the manifest names; null where there is only one. */
  way: string | null;
  status: ConnectionRecord['status'];
  account: AccountView | null;
  scopes: string[];
  expiresAt: Date | null;
  failure: Failure | null;
  /** Somebody still has to choose which of its places become channels. */
  choosing: boolean;
  channels: { id: string; platform: string; name: string }[];
  health: ConnectionHealth;
}

/** @param channels those that are shown with it */
export function viewOf(
  connection: ConnectionRecord,
  channels: readonly ChannelRecord[],
  health: ConnectionHealth,
): ConnectionView {
  return {
    id: connection.id,
    platform: connection.platform,
    practice: connection.practice,
    way: connection.way,
    status: connection.status,
    account: accountOf(connection),
    scopes: connection.scopes,
    expiresAt: connection.expires_at,
    failure: connection.failure,
    choosing: connection.status === 'connected' && connection.choosing_in !== null,
    channels: channels.map(({ id, platform, name }) => ({ id, platform, name })),
    health,
  };
}

/** Whose it is; null until somebody has signed in, and once its person had their data deleted. */
export function accountOf(connection: ConnectionRecord): AccountView | null {
  if (connection.account_id === null || isErased(connection)) return null;
  return {
    id: connection.account_id,
    name: connection.account_name,
    handle: connection.account_handle,
    url: connection.account_url,
  };
}
