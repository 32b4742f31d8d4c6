import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type ChannelInfo } from '#platforms/core';
import { tellOfConnection } from './connection-events.js';
import { ConnectionStore, type Placing, sharedAccount } from './connection-store.js';
import { type ConnectionView } from './connection-view.js';
import { ConnectionsService } from './connections.service.js';
import { connectFailure } from './credentials-form.js';
import { type OpenConnection, PlatformAccess } from './platform-access.js';
import { type ConnectionRecord } from './records.js';
import { purseOf, settle } from './spending.js';

/** Somebody waits at a screen. */
const LIST_TIMEOUT_MS = 20_000;

/** A place to publish that an account reaches, whether or not it is a channel. */
export interface PlaceView {
  /** The platform's id. */
  externalId: string;
  name: string;
  handle: string | null;
  url: string | null;
  /** What it is, where the platform has several kinds: "Page", "Profile". */
  kind: string | null;
  /** The channel that it is in the workspace which was asked about. */
  channelId: string | null;
  /** Another workspace publishes there: which one is not told. */
  shared: boolean;
}

/** The places of a connection, live from the platform: people choose which of them become channels. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly database: Database,
    private readonly access: PlatformAccess,
    private readonly connections: ConnectionsService,
    private readonly store: ConnectionStore,
  ) {}

  /**
   * Everything that the account reaches now, in the order of the platform.
   * @throws Problem 409 where the connection is down, and with the platform's words where it refuses
   */
  async list(organizationId: string, connectionId: string, workspaceId: string): Promise<PlaceView[]> {
    const { connection, listed } = await this.ask(organizationId, connectionId, workspaceId);
    const placing = placingOf(connection, workspaceId, listed);
    return this.database.organization(organizationId, async (tx) => {
      const here = await rows<{ id: string; external_id: string }>(
        tx,
        `select id, external_id from channels
          where workspace_id = $1 and platform = $2 and practice = $3 and removed_at is null`,
        [workspaceId, connection.platform, connection.practice],
      );
      const channels = new Map(here.map((channel) => [channel.external_id, channel.id]));
      const shared = await this.store.inOtherWorkspaces(tx, placing);
      return listed.map(({ id, name, handle, url, kind }) => ({
        ...{ externalId: id, name, handle: handle ?? null, url: url ?? null, kind: kind ?? null },
        channelId: channels.get(id) ?? null,
        shared: shared.has(id),
      }));
    });
  }

  /**
   * Makes channels of places, without a new sign-in. Those that are channels already are renewed.
   * @throws Problem 422 for what the account does not reach, 409 for what another workspace has unless that is accepted
   */
  async add(
    organizationId: string,
    connectionId: string,
    input: { workspaceId: string; externalIds: readonly string[]; acceptShared: boolean },
  ): Promise<ConnectionView> {
    const { workspaceId, externalIds, acceptShared } = input;
    const asked = await this.ask(organizationId, connectionId, workspaceId);
    const wanted = new Set(externalIds);
    const chosen = asked.listed.filter(({ id }) => wanted.has(id));
    if (chosen.length < wanted.size) throw notReached(asked.connection, externalIds, chosen);
    return this.database.organization(organizationId, async (tx) => {
      await this.store.lock(tx, asked.connection.organization_id, asked.connection.platform);
      const connection = await stillThere(tx, asked.connection);
      const placing = { ...placingOf(connection, workspaceId, chosen), acceptShared };
      const shared = await this.store.inOtherWorkspaces(tx, placing);
      if (shared.size > 0 && !acceptShared) throw sharedAccount(connection.platform);
      await this.store.renewChannels(tx, connection, { ...placing, channels: asked.listed });
      await this.store.addChannels(tx, connection, placing);
      await tx.query('update connections set choosing_in = null where id = $1', [connection.id]);
      await tellOfConnection(tx, connection.id, 'connected');
      return this.connections.viewIn(tx, { ...connection, choosing_in: null }, workspaceId);
    });
  }

  private async ask(
    organizationId: string,
    connectionId: string,
    workspaceId: string,
  ): Promise<{ connection: ConnectionRecord; listed: ChannelInfo[] }> {
    await this.connections.requireWorkspace(organizationId, workspaceId);
    const open = await this.database.organization(organizationId, (tx) => this.access.openConnection(tx, connectionId));
    if (!open || open.connection.status !== 'connected') {
      throw Problem.conflict('The account is not connected, so nobody knows what it reaches. Reconnect it first.');
    }
    return { connection: open.connection, listed: await this.listed(open) };
  }

  private async listed(open: OpenConnection): Promise<ChannelInfo[]> {
    const purse = purseOf(open);
    try {
      return await open.adapter.listChannels(open.context({ timeoutMs: LIST_TIMEOUT_MS, spend: purse.spend }));
    } catch (error) {
      throw connectFailure(error, open.adapter);
    } finally {
      await settle(this.database, purse);
    }
  }
}

function placingOf(
  { organization_id: organizationId, platform, practice }: ConnectionRecord,
  workspaceId: string,
  channels: readonly ChannelInfo[],
): Placing {
  return { organizationId, workspaceId, platform, practice, channels, acceptShared: false };
}

/** The platform was asked outside of any transaction: meanwhile somebody may have disconnected, or signed in anew. */
async function stillThere(tx: Transaction, { id }: ConnectionRecord): Promise<ConnectionRecord> {
  const connection = await row<ConnectionRecord>(tx, 'select * from connections where id = $1 for update', [id]);
  if (connection?.status === 'connected') return connection;
  throw Problem.conflict('The account was disconnected in the meantime. Connect it again.');
}

function notReached(
  { account_name: account }: ConnectionRecord,
  ids: readonly string[],
  found: readonly ChannelInfo[],
) {
  const missing = ids.filter((id) => !found.some((info) => info.id === id));
  return Problem.validation([
    {
      field: 'places',
      rule: 'unknown-place',
      message: `${account ?? 'The account'} does not reach ${missing.slice(0, 5).join(', ')}.`,
      remedy: 'Use ids of GET /v1/connections/{id}/places; ask there again, as what an account reaches changes.',
    },
  ]);
}
