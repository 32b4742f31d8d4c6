import { Injectable } from '@nestjs/common';
import { Database, Problem, publish, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Capabilities, type Failure, type PlatformLimits, type PlatformManifest } from '#platforms/core';
import { type ChannelRecord } from './records.js';
import { scheduledOn } from './scheduled.js';

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
  failure: Failure | null;
  paused: boolean;
  blockedUntil: Date | null;
  limits: PlatformLimits;
  /** Of an ordinary post; a format may have less. */
  capabilities: Capabilities;
  /** Names of settings that this channel does not have. */
  withoutSettings: string[];
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

  /**
   * Takes a channel off the list; what was published through it stays known. It comes back when somebody connects it again.
   * @throws Problem 409 while something is scheduled on it
   */
  async remove(organizationId: string, id: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      // Stronger than the lock that a new publication takes on its channel: none begins while this one counts.
      const channel = await row<ChannelRecord>(
        tx,
        'select * from channels where id = $1 and removed_at is null for update',
        [id],
      );
      if (!channel) throw Problem.notFound();
      const scheduled = (await scheduledOn(tx, [id])).get(id) ?? 0;
      if (scheduled > 0) throw stillScheduled(channel.name, scheduled);
      // What was accepted for it in this very moment is held as on any channel that is down, and never lost.
      await tx.query(
        `update channels set removed_at = now(), health = 'disconnected', credentials = null where id = $1`,
        [id],
      );
      await publish(tx, { organizationId, topic: 'channel.disconnected', payload: { channelId: id } });
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
    const { manifest } = this.registry.get(channel.platform).adapter;
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
      failure: channel.failure,
      paused: channel.paused_at !== null,
      blockedUntil: channel.blocked_until,
      limits: channel.limits ?? manifest.limits,
      capabilities: { ...manifest.capabilities, ...channel.capabilities },
      withoutSettings: channel.without_settings,
    };
  }
}

function stillScheduled(name: string, count: number): Problem {
  const what = count === 1 ? '1 publication is' : `${count} publications are`;
  return Problem.conflict(`${what} still scheduled on ${name}, so it was not removed.`, {
    errors: [
      {
        field: 'id',
        rule: 'still-scheduled',
        message: `${what} scheduled on this channel.`,
        remedy: 'Cancel what is scheduled there, or move it to another channel; then remove the channel.',
      },
    ],
    extra: { scheduled: count },
  });
}
