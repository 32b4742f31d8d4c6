import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Database, Problem, rows } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type ChannelTerms } from '#platforms/core';
import { ChannelLiveService } from './channel-live.service.js';

/** However slow platforms are, whoever schedules a post waits no longer, in milliseconds. */
const LONGEST_MS = 5_000;
/** While people write, one that could not be asked is not asked at every key, in milliseconds. */
const FAILED_MS = 10_000;
/** Of how many channels it is kept in memory whether their platforms have terms. */
const MOST_KNOWN = 5_000;

/** What a platform says of posting as an account, or that it could not be asked. */
export type AskedTerms = { terms: ChannelTerms } | { unknown: true };

/** Nobody was asked. */
export const NOT_ASKED: ReadonlyMap<string, AskedTerms> = new Map();

/** Asks what platforms say right now of several channels at once, for checks that must not take long. */
@Injectable()
export class AskedTermsService {
  private readonly logger = new Logger(AskedTermsService.name);
  /** Whether a channel's platform has terms at all: that never changes. */
  private readonly known = new Map<string, boolean>();
  /** Until when a channel's platform is not asked again, by the monotonic clock. */
  private readonly failed = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
    private readonly live: ChannelLiveService,
  ) {}

  /** Whether any platform here has terms. */
  get any(): boolean {
    return this.platforms.all().some(({ adapter }) => adapter.terms !== undefined);
  }

  /** By channel id, without those whose platform has no terms, or that are not there. Never throws for what a platform does. */
  async ask(organizationId: string, channelIds: readonly string[]): Promise<ReadonlyMap<string, AskedTerms>> {
    const asked = await this.withTerms(organizationId, [...new Set(channelIds)]);
    if (asked.length === 0) return NOT_ASKED;
    const over = new AbortController();
    const late = wait(LONGEST_MS, undefined, { signal: over.signal }).catch(() => undefined);
    const answers = await Promise.all(
      asked.map(async (id) => [id, await Promise.race([this.one(organizationId, id), late])] as const),
    );
    over.abort();
    return new Map(answers.flatMap(([id, answer]) => (answer === 'none' ? [] : [[id, answer ?? { unknown: true }]])));
  }

  private async one(organizationId: string, channelId: string): Promise<AskedTerms | 'none'> {
    if ((this.failed.get(channelId) ?? 0) > performance.now()) return { unknown: true };
    try {
      const terms = await this.live.terms(organizationId, channelId);
      return terms ? { terms } : 'none';
    } catch (error) {
      // Whoever asks has the channel named as missing by other rules.
      if (error instanceof Problem && error.slug === 'not-found') return 'none';
      if (!(error instanceof Problem)) this.logger.error({ err: error, channelId }, 'Terms could not be asked for.');
      if (this.failed.size > MOST_KNOWN) this.failed.clear();
      this.failed.set(channelId, performance.now() + FAILED_MS);
      return { unknown: true };
    }
  }

  private async withTerms(organizationId: string, channelIds: readonly string[]): Promise<string[]> {
    const have = this.platforms
      .all()
      .filter(({ adapter }) => adapter.terms !== undefined)
      .map(({ adapter }) => adapter.manifest.id);
    const unknown = channelIds.filter((id) => !this.known.has(id));
    if (have.length > 0 && unknown.length > 0) {
      const found = await this.database.tenant(organizationId, (tx) =>
        rows<{ id: string; platform: string }>(tx, 'select id, platform from channels where id = any($1)', [unknown]),
      );
      if (this.known.size + found.length > MOST_KNOWN) this.known.clear();
      for (const { id, platform } of found) this.known.set(id, have.includes(platform));
    }
    return channelIds.filter((id) => this.known.get(id));
  }
}
