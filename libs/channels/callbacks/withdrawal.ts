import { type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';
import { tellOfConnection } from '../connection-events.js';
import { type ConnectionStore } from '../connection-store.js';
import { type ConnectionRecord } from '../records.js';

/** Why a connection is down whose person took the permission back at the platform. @param name the platform's */
export function withdrawn(name: string): Failure {
  return {
    kind: 'auth',
    message: `The person removed ClickPost at ${name}.`,
    remedy: 'Ask them to connect the account again; what is scheduled is held until then.',
  };
}

/**
 * Ends a connection whose person took the permission back at the platform: its credentials are deleted, its channels are down
 * with the reason, and what is scheduled on them is held by the usual way. False for one that was given up here before.
 * @param tx of the engine, in which the connection is locked
 */
export async function withdraw(
  tx: Transaction,
  store: ConnectionStore,
  connection: ConnectionRecord,
  failure: Failure,
): Promise<boolean> {
  const { id, status, credentials } = connection;
  await tx.query('delete from oauth_flows where connection_id = $1', [id]);
  await tx.query('delete from reconnections where connection_id = $1', [id]);
  if (credentials === null) return false;
  await store.withdraw(tx, id, failure);
  if (status === 'connected') await tellOfConnection(tx, id, 'disconnected');
  return true;
}
