import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock, Database, type OutboxHandler, type OutboxMessage, row, VaultError } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure, type PlatformAdapter, PlatformFailure } from '#platforms/core';
import { PlatformAccess } from './platform-access.js';
import { type ConnectionRecord } from './records.js';
import { openSignIn } from './sealed-sign-in.js';

const REVOKE_TIMEOUT_MS = 20_000;
/** A platform that does not answer for so long is not asked again; its user can still do it there. */
const GIVE_UP_MS = 3 * 86_400_000;

/** Gives an authorization back at its platform. Here it is deleted already. What fails is tried again, and shown. */
@Injectable()
export class ConnectionDisconnectedHandler implements OutboxHandler {
  readonly topic = 'connection.disconnected';
  private readonly logger = new Logger(ConnectionDisconnectedHandler.name);

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
  ) {}

  async handle({ payload }: OutboxMessage): Promise<void> {
    const id = String(payload['connectionId']);
    const connection = await this.database.engine(async (tx) => {
      await this.access.readApps(tx);
      return row<ConnectionRecord>(tx, 'select * from connections where id = $1', [id]);
    });
    const adapter = connection && this.registry.find(connection.platform)?.adapter;
    if (!connection || !adapter?.revoke) return;
    const accountId = typeof payload['accountId'] === 'string' ? payload['accountId'] : connection.account_id;
    // Connected again in the meantime: taking the permission back now would take the new one too.
    if (await this.isConnected(connection, accountId)) return;
    const settle = (state: 'pending' | 'done' | 'failed', failure: Failure | null) =>
      this.settle(connection, accountId, state, failure);
    try {
      await this.revoke(adapter, connection, payload);
      await settle('done', null);
    } catch (error) {
      const failure = this.explain(error, adapter);
      // What the platform does not accept any more is given back already.
      if (failure.kind === 'auth') return settle('done', null);
      // A platform that gives no program this right, in this way to connect, will not do so later either.
      const never = error instanceof VaultError || failure.kind === 'permission';
      const final = never || this.waited(payload['since']) > GIVE_UP_MS;
      await settle(final ? 'failed' : 'pending', failure);
      if (!final) throw error;
      this.logger.error({ connectionId: id, kind: failure.kind }, 'An authorization could not be given back.');
    }
  }

  /** Since somebody disconnected, in milliseconds. */
  private waited(since: unknown): number {
    return typeof since === 'string' ? this.clock.now().getTime() - Date.parse(since) : 0;
  }

  private async revoke(
    adapter: PlatformAdapter,
    connection: ConnectionRecord,
    { credentials: encrypted, signIn }: OutboxMessage['payload'],
  ): Promise<void> {
    const credentials =
      typeof signIn === 'string'
        ? (await openSignIn(this.access, connection.id, signIn)).authorization.credentials
        : await this.access.decryptConnection(connection.id, String(encrypted));
    const options = { timeoutMs: REVOKE_TIMEOUT_MS };
    const { practice, way } = connection;
    await adapter.revoke?.(this.access.accountContext(adapter.manifest, practice, { credentials, way }, options));
  }

  private explain(error: unknown, adapter: PlatformAdapter): Failure {
    const { name } = adapter.manifest;
    const remedy = `To be sure, remove ClickPost in the settings of the account at ${name}.`;
    if (error instanceof VaultError) {
      const message = `ClickPost could not read the credentials that ${name} should take back: their key is missing.`;
      return { kind: 'unknown', message, remedy };
    }
    const failure = adapter.classify(error, this.clock.now());
    // Where an adapter says itself that nobody but the person can do it, it knows better what to do.
    if (error instanceof PlatformFailure && failure.kind === 'permission') return failure;
    return { ...failure, message: `${name} has not taken the permission back yet. ${failure.message}`, remedy };
  }

  private async isConnected(connection: ConnectionRecord, accountId: string | null): Promise<boolean> {
    const { organization_id: organizationId, platform, practice } = connection;
    const found = await this.database.engine((tx) =>
      row(
        tx,
        `select 1 from connections where organization_id = $1 and platform = $2 and practice = $3 and account_id = $4
            and status = 'connected'`,
        [organizationId, platform, practice, accountId],
      ),
    );
    return found !== undefined;
  }

  /** Said of the connection where it is its own account; a sign-in that was not wanted has none. */
  private async settle(
    connection: ConnectionRecord,
    accountId: string | null,
    state: 'pending' | 'done' | 'failed',
    failure: Failure | null,
  ): Promise<void> {
    await this.database.engine((tx) =>
      tx.query(
        `update connections set revocation = $3, revocation_at = now(), revocation_failure = $4
          where id = $1 and account_id = $2 and status = 'disconnected' and credentials is null`,
        [connection.id, accountId, state, failure && JSON.stringify(failure)],
      ),
    );
  }
}
