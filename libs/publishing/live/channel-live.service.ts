import { Injectable } from '@nestjs/common';
import { type ChannelRecord } from '#channels';
import { Database, Problem, row } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type AccountContext, type ChannelUsage, type LookupAnswer, type PlatformAdapter } from '#platforms/core';
import { ChannelDoor } from './channel-door.js';
import { platformFailure } from './failures.js';

/** What was read is good for so long, in milliseconds: usage changes with every post, places do not. */
const USAGE_KEPT_MS = 20_000;
const LOOKUP_KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;
const MOST_FOUND = 20;

interface Kept {
  until: number;
  answer: Promise<unknown>;
}

/** What people read from a platform while they write: how much of its limits is used, and what it finds for a setting. */
@Injectable()
export class ChannelLiveService {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
    private readonly door: ChannelDoor,
  ) {}

  /**
   * How much of the channel's own limits is used; empty where the platform tells none.
   * @throws Problem 404; 409 where the account has to be connected again; 502 with the platform's failure
   */
  async usage(organizationId: string, channelId: string): Promise<ChannelUsage[]> {
    const { channel, adapter } = await this.find(organizationId, channelId);
    if (!adapter.usage) return [];
    return this.keep(`usage ${channel.id}`, USAGE_KEPT_MS, () =>
      this.ask(channel, (context) => adapter.usage?.(context) ?? Promise.resolve([])),
    );
  }

  /**
   * What the platform finds for a `lookup` setting, at most 20.
   * @throws Problem 404; 422 for a setting that is not looked up; 409 and 502 as `usage`
   */
  async lookup(organizationId: string, channelId: string, setting: string, query: string): Promise<LookupAnswer[]> {
    const { channel, adapter } = await this.find(organizationId, channelId);
    const field = adapter.manifest.settings.find(({ name, type }) => name === setting && type === 'lookup');
    if (!field || !adapter.lookup) throw notLookedUp(adapter, setting);
    const words = query.trim().replaceAll(/\s+/g, ' ');
    if (words === '') return [];
    const found = await this.keep(`lookup ${channel.id} ${setting} ${words.toLowerCase()}`, LOOKUP_KEPT_MS, () =>
      this.ask(channel, (context) => adapter.lookup?.(context, setting, words) ?? Promise.resolve([])),
    );
    return found.slice(0, MOST_FOUND);
  }

  private async find(organizationId: string, channelId: string) {
    const channel = await this.database.tenant(organizationId, (tx) =>
      row<ChannelRecord>(tx, 'select * from channels where id = $1 and removed_at is null', [channelId]),
    );
    if (!channel) throw Problem.notFound();
    return { channel, adapter: this.platforms.get(channel.platform).adapter };
  }

  private async ask<T>(channel: ChannelRecord, call: (context: AccountContext) => Promise<T>): Promise<T> {
    const open = await this.door.open(channel.id);
    const asked = await this.door.ask(open, [], call);
    if ('failure' in asked) throw platformFailure(asked.failure);
    return asked.answer;
  }

  /** Whoever asks for the same at the same moment waits for one answer. What failed is asked for again. */
  private keep<T>(key: string, keptMs: number, read: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.kept.get(key);
    if (known && known.until > now) return known.answer as Promise<T>;
    const answer = read();
    this.kept.delete(key);
    this.kept.set(key, { until: now + keptMs, answer });
    answer.catch(() => {
      if (this.kept.get(key)?.answer === answer) this.kept.delete(key);
    });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return answer;
  }
}

function notLookedUp({ manifest }: PlatformAdapter, setting: string): Problem {
  const known = manifest.settings.filter(({ type }) => type === 'lookup').map(({ name }) => name);
  return Problem.validation([
    {
      field: 'setting',
      rule: 'unknown-setting',
      message: `${manifest.name} has no setting "${setting}" that is looked up.`,
      remedy: known.length > 0 ? `Use one of: ${known.join(', ')}.` : `Nothing is looked up on ${manifest.name}.`,
    },
  ]);
}
