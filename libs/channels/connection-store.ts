import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Problem, publish, row, rows, type Transaction, VaultError } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Authorization, type ChannelInfo, type Failure, type JsonObject } from '#platforms/core';
import { tellOfConnection } from './connection-events.js';
import { merged } from './credentials.js';
import { giveBack } from './give-back.js';
import { PlatformAccess } from './platform-access.js';
import { type ChannelRecord, type ConnectionRecord } from './records.js';
import { renewAt } from './renewal.js';

/** What a finished sign-in at a platform brings. */
export interface Authorized {
  organizationId: string;
  workspaceId: string;
  platform: string;
  practice: boolean;
  /** Which of the ways that the manifest names; null where there is only one. */
  way: string | null;
  authorization: Authorization;
  channels: readonly ChannelInfo[];
  /** The same outside account in two workspaces needs an explicit yes. */
  acceptShared: boolean;
  /** Where there are more than a few places, somebody chooses afterwards which of them become channels. */
  choose?: boolean;
}

/** Places that are to be channels of a workspace. */
export type Placing = Omit<Authorized, 'authorization' | 'way' | 'choose'>;

/** The longest words of what ends, in characters. */
const EXPIRY_NOTE_MAX = 300;

/** Writes connections and channels. Every method runs in its caller's transaction. */
@Injectable()
export class ConnectionStore {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
  ) {}

  /** Two sign-ins of one account at the same moment are stored one after the other. Until the transaction ends. */
  async lock(tx: Transaction, organizationId: string, platform: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`connect:${organizationId}:${platform}`]);
  }

  /**
   * Stores an authorization: a new connection, the one that was waiting for it (`pendingId`), or the one that this
   * account already had. A rotated token pair is always a new generation.
   */
  async authorize(tx: Transaction, input: Authorized, pendingId?: string): Promise<ConnectionRecord> {
    const { account } = input.authorization;
    const existing = await this.ofAccount(tx, input);
    const id = pendingId ?? existing?.id ?? uuid();
    if (existing && existing.id !== id) await this.replace(tx, existing.id, id);
    const credentials = await this.access.encryptConnection(id, await this.completed(existing, input));
    // What ends without being the sign-in as a whole, only its person can prolong.
    const { expiryNote } = input.authorization;
    const renews = expiryNote === undefined && this.registry.get(input.platform).adapter.refresh !== undefined;
    const stored = await row<ConnectionRecord>(
      tx,
      `insert into connections (id, organization_id, platform, practice, status, account_id, account_name, account_handle,
         account_url, credentials, credential_generation, scopes, expires_at, renew_at, last_success_at,
         way, expiry_note)
       values ($1, $2, $3, $4, 'connected', $5, $6, $7, $8, $9, $10, $11, $12,
         case when $13 then ${renewAt('$12::timestamptz')} end, now(), $14, $15)
       on conflict (id) do update set status = 'connected', account_id = excluded.account_id,
         account_name = excluded.account_name, account_handle = excluded.account_handle, account_url = excluded.account_url,
         credentials = excluded.credentials,
         credential_generation = greatest(connections.credential_generation, excluded.credential_generation) + 1,
         scopes = excluded.scopes, expires_at = excluded.expires_at, renew_at = excluded.renew_at, renew_failures = 0,
         failure = null, refresh_lease = null, refresh_leased_until = null, last_success_at = now(), revocation = null,
         revocation_at = null, revocation_failure = null, way = excluded.way, expiry_note = excluded.expiry_note,
         withdrawn_at = null, updated_at = now()
       returning *`,
      [
        id,
        input.organizationId,
        input.platform,
        input.practice,
        account.id,
        account.name,
        account.handle ?? null,
        account.url ?? null,
        credentials,
        (existing?.credential_generation ?? 0) + 1,
        [...input.authorization.scopes],
        input.authorization.expiresAt ?? null,
        renews,
        input.way,
        expiryNote?.slice(0, EXPIRY_NOTE_MAX) ?? null,
      ],
    );
    if (!stored) throw new Error('The connection was not stored.');
    return stored;
  }

  /** The connection that an account has already, nobody else's to change until the transaction ends. */
  ofAccount(tx: Transaction, { organizationId, platform, practice, authorization }: Authorized) {
    return row<ConnectionRecord>(
      tx,
      `select * from connections where organization_id = $1 and platform = $2 and practice = $3 and account_id = $4 for update`,
      [organizationId, platform, practice, authorization.account.id],
    );
  }

  /**
   * What is kept of a new sign-in: a consent page that was answered before may leave the refresh token out. Credentials that
   * cannot be read any more have nothing to add.
   */
  private async completed(existing: ConnectionRecord | undefined, input: Authorized): Promise<JsonObject> {
    const { credentials } = input.authorization;
    if (!existing?.credentials || !this.registry.get(input.platform).adapter.oauth) return credentials;
    // What another way brought is of another app.
    if (existing.way !== input.way) return credentials;
    try {
      return merged(await this.access.decryptConnection(existing.id, existing.credentials), credentials);
    } catch (error) {
      if (error instanceof VaultError) return credentials;
      throw error;
    }
  }

  /** Adds or renews channels of a connection in a workspace. Those that were down and came back are announced. */
  async addChannels(tx: Transaction, connection: ConnectionRecord, input: Placing): Promise<ChannelRecord[]> {
    await this.renewChannels(tx, connection, input);
    const shared = await this.inOtherWorkspaces(tx, input);
    const channels: ChannelRecord[] = [];
    for (const info of input.channels) {
      if (shared.has(info.id) && !input.acceptShared) continue;
      channels.push(await this.upsertChannel(tx, connection, input, info));
    }
    if (channels.length === 0 && shared.size > 0) throw sharedAccount(input.platform);
    return channels;
  }

  /** Notes that somebody chooses among the places of a connection; what it has already is renewed. */
  async letChoose(tx: Transaction, connection: ConnectionRecord, input: Authorized): Promise<ConnectionRecord> {
    await this.renewChannels(tx, connection, input);
    const waiting = await row<ConnectionRecord>(
      tx,
      'update connections set choosing_in = $2 where id = $1 returning *',
      [connection.id, input.workspaceId],
    );
    return waiting ?? connection;
  }

  /**
   * Marks a connection dead because the platform refused this very generation. False when newer tokens are there. One that
   * is down already, marked by another channel's publication or given up, keeps its own reason.
   */
  async markDead(tx: Transaction, connection: ConnectionRecord, failure: Failure): Promise<boolean> {
    const marked = await row<{ was: ConnectionRecord['status'] }>(
      tx,
      `update connections c set status = 'disconnected', updated_at = now(),
              failure = case when b.was = 'connected' then $3::jsonb else c.failure end,
              last_failure = $3::jsonb, last_failure_at = now()
         from (select id, status as was from connections
                where id = $1 and credential_generation = $2 and status <> 'authorizing' for update) b
        where c.id = b.id returning b.was`,
      [connection.id, connection.credential_generation, JSON.stringify(failure)],
    );
    if (!marked) return false;
    await this.channelsDown(tx, connection.id);
    if (marked.was === 'connected') await tellOfConnection(tx, connection.id, 'disconnected');
    return true;
  }

  /** Gives the connection up: credentials are deleted, its channels can publish no more. */
  async disconnect(tx: Transaction, connectionId: string, revocable: boolean): Promise<void> {
    await tx.query('delete from oauth_flows where connection_id = $1', [connectionId]);
    await tx.query(`delete from connections where id = $1 and status = 'authorizing'`, [connectionId]);
    await tx.query(
      `update connections set status = 'disconnected', credentials = null, withdrawn_at = null, updated_at = now(),
              revocation = case when credentials is null then revocation when $2 then 'pending' end,
              revocation_at = case when credentials is null then revocation_at when $2 then now() end
        where id = $1`,
      [connectionId, revocable],
    );
    await this.channelsDown(tx, connectionId);
    await tx.query('update channels set credentials = null where connection_id = $1', [connectionId]);
  }

  /**
   * Ends a connection because its person took the permission back at the platform: nothing is left to give back there. Each
   * channel says why, until somebody connects the account again.
   * @param tx of the engine
   */
  async withdraw(tx: Transaction, connectionId: string, failure: Failure): Promise<void> {
    await tx.query(
      `update connections set status = 'disconnected', credentials = null, withdrawn_at = now(), failure = $2::jsonb,
              last_failure = $2::jsonb, last_failure_at = now(), renew_at = null, refresh_lease = null,
              refresh_leased_until = null, revocation = 'done', revocation_at = now(), revocation_failure = null,
              updated_at = now()
        where id = $1`,
      [connectionId, JSON.stringify(failure)],
    );
    await this.channelsDown(tx, connectionId);
    await tx.query('update channels set credentials = null, failure = $2::jsonb where connection_id = $1', [
      connectionId,
      JSON.stringify(failure),
    ]);
  }

  /**
   * Stores a rotated pair before anybody uses it. False when another generation is already there. One that was taken for
   * dead while the platform was still making this pair is alive. What a person gave up meanwhile stays given up: then the
   * pair goes back to the platform. An end that only a person can put off stays theirs: it gets no time of renewal.
   * @param next `same` where the platform found nothing to renew yet: its end stays as it is
   */
  async rotate(
    tx: Transaction,
    connection: ConnectionRecord,
    next: { credentials: JsonObject; expiresAt?: Date; same?: boolean },
  ): Promise<boolean> {
    const credentials = await this.access.encryptConnection(connection.id, next.credentials);
    const before = await row<Pick<ConnectionRecord, 'status' | 'credentials' | 'credential_generation' | 'expires_at'>>(
      tx,
      'select status, credentials, credential_generation, expires_at from connections where id = $1 for update',
      [connection.id],
    );
    if (before?.credential_generation !== connection.credential_generation) return false;
    if (before.credentials === null) {
      await giveBack(tx, connection, { credentials });
      return false;
    }
    await tx.query(
      `update connections set status = 'connected', failure = null, credentials = $2, expires_at = $3,
              credential_generation = credential_generation + 1,
              renew_at = case when expiry_note is null then ${renewAt('$3::timestamptz')} end,
              renew_failures = 0, refresh_lease = null, refresh_leased_until = null, last_success_at = now(),
              updated_at = now() where id = $1`,
      [connection.id, credentials, (next.same ? before.expires_at : next.expiresAt) ?? null],
    );
    if (before.status === 'disconnected') {
      await this.channelsUp(tx, connection.id);
      await tellOfConnection(tx, connection.id, 'reconnected');
    }
    return true;
  }

  /** Takes channels down that the account no longer lists, each with the reason. Their schedules are held, nothing is deleted. */
  async lose(tx: Transaction, channels: readonly ChannelRecord[], failure: Failure): Promise<void> {
    for (const { id, health } of channels) {
      const lost = await row<ChannelRecord>(
        tx,
        `update channels set health = 'disconnected', failure = $2 where id = $1 returning *`,
        [id, JSON.stringify(failure)],
      );
      if (lost && health === 'healthy') await announce(tx, lost, 'channel.disconnected');
    }
  }

  private async channelsDown(tx: Transaction, connectionId: string): Promise<void> {
    // In the order in which everybody locks several channels.
    await tx.query('select 1 from channels where connection_id = $1 order by id for no key update', [connectionId]);
    const down = await rows<ChannelRecord>(
      tx,
      `update channels set health = 'disconnected' where connection_id = $1 and health = 'healthy' returning *`,
      [connectionId],
    );
    for (const channel of down) await announce(tx, channel, 'channel.disconnected');
  }

  private async channelsUp(tx: Transaction, connectionId: string): Promise<void> {
    await tx.query('select 1 from channels where connection_id = $1 order by id for no key update', [connectionId]);
    const up = await rows<ChannelRecord>(
      tx,
      `update channels set health = 'healthy' where connection_id = $1 and health = 'disconnected'
          and failure is null and removed_at is null returning *`,
      [connectionId],
    );
    for (const channel of up) await announce(tx, channel, 'channel.reconnected');
  }

  private async replace(tx: Transaction, oldId: string, newId: string): Promise<void> {
    await tx.query('update channels set connection_id = $2 where connection_id = $1', [oldId, newId]);
    await tx.query('delete from oauth_flows where connection_id = $1', [oldId]);
    await tx.query('delete from connections where id = $1', [oldId]);
  }

  /** Everything that already lives from this connection, in other workspaces too: new credentials revive it. */
  async renewChannels(tx: Transaction, connection: ConnectionRecord, input: Placing): Promise<void> {
    const known = await rows<ChannelRecord>(
      tx,
      'select * from channels where connection_id = $1 and removed_at is null order by id for update',
      [connection.id],
    );
    for (const channel of known) {
      const info = input.channels.find((candidate) => candidate.id === channel.external_id);
      if (info) await this.renew(tx, channel, connection, info);
    }
  }

  /** Those that would be new here; what this workspace has already was agreed to before. */
  async inOtherWorkspaces(tx: Transaction, input: Placing): Promise<Set<string>> {
    const found = await rows<{ external_id: string }>(
      tx,
      `select distinct external_id from channels
        where organization_id = $1 and platform = $2 and practice = $3 and removed_at is null
          and workspace_id <> $4 and external_id = any($5)
          and external_id not in (select external_id from channels
            where workspace_id = $4 and platform = $2 and practice = $3 and removed_at is null)`,
      [input.organizationId, input.platform, input.practice, input.workspaceId, input.channels.map((info) => info.id)],
    );
    return new Set(found.map((channel) => channel.external_id));
  }

  private async upsertChannel(
    tx: Transaction,
    connection: ConnectionRecord,
    input: Placing,
    info: ChannelInfo,
  ): Promise<ChannelRecord> {
    const existing = await row<ChannelRecord>(
      tx,
      `select * from channels where workspace_id = $1 and platform = $2 and practice = $3 and external_id = $4
          and removed_at is null for update`,
      [input.workspaceId, input.platform, input.practice, info.id],
    );
    if (existing) return this.renew(tx, existing, connection, info);
    const id = uuid();
    const created = await row<ChannelRecord>(
      tx,
      `insert into channels (id, organization_id, workspace_id, connection_id, platform, practice, external_id, name, handle,
         url, avatar_url, credentials, details, limits, capabilities, without_settings)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning *`,
      [
        id,
        input.organizationId,
        input.workspaceId,
        connection.id,
        input.platform,
        input.practice,
        info.id,
        ...(await this.columns(id, info)),
      ],
    );
    if (!created) throw new Error('The channel was not stored.');
    return created;
  }

  private async renew(
    tx: Transaction,
    channel: ChannelRecord,
    connection: ConnectionRecord,
    info: ChannelInfo,
  ): Promise<ChannelRecord> {
    const renewed = await row<ChannelRecord>(
      tx,
      `update channels set connection_id = $2, health = 'healthy', failure = null, blocked_until = null, name = $3, handle = $4, url = $5,
         avatar_url = $6, credentials = $7, details = $8, limits = $9, capabilities = $10, without_settings = $11
        where id = $1 returning *`,
      [channel.id, connection.id, ...(await this.columns(channel.id, info))],
    );
    if (!renewed) throw new Error('The channel was not renewed.');
    if (channel.health === 'disconnected') await announce(tx, renewed, 'channel.reconnected');
    return renewed;
  }

  private async columns(channelId: string, info: ChannelInfo): Promise<unknown[]> {
    return [
      info.name,
      info.handle ?? null,
      info.url ?? null,
      info.avatarUrl ?? null,
      info.credentials ? await this.access.encryptChannel(channelId, info.credentials) : null,
      JSON.stringify(info.details ?? {}),
      info.limits ? JSON.stringify(info.limits) : null,
      info.capabilities ? JSON.stringify(info.capabilities) : null,
      [...(info.withoutSettings ?? [])],
    ];
  }
}

async function announce(
  tx: Transaction,
  channel: ChannelRecord,
  topic: 'channel.disconnected' | 'channel.reconnected',
): Promise<void> {
  await publish(tx, { organizationId: channel.organization_id, topic, payload: { channelId: channel.id } });
}

/** 409: two workspaces would publish to one account, and nobody has said yes to that. */
export function sharedAccount(platform: string): Problem {
  return Problem.conflict('This account is already a channel of another workspace of your organization.', {
    errors: [
      {
        field: 'acceptShared',
        rule: 'shared-account',
        message: `Two workspaces would publish to the same ${platform} account.`,
        remedy: 'Send "acceptShared": true if that is what you want, or use the other workspace.',
      },
    ],
  });
}
