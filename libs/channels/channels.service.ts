import { Injectable } from '@nestjs/common';
import { Database, Problem, publish, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type PlatformLimits, type PlatformManifest } from '#platforms/core';
import { type ChannelRecord } from './records.js';

/** A channel as the API shows it. */
export interface ChannelView {
  id: string;
  connectionId: string;
  platform: string;
  practice: boolean;
  name: string;
  handle: string | null;
  url: string | null;
  avatarUrl: string | null;
  health: ChannelRecord['health'];
  paused: boolean;
  blockedUntil: Date | null;
  limits: PlatformLimits;
}

/** A channel with what its content is checked against. */
export interface ChannelRules {
  channel: ChannelRecord;
  manifest: PlatformManifest;
  limits: PlatformLimits;
}

/** Channels of a workspace. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
  ) {}

  async list(organizationId: string, workspaceId: string): Promise<ChannelView[]> {
    return this.database.tenant(organizationId, async (tx) => {
      const workspace = await row(tx, 'select id from workspaces where id = $1', [workspaceId]);
      if (!workspace) throw Problem.notFound();
      const channels = await rows<ChannelRecord>(
        tx,
        'select * from channels where workspace_id = $1 and removed_at is null order by created_at, id',
        [workspaceId],
      );
      return channels.map((channel) => this.view(channel));
    });
  }

  /** Stops or resumes everything of a channel. What is between fence and outcome is not touched. */
  async setPaused(organizationId: string, id: string, paused: boolean): Promise<ChannelView> {
    return this.database.tenant(organizationId, async (tx) => {
      const channel = await row<ChannelRecord>(
        tx,
        `update channels set paused_at = case when $2 then coalesce(paused_at, now()) end
          where id = $1 and removed_at is null returning *`,
        [id, paused],
      );
      if (!channel) throw Problem.notFound();
      await publish(tx, { organizationId, topic: 'pause.changed', payload: { channelId: id } });
      return this.view(channel);
    });
  }

  /** The channels of a workspace by id, with the rules that their content is checked against. */
  async rules(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, ChannelRules>> {
    const channels = await rows<ChannelRecord>(
      tx,
      'select * from channels where workspace_id = $1 and id = any($2) and removed_at is null',
      [workspaceId, ids],
    );
    return new Map(
      channels.map((channel) => {
        const { manifest } = this.registry.get(channel.platform).adapter;
        return [channel.id, { channel, manifest, limits: channel.limits ?? manifest.limits }];
      }),
    );
  }

  private view(channel: ChannelRecord): ChannelView {
    return {
      id: channel.id,
      connectionId: channel.connection_id,
      platform: channel.platform,
      practice: channel.practice,
      name: channel.name,
      handle: channel.handle,
      url: channel.url,
      avatarUrl: channel.avatar_url,
      health: channel.health,
      paused: channel.paused_at !== null,
      blockedUntil: channel.blocked_until,
      limits: channel.limits ?? this.registry.get(channel.platform).adapter.manifest.limits,
    };
  }
}
