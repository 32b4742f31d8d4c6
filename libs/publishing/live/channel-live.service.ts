import { Injectable } from '@nestjs/common';
import { Budgets, type ChannelRecord, differencesOf, PlatformAccess } from '#channels';
import { Database, Problem, row } from '#kernel';
import { PlatformRegistry } from '#platforms';
import {
  type AccountContext,
  type ChannelTerms,
  type ChannelUsage,
  type FormField,
  type LookupAnswer,
  type PlatformAdapter,
  settingsFor,
} from '#platforms/core';
import { ChannelDoor } from './channel-door.js';
import { readRefused } from './failures.js';

/** What was read is good for so long, in milliseconds: usage changes with every post, places do not. */
const USAGE_KEPT_MS = 20_000;
const TERMS_KEPT_MS = 60_000;
/** Whoever is told that nothing can be posted looks again as soon as that is mended. */
const CLOSED_KEPT_MS = 3_000;
const LOOKUP_KEPT_MS = 5 * 60_000;
const MOST_KEPT = 500;
const MOST_FOUND = 20;
/** Of what is offered without a query. */
const MOST_LISTED = 250;

/** A search in a `lookup` setting. */
export interface Lookup {
  setting: string;
  query: string;
  of?: string | undefined;
}

/** A limit, and how much of it is used: in a window that moves, or in a day that ends. */
export interface UsageEntry extends Omit<ChannelUsage, 'windowMs'> {
  /** Null where it is counted by the day. */
  windowMs: number | null;
  /** Null where the window moves. */
  resetsAt: Date | null;
}

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
    private readonly access: PlatformAccess,
    private readonly budgets: Budgets,
  ) {}

  /**
   * How much of the channel's own limits is used, as the platform tells it, and of what this installation's app may use in a day.
   * @throws Problem 404; 409 where the account has to be connected again; 502 with the platform's failure
   */
  async usage(organizationId: string, channelId: string): Promise<UsageEntry[]> {
    const { channel, adapter } = await this.find(organizationId, channelId);
    const [own, shared] = await Promise.all([this.ownUsage(channel, adapter), this.sharedUsage(channel, adapter)]);
    return [...own.map((entry) => ({ ...entry, resetsAt: null })), ...shared];
  }

  private async ownUsage(channel: ChannelRecord, adapter: PlatformAdapter): Promise<ChannelUsage[]> {
    if (!adapter.usage) return [];
    return this.keep(`usage ${channel.id}`, USAGE_KEPT_MS, () =>
      this.ask(channel, (context) => adapter.usage?.(context) ?? Promise.resolve([])),
    );
  }

  /**
   * What the platform finds for a `lookup` setting, at most 20; of one that is listed at most 250, all for an empty query.
   * @param of what was chosen in the setting that this one depends on
   * @throws Problem 404; 422 for a setting that is not looked up, without `of` where that is needed, and where the platform
   * does not take the query; 409 where it does not let the account search; 409 and 502 as `usage`
   */
  async lookup(
    organizationId: string,
    channelId: string,
    { setting, query, of = '' }: Lookup,
  ): Promise<LookupAnswer[]> {
    const { channel, adapter } = await this.find(organizationId, channelId);
    const fields = settingsFor(adapter.manifest.settings, differencesOf(channel));
    const field = fields.find(({ name, type }) => name === setting && type === 'lookup');
    if (!field || !adapter.lookup) throw notLookedUp(adapter, fields, setting);
    if (field.dependsOn !== undefined && of === '') throw needsFirst(field, fields);
    const words = query.trim().replaceAll(/\s+/g, ' ');
    if (words === '' && !field.listed) return [];
    const below = field.dependsOn === undefined ? undefined : of;
    const key = JSON.stringify(['lookup', channel.id, setting, below, words.toLowerCase()]);
    const found = await this.keep(key, LOOKUP_KEPT_MS, () =>
      this.ask(channel, (context) => adapter.lookup?.(context, setting, words, below) ?? Promise.resolve([])),
    );
    return found.slice(0, field.listed ? MOST_LISTED : MOST_FOUND);
  }

  /** What everybody who uses the app shares. */
  private async sharedUsage(channel: ChannelRecord, { manifest }: PlatformAdapter): Promise<UsageEntry[]> {
    const { budgets } = manifest;
    if (!budgets) return [];
    const owner = await this.database.engine(async (tx) => {
      await this.access.readApps(tx);
      const connection = await row<{ way: string | null }>(tx, 'select way from connections where id = $1', [
        channel.connection_id,
      ]);
      return this.access.budgetOwner(manifest, channel.practice, connection?.way);
    });
    const standings = await this.budgets.standings(owner, budgets);
    return standings.map(({ id: _id, ...standing }) => ({ ...standing, windowMs: null }));
  }

  /**
   * What the platform says right now about posting as this account; undefined where it has no such terms.
   * @throws Problem 404; 409 and 502 as `usage`
   */
  async terms(organizationId: string, channelId: string): Promise<ChannelTerms | undefined> {
    const { channel, adapter } = await this.find(organizationId, channelId);
    if (!adapter.terms) return undefined;
    const keptMs = (terms?: ChannelTerms) => (terms?.closed === undefined ? TERMS_KEPT_MS : CLOSED_KEPT_MS);
    return this.keep(`terms ${channel.id}`, keptMs, () =>
      this.ask(channel, (context) => adapter.terms?.(context) ?? Promise.resolve(undefined)),
    );
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
    const asked = await this.door.ask(open, call);
    if ('failure' in asked) throw readRefused(asked.failure);
    return asked.answer;
  }

  /** Whoever asks for the same at the same moment waits for one answer. What failed is asked for again. */
  private keep<T>(key: string, keptMs: number | ((answer: T) => number), read: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.kept.get(key);
    if (known && known.until > now) return known.answer as Promise<T>;
    const answer = read();
    this.kept.delete(key);
    // Before it is known how long it is good for, all who ask wait for the same answer.
    const kept = { until: typeof keptMs === 'number' ? now + keptMs : Number.POSITIVE_INFINITY, answer };
    this.kept.set(key, kept);
    answer.then(
      (found) => {
        if (typeof keptMs !== 'number') kept.until = performance.now() + keptMs(found);
      },
      () => {
        if (this.kept.get(key) === kept) this.kept.delete(key);
      },
    );
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return answer;
  }
}

function notLookedUp({ manifest }: PlatformAdapter, fields: readonly FormField[], setting: string): Problem {
  const known = fields.filter(({ type }) => type === 'lookup').map(({ name }) => name);
  return Problem.validation([
    {
      field: 'setting',
      rule: 'unknown-setting',
      message: `${manifest.name} has no setting "${setting}" that is looked up.`,
      remedy: known.length > 0 ? `Use one of: ${known.join(', ')}.` : `Nothing is looked up on ${manifest.name}.`,
    },
  ]);
}

function needsFirst({ label, dependsOn }: FormField, fields: readonly FormField[]): Problem {
  const first = fields.find(({ name }) => name === dependsOn)?.label ?? dependsOn;
  return Problem.validation([
    {
      field: 'of',
      rule: 'depends-on',
      message: `What there is for ${label} depends on ${first}.`,
      remedy: `Send the value that was chosen for ${first} as "of".`,
    },
  ]);
}
