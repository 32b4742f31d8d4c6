import { Injectable } from '@nestjs/common';
import { createHmac, randomInt } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { Database, publish, row, type SecretObject, type Transaction, Vault } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { ConnectionStore } from '../connection-store.js';
import { PlatformAccess } from '../platform-access.js';
import { CallbackApps, type OutsideAccount } from './callback-apps.js';
import {
  eraseConnections,
  erased,
  type Erased,
  eraseEvents,
  eraseSignIn,
  NOTHING,
  toldAt,
  together,
} from './erasure.js';
import { withdraw } from './withdrawal.js';

/** The outbox topic of a request that is to be carried out. */
export const DELETION_REQUESTED = 'deletion.requested';

/** Without letters and digits that are taken for one another. */
const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 24;

/** How far a request is, as its page tells it. */
export interface DeletionStatus {
  code: string;
  /** The platform's name. */
  platform: string;
  practice: boolean;
  receivedAt: Date;
  /** Null while it is being done. */
  completedAt: Date | null;
  deleted: Erased;
}

interface RequestRecord {
  id: string;
  code: string;
  platform: string;
  practice: boolean;
  sealed: string | null;
  received_at: Date;
  completed_at: Date | null;
  deleted: Erased | null;
}

/** People who want what came from their platform deleted. */
@Injectable()
export class DeletionRequestsService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly registry: PlatformRegistry,
    private readonly store: ConnectionStore,
    private readonly access: PlatformAccess,
    private readonly apps: CallbackApps,
  ) {}

  /**
   * Takes a request down, with a job that carries it out until it is done. Who asks again is told the same code.
   * @param tx of the engine
   * @param platform at which the person asked
   * @param isNew false where the very same message came before: then nothing is begun again
   */
  async receive(
    tx: Transaction,
    platform: string,
    account: OutsideAccount,
    isNew: boolean,
  ): Promise<{ id: string; code: string }> {
    const [hash = '', ...earlier] = this.hashes(account);
    const known = await row<RequestRecord>(
      tx,
      'select * from deletion_requests where account_hash = any ($1) for update',
      [[hash, ...earlier]],
    );
    if (known && !isNew) return known;
    const id = known?.id ?? uuid();
    const sealed = await this.vault.encrypt({ ...account }, purposeOf(id));
    const stored = await row<{ id: string; code: string }>(
      tx,
      known
        ? `update deletion_requests set sealed = $2, completed_at = null where id = $1 returning id, code`
        : `insert into deletion_requests (id, sealed, code, platform, practice, account_hash)
           values ($1, $2, $3, $4, $5, $6) returning id, code`,
      known ? [id, sealed] : [id, sealed, newCode(), platform, account.practice, hash],
    );
    if (!stored) throw new Error('The request for deletion was not stored.');
    await publish(tx, { organizationId: null, topic: DELETION_REQUESTED, payload: { requestId: stored.id } });
    return stored;
  }

  /** Deletes what is there. Done once or often, it comes to the same. */
  async carryOut(id: string): Promise<void> {
    const request = await this.database.engine((tx) => this.open(tx, id));
    if (!request) return;
    const { account, name } = request;
    const provider = account.practice ? 'facebook-practice' : 'facebook';
    const signIns = this.apps.signsIn(account)
      ? await eraseSignIn(this.database, provider, account.accountId)
      : NOTHING.signIns;
    const connectionIds = await this.database.engine(async (tx) => {
      const still = await row<RequestRecord>(
        tx,
        'select * from deletion_requests where id = $1 and completed_at is null for update',
        [id],
      );
      if (!still) return [];
      const connections = await this.apps.connections(tx, account);
      for (const connection of connections) await withdraw(tx, this.store, connection, erased(name));
      const ids = connections.map((connection) => connection.id);
      const gone = { ...(await eraseConnections(tx, ids, erased(name))), signIns };
      const deleted = together(still.deleted ?? NOTHING, gone);
      if (ids.length > 0) await this.eraseEventsLater(tx, ids);
      await tx.query('update deletion_requests set completed_at = now(), sealed = null, deleted = $2 where id = $1', [
        id,
        JSON.stringify(deleted),
      ]);
      return ids;
    });
    if (connectionIds.length > 0) await this.eraseEvents(connectionIds);
  }

  /** Deletes what was recorded of connections with the name of their account. The last minutes stay until they were told. */
  async eraseEvents(connectionIds: readonly string[]): Promise<void> {
    await eraseEvents(this.database, connectionIds);
  }

  /** How far a request is. Undefined for a code that was never given. */
  async status(code: string): Promise<DeletionStatus | undefined> {
    const request = await this.database.engine((tx) =>
      row<RequestRecord>(tx, 'select * from deletion_requests where code = $1', [code]),
    );
    if (!request) return undefined;
    return {
      code: request.code,
      platform: this.nameOf(request.platform),
      practice: request.practice,
      receivedAt: request.received_at,
      completedAt: request.completed_at,
      deleted: request.deleted ?? NOTHING,
    };
  }

  private async eraseEventsLater(tx: Transaction, connectionIds: readonly string[]): Promise<void> {
    await publish(tx, {
      ...{ organizationId: null, topic: DELETION_REQUESTED, payload: { connectionIds } },
      notBefore: toldAt(new Date()),
    });
  }

  private async open(tx: Transaction, id: string) {
    await this.access.readApps(tx);
    const request = await row<RequestRecord>(tx, 'select * from deletion_requests where id = $1', [id]);
    if (!request || request.sealed === null) return undefined;
    const account = await this.vault.decrypt<OutsideAccount & SecretObject>(request.sealed, purposeOf(id));
    return { account, name: this.nameOf(request.platform) };
  }

  private nameOf(platform: string): string {
    return this.registry.find(platform)?.adapter.manifest.name ?? platform;
  }

  /** What stands for an account, by the present key and by earlier ones: the id itself is not kept. */
  private hashes({ practice, clientId, accountId }: OutsideAccount): string[] {
    const text = JSON.stringify([practice, clientId, accountId]);
    return this.vault
      .deriveKeys('deletion-requests')
      .map((key) => createHmac('sha256', key).update(text).digest('hex'));
  }
}

function purposeOf(id: string): string {
  return `deletion:${id}`;
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}
