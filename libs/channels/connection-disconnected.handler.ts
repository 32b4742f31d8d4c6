import { Injectable } from '@nestjs/common';
import { Database, type OutboxHandler, type OutboxMessage, row } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { PlatformAccess } from './platform-access.js';
import { type ConnectionRecord } from './records.js';

const REVOKE_TIMEOUT_MS = 20_000;

/** Gives a disconnected authorization back at its platform. Here it is deleted already. */
@Injectable()
export class ConnectionDisconnectedHandler implements OutboxHandler {
  readonly topic = 'connection.disconnected';

  constructor(
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
  ) {}

  async handle(message: OutboxMessage): Promise<void> {
    const id = String(message.payload['connectionId']);
    const connection = await this.database.engine((tx) =>
      row<ConnectionRecord>(tx, 'select * from connections where id = $1', [id]),
    );
    const adapter = connection && this.registry.find(connection.platform)?.adapter;
    // Connected again in the meantime: taking the permission back now would take the new one too.
    if (!connection || connection.status === 'connected' || !adapter?.revoke) return;
    const credentials = await this.access.decryptConnection(id, String(message.payload['credentials']));
    const options = { timeoutMs: REVOKE_TIMEOUT_MS };
    await adapter.revoke(this.access.accountContext(adapter.manifest, connection.practice, { credentials }, options));
  }
}
