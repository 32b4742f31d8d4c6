import { Injectable } from '@nestjs/common';
import { Database, type Joining, Lookout, rows } from '#kernel';
import { type Person } from './preferences.js';

/** How often it is looked while somebody listens. */
const POLL_MS = 1_000;

/** A post of which something happened that no publication tells: what it says, who approved, what was said about it. */
export interface PostChange {
  workspaceId: string;
  postId: string;
}

/** Somebody who listens. */
export interface LiveListener {
  /** Their notifications changed, or they have just begun to listen. */
  notified: () => void;
  /** Something happened to a post of their organization. */
  postChanged: (change: PostChange) => void;
}

interface Listening extends Person, Joining {
  listener: LiveListener;
}

/**
 * Tells, for all who listen in this process, whose notifications changed and which posts: one query a second, none while nobody
 * listens. It reads below the oldest transaction that has not ended, so that none is passed by. Whoever begins to listen is told at
 * once: what changed before is theirs to load.
 */
@Injectable()
export class LiveFeed {
  private readonly lookout = new Lookout<Listening>('Live notifications', POLL_MS, () => this.look());
  /** All below is told. Means something only while somebody has joined. */
  private seen: string | undefined;

  constructor(private readonly database: Database) {}

  /** @returns what ends it */
  subscribe({ organizationId, userId }: Person, listener: LiveListener): () => void {
    return this.lookout.add({ organizationId, userId, listener, joined: false });
  }

  private async look(): Promise<void> {
    const listening = this.lookout.listeners;
    const since = listening.some(({ joined }) => joined) ? this.seen : undefined;
    const found = await this.database.engine((tx) => rows<Changed>(tx, CHANGED, [since ?? null]));
    this.seen = found[0]?.until;
    for (const one of listening) this.tell(one, found);
  }

  private tell(one: Listening, found: readonly Changed[]): void {
    if (!this.lookout.has(one)) return;
    const { organizationId, userId, joined, listener } = one;
    one.joined = true;
    const own = found.filter(({ organization_id: where }) => where === organizationId);
    if (!joined || own.some(({ user_id: who }) => who === userId)) listener.notified();
    for (const { workspace_id: workspaceId, post_id: postId } of own) {
      if (workspaceId !== null && postId !== null) listener.postChanged({ workspaceId, postId });
    }
  }
}

/** Whose notifications changed, or which post; all null where nothing did. */
interface Changed {
  until: string;
  organization_id: string | null;
  user_id: string | null;
  workspace_id: string | null;
  post_id: string | null;
}

/** $1 from where on; null = only say where the end is. */
const CHANGED = `
with here as (select pg_snapshot_xmin(pg_current_snapshot()) as until)
select here.until::text, c.organization_id, c.user_id, c.workspace_id, c.post_id
  from here left join lateral (
    select organization_id, user_id, null::uuid as workspace_id, null as post_id
      from notifications where xid >= $1::xid8 and xid < here.until
    union
    select organization_id, null, workspace_id, data ->> 'postId'
      from events where xid >= $1::xid8 and xid < here.until and data ? 'postId') c on true`;
