import { type Database, row, rows, type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';

/** How many things of a person were deleted. */
export interface Erased {
  connections: number;
  channels: number;
  /** Links by which they signed in to ClickPost with the platform. */
  signIns: number;
}

export const NOTHING: Erased = { connections: 0, channels: 0, signIns: 0 };

/** Both together: a request may come again after the person connected again. */
export function together(one: Erased, other: Erased): Erased {
  return {
    connections: one.connections + other.connections,
    channels: one.channels + other.channels,
    signIns: one.signIns + other.signIns,
  };
}

/** Why a channel is down whose data its person had deleted. @param name the platform's */
export function erased(name: string): Failure {
  return {
    kind: 'auth',
    message: `The person removed ClickPost at ${name} and had their data deleted.`,
    remedy: 'Move what is scheduled to another channel, or connect an account again and plan it there.',
  };
}

/**
 * Deletes what came from the platform about a person: names, handles, addresses, pictures, ids, permissions, and what their
 * platform said. What the organization wrote and published stays.
 * @param tx of the engine; the connections are locked and have no credentials any more
 * @returns how many connections and channels
 */
export async function eraseConnections(
  tx: Transaction,
  connectionIds: readonly string[],
  failure: Failure,
): Promise<Pick<Erased, 'connections' | 'channels'>> {
  const said = JSON.stringify(failure);
  await tx.query(
    `update connections set account_id = 'deleted:' || id, account_name = null, account_handle = null, account_url = null,
            scopes = '{}', expires_at = null, expiry_note = null, failure = $2::jsonb, last_failure = null,
            last_failure_at = null, revocation_failure = null, updated_at = now()
      where id = any ($1)`,
    [connectionIds, said],
  );
  const channels = await rows(
    tx,
    `update channels set external_id = 'deleted:' || id, name = 'Deleted account', handle = null, url = null, avatar_url = null,
            credentials = null, details = '{}', health = 'disconnected', failure = $2::jsonb
      where connection_id = any ($1) returning id`,
    [connectionIds, said],
  );
  // What waits to be given back at the platform names the account, and the platform has it back already.
  await tx.query(
    `delete from outbox where topic = 'connection.disconnected' and payload ->> 'connectionId' = any ($1::text[])`,
    [connectionIds],
  );
  return { connections: connectionIds.length, channels: channels.length };
}

/** Deletes the link by which a person signs in to ClickPost with an account of the platform. Returns how many. */
export async function eraseSignIn(database: Database, provider: string, externalId: string): Promise<number> {
  const gone = await database.identity((tx) =>
    row(tx, 'delete from outside_identities where provider = $1 and external_id = $2 returning 1', [
      provider,
      externalId,
    ]),
  );
  return gone ? 1 : 0;
}

/** Readers of events are seconds behind; what is older was told. */
const TOLD_AFTER_MINUTES = 10;

/** When all events of connections that are erased now will have been told. */
export function toldAt(now: Date): Date {
  return new Date(now.getTime() + (TOLD_AFTER_MINUTES + 1) * 60_000);
}

/** Deletes what was recorded of these connections with the name of their account, once it was told. */
export async function eraseEvents(database: Database, connectionIds: readonly string[]): Promise<void> {
  await database.retention((tx) =>
    tx.query(
      `delete from events where type like 'connection.%' and data ->> 'connectionId' = any ($1::text[])
          and at < now() - make_interval(mins => $2)`,
      [connectionIds, TOLD_AFTER_MINUTES],
    ),
  );
}
