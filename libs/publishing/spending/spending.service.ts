import { Injectable } from '@nestjs/common';
import { Database, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type PricedCost, roundedUsd, sumUsd } from '#platforms/core';
import { type PublicationRecord } from '../store/index.js';

/** How often something that has a price was used, and what that came to. */
export interface PriceSum extends PricedCost {
  platform: string;
}

/** What was spent for one channel. */
export interface ChannelSpending {
  /** Null = for the connecting of accounts, before they had a channel. */
  channelId: string | null;
  name: string | null;
  platform: string;
  usd: number;
  prices: PriceSum[];
}

/** What was spent in a time: in all, by price, by channel; the dearest first. */
export interface SpendingSums {
  usd: number;
  prices: PriceSum[];
  channels: ChannelSpending[];
}

/** What a workspace spent, and apart from it what practice would have cost. */
export interface WorkspaceSpending extends SpendingSums {
  practice: SpendingSums;
}

interface SumRow extends PricedCost {
  channel_id: string | null;
  name: string | null;
  platform: string;
  practice: boolean;
}

/** What using platforms has cost. */
@Injectable()
export class SpendingService {
  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** What a workspace spent from an instant up to another one. */
  async ofWorkspace(organizationId: string, workspaceId: string, from: Date, to: Date): Promise<WorkspaceSpending> {
    const found = await this.database.tenant(organizationId, (tx) => rows<SumRow>(tx, SUMS, [workspaceId, from, to]));
    const live = found.filter(({ practice }) => !practice);
    return { ...sumsOf(live), practice: sumsOf(found.filter(({ practice }) => practice)) };
  }

  /** What publications have cost so far, in US dollars, by id; null on a platform that costs nothing. */
  async ofPublications(
    tx: Transaction,
    publications: readonly Pick<PublicationRecord, 'id'>[],
  ): Promise<Map<string, number | null>> {
    const found = await rows<{ id: string; platform: string; usd: number }>(
      tx,
      `select p.id, c.platform, coalesce((select sum(s.usd) from spending s where s.publication_id = p.id), 0)::float8 as usd
         from publications p join channels c on c.id = p.channel_id where p.id = any($1)`,
      [publications.map(({ id }) => id)],
    );
    return new Map(found.map(({ id, platform, usd }) => [id, this.isPaidFor(platform) ? roundedUsd(usd) : null]));
  }

  private isPaidFor(platform: string): boolean {
    return this.platforms.find(platform)?.adapter.manifest.prices !== undefined;
  }
}

const SUMS = `
select s.channel_id, c.name, s.platform, s.practice, s.price, (array_agg(s.label order by s.at desc))[1] as label,
       sum(s.count)::integer as count, sum(s.usd)::float8 as usd
  from spending s left join channels c on c.id = s.channel_id
 where s.workspace_id = $1 and s.at >= $2 and s.at < $3
 group by s.channel_id, c.name, s.platform, s.practice, s.price
 order by sum(s.usd) desc, s.platform, s.price, s.channel_id`;

function sumsOf(found: readonly SumRow[]): SpendingSums {
  const channels = grouped(found, ({ channel_id, platform }) => `${platform} ${channel_id}`).map((own) => {
    const [first] = own;
    return {
      ...{ channelId: first.channel_id, name: first.name, platform: first.platform },
      usd: sumUsd(own),
      prices: own.map(priceSum),
    };
  });
  const prices = grouped(found, ({ platform, price }) => `${platform} ${price}`).map((own) => ({
    ...priceSum(own[0]),
    count: own.reduce((sum, { count }) => sum + count, 0),
    usd: sumUsd(own),
  }));
  return { usd: sumUsd(found), prices: prices.toSorted(dearest), channels: channels.toSorted(dearest) };
}

function priceSum({ platform, price, label, count, usd }: SumRow): PriceSum {
  return { platform, price, label, count, usd: roundedUsd(usd) };
}

function dearest(one: { usd: number }, other: { usd: number }): number {
  return other.usd - one.usd;
}

function grouped(found: readonly SumRow[], key: (row: SumRow) => string): [SumRow, ...SumRow[]][] {
  const groups = new Map<string, [SumRow, ...SumRow[]]>();
  for (const one of found) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups.values()];
}
