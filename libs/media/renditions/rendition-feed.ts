import { Injectable } from '@nestjs/common';
import { Database, type Joining, Lookout, rows } from '#kernel';
import { type RenditionState } from './rows.js';

/** How often it is looked while somebody listens. */
const POLL_MS = 1_000;

/** A rendition as it has just become. */
export interface RenditionChange {
  id: string;
  state: RenditionState;
  /** From 0 to 1, while it is made. */
  progress: number | null;
  /** How long the rest may take, in milliseconds. */
  remainingMs: number | null;
  /** The assets that it is made of, each with where it lies. */
  media: readonly { id: string; workspaceId: string }[];
}

/** Somebody who listens. */
interface Listening extends Joining {
  organizationId: string;
  told: (change: RenditionChange) => void;
}

interface Found {
  until: string;
  organization_id: string | null;
  id: string;
  state: RenditionState;
  progress: number | null;
  remaining_ms: number | null;
  media: RenditionChange['media'];
}

/**
 * Tells, for all who listen in this process, how the renditions of their organization go on: one query a second, none while
 * nobody listens. It reads below the oldest transaction that has not ended, so that none is passed by.
 */
@Injectable()
export class RenditionFeed {
  private readonly lookout = new Lookout<Listening>('Live signs of media work', POLL_MS, () => this.look());
  /** All below is told. Means something only while somebody has joined. */
  private seen: string | undefined;

  constructor(private readonly database: Database) {}

  /**
   * @param told hears of every change of the organization: whoever passes it on leaves out workspaces that are hidden
   * @returns what ends it
   */
  subscribe(organizationId: string, told: Listening['told']): () => void {
    return this.lookout.add({ organizationId, told, joined: false });
  }

  private async look(): Promise<void> {
    const listening = this.lookout.listeners;
    const since = listening.some(({ joined }) => joined) ? this.seen : undefined;
    const found = await this.database.engine((tx) => rows<Found>(tx, CHANGED, [since ?? null]));
    this.seen = found[0]?.until;
    for (const one of listening) one.joined = true;
    for (const one of found) this.tell(one);
  }

  private tell({ organization_id: where, id, state, progress, remaining_ms: remainingMs, media }: Found): void {
    for (const { organizationId, told } of this.lookout.listeners) {
      if (organizationId === where) told({ id, state, progress, remainingMs, media });
    }
  }
}

/** $1 from where on; null = only say where the end is. */
const CHANGED = `
with here as (select pg_snapshot_xmin(pg_current_snapshot()) as until)
select here.until::text, c.*
  from here left join lateral (
    select r.organization_id, r.id, r.state, r.progress, r.remaining_ms,
           coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'workspaceId', a.workspace_id) order by a.id)
                       from media_assets a where a.organization_id = r.organization_id and a.digest = r.source_digest
                        and a.deleted_at is null), '[]') as media
      from renditions r where r.xid >= $1::xid8 and r.xid < here.until) c on true`;
