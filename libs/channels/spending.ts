import { Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { type Database, type Transaction } from '#kernel';
import {
  type Cost,
  type JsonObject,
  type PlatformManifest,
  type PricedCost,
  pricedCosts,
  roundedUsd,
} from '#platforms/core';
import { type OpenChannel, type OpenConnection } from './platform-access.js';

/** For what something was used that has a price. */
export interface Spender {
  organizationId: string;
  /** Null = for a sign-in as a whole, which may serve several workspaces. */
  workspaceId: string | null;
  channelId: string | null;
  publicationId: string | null;
  platform: string;
  practice: boolean;
}

/** A use of a platform that has a price, to be written down once. */
export interface Spent extends Spender, PricedCost {
  id: string;
}

const logger = new Logger('Spending');

/** Collects what calls to a platform use that has a price, until it is written down. */
export class Purse {
  private open: readonly Spent[] = [];

  constructor(
    private readonly manifest: PlatformManifest,
    private readonly spender: Spender,
  ) {}

  /** For `CallOptions.spend`. What has no price in the manifest is a fault of the adapter's, and no reason to end its call. */
  readonly spend = (cost: Cost): void => {
    try {
      const priced = pricedCosts(this.manifest, [cost]);
      this.open = [...this.open, ...priced.map((one) => ({ id: uuid(), ...this.spender, ...one }))];
    } catch (error) {
      logger.error({ err: error, platform: this.manifest.id }, 'Something was used whose price nobody knows.');
    }
  };

  /** What is not written down yet. */
  get spent(): readonly Spent[] {
    return this.open;
  }

  /** It is written down. */
  settled(spent: readonly Spent[]): void {
    this.open = this.open.filter((one) => !spent.includes(one));
  }
}

/** A purse for calls with an open channel or connection. */
export function purseOf(open: OpenConnection | OpenChannel, publicationId: string | null = null): Purse {
  const { organization_id: organizationId, platform, practice } = open.connection;
  const channel = 'channel' in open ? open.channel : undefined;
  return new Purse(open.adapter.manifest, {
    ...{ organizationId, platform, practice, publicationId },
    workspaceId: channel?.workspace_id ?? null,
    channelId: channel?.id ?? null,
  });
}

/** What was spent, as evidence in the publishing log. */
export function costsAsEvidence(spent: readonly Spent[]): JsonObject {
  return spent.length === 0 ? {} : { costs: costsOf(spent).map((cost): JsonObject => ({ ...cost })) };
}

/** What was spent, each price once. */
function costsOf(spent: readonly Spent[]): PricedCost[] {
  const costs = new Map<string, PricedCost>();
  for (const { price, label, count, usd } of spent) {
    const known = costs.get(price);
    costs.set(price, { price, label, count: count + (known?.count ?? 0), usd: roundedUsd(usd + (known?.usd ?? 0)) });
  }
  return [...costs.values()];
}

/** Writes down what was spent. The same may be written twice: it counts once. */
export async function writeSpending(tx: Transaction, spent: readonly Spent[]): Promise<void> {
  if (spent.length === 0) return;
  await tx.query(
    `insert into spending (id, organization_id, workspace_id, channel_id, publication_id, platform, practice, price, label,
       count, usd)
     select s.id, s."organizationId", s."workspaceId", s."channelId", s."publicationId", s.platform, s.practice, s.price,
            s.label, s.count, s.usd
       from jsonb_to_recordset($1::jsonb) as s(
         id uuid, "organizationId" uuid, "workspaceId" uuid, "channelId" uuid, "publicationId" uuid, platform text,
         practice boolean, price text, label text, count integer, usd numeric)
     on conflict (id) do nothing`,
    [JSON.stringify(spent)],
  );
}

/** Writes down what is left in a purse, after calls that no log entry tells of. It never ends what the calls were for. */
export async function settle(database: Database, purse: Purse): Promise<void> {
  const { spent } = purse;
  if (spent.length === 0) return;
  try {
    await database.engine((tx) => writeSpending(tx, spent));
    purse.settled(spent);
  } catch (error) {
    logger.error({ err: error, costs: costsOf(spent) }, 'What was spent could not be written down.');
  }
}
