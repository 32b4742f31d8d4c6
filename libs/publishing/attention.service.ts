import { Injectable } from '@nestjs/common';
import { Database, rows } from '#kernel';
import {
  type AttentionFilter,
  type AttentionPosition,
  causesStatement,
  pageStatement,
  selectionStatement,
} from './attention-search.js';
import { ATTENTION_STATES, type AttentionState, type Cause } from './rules/index.js';
import { segmentsOf, type SegmentProgress } from './segments.js';
import { SpendingService } from './spending/index.js';
import { type PublicationRecord } from './store/index.js';

/** A publication that needs attention, with what names it to people. */
export interface AttentionRecord extends PublicationRecord {
  cause: Cause;
  platform: string;
  channel_name: string;
  workspace_name: string;
  /** The beginning of what the channel gets. */
  text: string;
  segments: SegmentProgress[];
  /** What it has cost so far, in US dollars; null where the platform costs nothing. */
  cost: number | null;
  /** `AttentionPosition.updatedAt` of this one. */
  position: string;
}

/** The publications that share a cause. */
export interface CauseRecord {
  cause: Cause;
  state: AttentionState;
  count: number;
  oldest_due_at: Date;
  /** Ids, sorted. */
  platforms: string[];
}

/** A publication as it was when somebody chose it. */
export interface SelectedPublication {
  id: string;
  version: number;
}

/** What waits for somebody to look: what failed, is held, is unconfirmed or late. Lateness goes by the database's time. */
@Injectable()
export class AttentionService {
  constructor(
    private readonly database: Database,
    private readonly spending: SpendingService,
  ) {}

  /** Publications of an organization that need attention, the one that changed last first. */
  async list(
    organizationId: string,
    filter: AttentionFilter,
    page: { limit: number; after?: AttentionPosition | undefined },
  ): Promise<AttentionRecord[]> {
    const { sql, parameters } = pageStatement(organizationId, filter, page);
    return this.database.tenant(organizationId, async (tx) => {
      const found = await rows<Omit<AttentionRecord, 'segments' | 'cost'>>(tx, sql, parameters);
      const segments = await segmentsOf(tx, found);
      const costs = await this.spending.ofPublications(tx, found);
      return found.map((record) => ({
        ...record,
        segments: segments.get(record.id) ?? [],
        cost: costs.get(record.id) ?? null,
      }));
    });
  }

  /** All of them by their cause, the worst first: by state, then the most frequent. */
  async causes(organizationId: string, filter: AttentionFilter): Promise<CauseRecord[]> {
    const { sql, parameters } = causesStatement(organizationId, filter);
    const found = await this.database.tenant(organizationId, (tx) => rows<CauseRecord>(tx, sql, parameters));
    const rank = ({ state }: CauseRecord) => ATTENTION_STATES.indexOf(state);
    return found.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count || (a.cause < b.cause ? -1 : 1));
  }

  /** The first `limit` of them in the order of their ids, and how many there are in all. */
  async select(
    organizationId: string,
    filter: AttentionFilter,
    limit: number,
  ): Promise<{ items: SelectedPublication[]; total: number }> {
    const { sql, parameters } = selectionStatement(organizationId, filter, limit);
    const found = await this.database.tenant(organizationId, (tx) =>
      rows<SelectedPublication & { total: number }>(tx, sql, parameters),
    );
    return { items: found.map(({ id, version }) => ({ id, version })), total: found[0]?.total ?? 0 };
  }
}
