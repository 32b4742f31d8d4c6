import { Injectable } from '@nestjs/common';
import { type OpenChannel } from '#channels';
import { Database, type Exchange, rows } from '#kernel';
import { type JsonObject, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { type SegmentRecord } from '../store/index.js';
import { type Possession } from './possession.js';

const LOOK_TIMEOUT_MS = 20_000;

/** What is known of a fence after looking. */
export type Look = Reconciliation & { exchanges: Exchange[] };

/** Looks on the platform whether a fenced segment is there. */
@Injectable()
export class Looking {
  constructor(private readonly database: Database) {}

  /** Throws what the adapter throws when it could not look. */
  async look(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    draft: SegmentDraft,
    exchanges: Exchange[],
  ): Promise<Look> {
    if (segment.prepared === null || segment.fenced_at === null) {
      throw new Error(`Segment ${segment.id} was never fenced: there is nothing to look for.`);
    }
    const context = open.context({ timeoutMs: LOOK_TIMEOUT_MS, record: (exchange) => exchanges.push(exchange) });
    const claimed = await this.claimed(open, segment);
    const found = await open.adapter.reconcile(context, {
      prepared: segment.prepared,
      draft,
      since: segment.fenced_at,
      claimed,
    });
    if (found.outcome === 'repeatable' && found.until <= possession.now()) {
      return { outcome: 'unknown', evidence: { ...found.evidence, why: 'The key is no longer valid.' }, exchanges };
    }
    if (found.outcome === 'published' && claimed.has(found.receipt.id)) {
      const evidence: JsonObject = { ...found.evidence, why: 'What was found belongs to another publication.' };
      return { outcome: 'unknown', evidence, exchanges };
    }
    return { ...found, exchanges };
  }

  /** What other publications own on the same outside account, in whichever workspace their channel is. */
  private async claimed(open: OpenChannel, segment: SegmentRecord): Promise<Set<string>> {
    const owned = await this.database.engine((tx) =>
      rows<{ platform_object_id: string }>(
        tx,
        `select s.platform_object_id from channels c join segments s on s.channel_id = c.id
          where c.platform = $1 and c.practice = $2 and c.external_id = $3
            and s.platform_object_id is not null and s.id <> $4
            and s.published_at > $5::timestamptz - interval '1 day'`,
        [open.channel.platform, open.channel.practice, open.channel.external_id, segment.id, segment.fenced_at],
      ),
    );
    return new Set(owned.map((row) => row.platform_object_id));
  }
}
