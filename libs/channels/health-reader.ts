import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure } from '#platforms/core';
import { wayOf } from './app-names.js';
import {
  type ConnectionHealth,
  type DatedFailure,
  healthStatus,
  missingScopes,
  newer,
  renewsByItself,
  revocationOf,
  type ServedWorkspace,
} from './connection-health.js';
import { type ConnectionRecord } from './records.js';

interface ServedChannel {
  id: string;
  platform: string;
  name: string;
  connection_id: string;
  workspace_id: string;
  workspace_name: string;
}

/** Tells how connections fare. What was published, and what failed, is read where it is written anyway. */
@Injectable()
export class HealthReader {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly registry: PlatformRegistry,
  ) {}

  /**
   * By the connection's id.
   * @param tx one of `Database.organization`: a connection may serve workspaces that the asker does not see
   * @param visible the workspaces that are named; all others are counted. null = all of the organization
   */
  async read(
    tx: Transaction,
    connections: readonly ConnectionRecord[],
    visible: readonly string[] | null,
  ): Promise<(connection: ConnectionRecord) => ConnectionHealth> {
    const ids = connections.map(({ id }) => id);
    const channels = await rows<ServedChannel>(tx, CHANNELS, [ids]);
    const published = await rows<{ id: string; at: Date | null }>(tx, LAST_PUBLISHED, [ids]);
    const failed = await rows<{ id: string; at: Date; failure: Failure }>(tx, LAST_FAILED, [ids, visible]);
    const now = this.clock.now();
    return (connection) => {
      const { id } = connection;
      const adapter = this.registry.find(connection.platform)?.adapter;
      const revokeByHand = (adapter && wayOf(adapter.manifest, connection.way)?.revokeByHand) ?? null;
      const failures = failed.filter((one) => one.id === id).map(({ at, failure }) => ({ at, failure }));
      return {
        status: healthStatus(connection, adapter, now),
        validUntil: connection.expires_at,
        expiryNote: connection.expiry_note,
        renewsAt: renewsByItself(connection, adapter) ? connection.renew_at : null,
        renewFailures: connection.renew_failures,
        missingScopes: missingScopes(connection, adapter?.manifest),
        lastSuccessAt: latest([
          connection.last_success_at,
          ...published.filter((one) => one.id === id).map((p) => p.at),
        ]),
        lastFailure: failures.reduce<DatedFailure | null>(newer, ownFailure(connection)),
        ...served(
          channels.filter((channel) => channel.connection_id === id),
          visible,
        ),
        revocable: adapter?.revoke !== undefined && revokeByHand === null,
        revokeByHand,
        revocation: revocationOf(connection),
      };
    };
  }
}

/** Names where they may be told, counts where not. */
function served(
  channels: readonly ServedChannel[],
  visible: readonly string[] | null,
): Pick<ConnectionHealth, 'workspaces' | 'hidden'> {
  const workspaces = new Map<string, ServedWorkspace>();
  const hidden = new Set<string>();
  let hiddenChannels = 0;
  for (const { id, platform, name, workspace_id: workspaceId, workspace_name: workspaceName } of channels) {
    if (visible !== null && !visible.includes(workspaceId)) {
      hidden.add(workspaceId);
      hiddenChannels += 1;
      continue;
    }
    const workspace = workspaces.get(workspaceId) ?? { id: workspaceId, name: workspaceName, channels: [] };
    workspace.channels.push({ id, platform, name });
    workspaces.set(workspaceId, workspace);
  }
  return { workspaces: [...workspaces.values()], hidden: { workspaces: hidden.size, channels: hiddenChannels } };
}

function ownFailure({ last_failure: failure, last_failure_at: at }: ConnectionRecord): DatedFailure | null {
  return failure && at && { at, failure };
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((a, b) => (a && b ? (a > b ? a : b) : (a ?? b)), null);
}

/** $1 connections. */
const CHANNELS = `
select ch.id, ch.platform, ch.name, ch.connection_id, ch.workspace_id, w.name as workspace_name
  from channels ch join workspaces w on w.id = ch.workspace_id
 where ch.connection_id = any($1) and ch.removed_at is null
 order by w.name, w.id, ch.created_at, ch.id`;

/** By the account of each channel, as `segments_claimed` is sorted: one look into the index for each channel. */
const LAST_PUBLISHED = `
select ch.connection_id as id, max(s.at) as at
  from channels ch cross join lateral (
    select max(published_at) as at from segments
     where platform_object_id is not null and channel_id = ch.id
       and platform_account
         = concat_ws(':', ch.platform, case when ch.practice then 'practice' else 'real' end, ch.external_id)) s
 where ch.connection_id = any($1) and ch.removed_at is null group by 1`;

/** $2 the workspaces whose failures may be told. What a post itself was refused for says nothing about its connection. */
const LAST_FAILED = `
select ch.connection_id as id, p.updated_at as at, p.failure
  from channels ch cross join lateral (
    select updated_at, failure from publications
     where channel_id = ch.id and state in ('failed', 'unconfirmed')
       and failure ->> 'kind' in ('auth', 'permission', 'rate-limit', 'unavailable')
     order by due_at desc limit 1) p
 where ch.connection_id = any($1) and ch.removed_at is null and ($2::uuid[] is null or ch.workspace_id = any($2))`;
