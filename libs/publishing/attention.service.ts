import { Injectable } from '@nestjs/common';
import { Database, rows } from '#kernel';
import { type PublicationRecord } from './store/index.js';

/** States in which a publication waits for a person, or for what the person has to mend. */
export const ATTENTION_STATES = ['failed', 'held', 'unconfirmed'] as const;
export type AttentionState = (typeof ATTENTION_STATES)[number];

/** Where a page of the list ended. */
export interface AttentionPosition {
  /** To the microsecond, which a `Date` would cut off: `2026-05-04T09:00:00.123456Z`. */
  updatedAt: string;
  id: string;
}

/** A publication with its channel's platform and name. */
export interface AttentionRecord extends PublicationRecord {
  platform: string;
  channel_name: string;
  /** `AttentionPosition.updatedAt` of this one. */
  position: string;
}

/** What support staff look at. */
@Injectable()
export class AttentionService {
  constructor(private readonly database: Database) {}

  /** Publications of an organization that need attention, the one that changed last first. */
  async list(
    organizationId: string,
    input: {
      limit: number;
      after?: AttentionPosition | undefined;
      state?: AttentionState | undefined;
      channelId?: string | undefined;
    },
  ): Promise<AttentionRecord[]> {
    const { after, limit, state, channelId } = input;
    return this.database.tenant(organizationId, (tx) =>
      rows<AttentionRecord>(
        tx,
        `select p.*, c.platform, c.name as channel_name,
                to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
           from publications p join channels c on c.id = p.channel_id
          where p.organization_id = $1 and p.state in ('failed', 'held', 'unconfirmed')
            and ($2::text is null or p.state = $2) and ($3::uuid is null or p.channel_id = $3)
            and ($4::timestamptz is null or (p.updated_at, p.id) < ($4, $5::uuid))
          order by p.updated_at desc, p.id desc limit $6`,
        [organizationId, state ?? null, channelId ?? null, after?.updatedAt ?? null, after?.id ?? null, limit],
      ),
    );
  }
}
