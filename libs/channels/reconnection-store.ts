import { Injectable } from '@nestjs/common';
import { Problem, row, type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';
import { type Authorized } from './connection-store.js';
import { giveBack } from './give-back.js';
import { PlatformAccess } from './platform-access.js';
import { type ConnectionRecord } from './records.js';
import { openSignIn, sealSignIn } from './sealed-sign-in.js';

/** How long a sign-in waits for its yes. */
const WAIT_MINUTES = 15;

/** A row of `reconnections`. */
export interface ReconnectionRecord {
  connection_id: string;
  organization_id: string;
  workspace_id: string;
  /** The sign-in, encrypted; null until somebody has finished it. */
  sealed: string | null;
  failure: Failure | null;
  expires_at: Date;
}

/** Sign-ins that wait for a yes before they replace another. Every method runs in its caller's transaction. */
@Injectable()
export class ReconnectionStore {
  constructor(private readonly access: PlatformAccess) {}

  /** Begins one. What waited before is given back, and a consent page that is still open leads nowhere. */
  async begin(tx: Transaction, connection: ConnectionRecord, workspaceId: string): Promise<void> {
    await this.drop(tx, connection);
    await tx.query(
      `insert into reconnections (connection_id, organization_id, workspace_id, expires_at)
       values ($1, $2, $3, now() + make_interval(mins => $4))`,
      [connection.id, connection.organization_id, workspaceId, WAIT_MINUTES],
    );
  }

  /**
   * Keeps a finished sign-in, encrypted. One of another account, or that nobody waits for any more, is given back at once:
   * the problem, 409 or 410, is answered and not thrown, since what was written for it has to stay.
   */
  async hold(tx: Transaction, connection: ConnectionRecord, signedIn: Authorized): Promise<Problem | undefined> {
    const { authorization } = signedIn;
    if (connection.account_id !== authorization.account.id || connection.practice !== signedIn.practice) {
      const credentials = await this.access.encryptConnection(connection.id, authorization.credentials);
      if (connection.practice === signedIn.practice) {
        await giveBack(tx, connection, { credentials }, authorization.account.id);
      }
      return anotherAccount(connection, signedIn);
    }
    const sealed = await sealSignIn(this.access, connection.id, signedIn);
    const held = await row(
      tx,
      `update reconnections set sealed = $2, failure = null, expires_at = now() + make_interval(mins => $3)
        where connection_id = $1 returning connection_id`,
      [connection.id, sealed, WAIT_MINUTES],
    );
    if (held) return undefined;
    await giveBack(tx, connection, { signIn: sealed });
    return new Problem('gone', 'This reconnection was dropped in the meantime. Begin it again.');
  }

  /** Says why nothing came of it, to whoever waits in another window. */
  async fail(tx: Transaction, connectionId: string, failure: Failure): Promise<void> {
    await tx.query('update reconnections set failure = $2 where connection_id = $1 and sealed is null', [
      connectionId,
      JSON.stringify(failure),
    ]);
  }

  /** The one that waits; undefined where there is none or its time is over. */
  async find(tx: Transaction, connectionId: string): Promise<ReconnectionRecord | undefined> {
    return row<ReconnectionRecord>(tx, 'select * from reconnections where connection_id = $1 and expires_at > now()', [
      connectionId,
    ]);
  }

  /** The sign-in as it was finished; undefined while nobody has. @throws VaultError */
  async open(
    { sealed, workspace_id: workspaceId }: ReconnectionRecord,
    { id, organization_id: organizationId, platform, practice, way }: ConnectionRecord,
  ): Promise<Authorized | undefined> {
    if (sealed === null) return undefined;
    const signIn = await openSignIn(this.access, id, sealed);
    return { ...signIn, organizationId, workspaceId, platform, practice, way, acceptShared: false };
  }

  /** Takes it away without a yes, and has it given back. Whether there was one. */
  async drop(tx: Transaction, connection: ConnectionRecord): Promise<boolean> {
    const dropped = await this.take(tx, connection.id);
    if (dropped?.sealed) await giveBack(tx, connection, { signIn: dropped.sealed });
    return dropped !== undefined;
  }

  /** Takes it away: for its yes. A consent page that is still open leads nowhere. */
  async take(tx: Transaction, connectionId: string): Promise<ReconnectionRecord | undefined> {
    await tx.query('delete from oauth_flows where connection_id = $1 and reconnect', [connectionId]);
    return row<ReconnectionRecord>(tx, 'delete from reconnections where connection_id = $1 returning *', [
      connectionId,
    ]);
  }
}

function anotherAccount(connection: ConnectionRecord, { authorization: { account }, practice }: Authorized): Problem {
  const had = labelOf(connection.account_name, connection.account_handle ?? connection.account_id);
  const got = labelOf(account.name, account.handle ?? account.id) + (practice ? ' for practice' : '');
  const message = `This connection belongs to ${had}, and you signed in as ${got}.`;
  return Problem.conflict(`${message} Nothing was changed.`, {
    errors: [
      {
        field: 'account',
        rule: 'another-account',
        message,
        remedy: `Sign in as ${had} to reconnect it, or connect ${got} as another account.`,
      },
    ],
  });
}

/** Names alone do not tell two accounts apart. */
function labelOf(name: string | null, id: string | null): string {
  return name === null || name === id ? (id ?? 'an unknown account') : `${name} (${id})`;
}
