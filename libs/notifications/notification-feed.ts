import { Injectable, Logger } from '@nestjs/common';
import { Database, rows } from '#kernel';
import { type Person } from './preferences.js';

/** How often it is looked while somebody listens. */
const POLL_MS = 1_000;

interface Listener extends Person {
  changed: () => void;
  /** Whether it was told for the first time. */
  joined: boolean;
}

/**
 * Tells, for all who listen in this process, whose notifications changed: one query a second, none while nobody listens. It
 * reads below the oldest transaction that has not ended, so that none is passed by. Whoever begins to listen is told at
 * once: what changed before is theirs to load.
 */
@Injectable()
export class NotificationFeed {
  private readonly logger = new Logger(NotificationFeed.name);
  private readonly listeners = new Set<Listener>();
  /** All below is told; undefined while nobody listens. */
  private seen: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private failing = false;

  constructor(private readonly database: Database) {}

  /** @returns what ends it */
  subscribe(person: Person, changed: () => void): () => void {
    const listener: Listener = { ...person, changed, joined: false };
    this.listeners.add(listener);
    this.lookIn(0);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || this.looking) return;
      clearTimeout(this.timer);
      this.seen = undefined;
    };
  }

  private lookIn(ms: number): void {
    if (this.looking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), ms);
  }

  private async look(): Promise<void> {
    this.looking = true;
    const listening = [...this.listeners];
    try {
      const found = await this.database.engine((tx) => rows<Changed>(tx, CHANGED, [this.seen ?? null]));
      this.seen = found[0]?.until;
      this.failing = false;
      const whose = new Set(found.map(({ organization_id: where, user_id: who }) => `${where} ${who}`));
      for (const listener of listening) this.tell(listener, whose);
    } catch (error) {
      // Once, and not every second for as long as the database is away.
      if (!this.failing) {
        this.logger.warn({ err: error }, 'Live notifications wait for the database, which is asked again.');
      }
      this.failing = true;
    }
    this.looking = false;
    if (this.listeners.size === 0) this.seen = undefined;
    else this.lookIn(this.failing || [...this.listeners].every(({ joined }) => joined) ? POLL_MS : 0);
  }

  private tell(listener: Listener, whose: ReadonlySet<string>): void {
    if (!this.listeners.has(listener)) return;
    const { organizationId, userId, joined, changed } = listener;
    listener.joined = true;
    if (!joined || whose.has(`${organizationId} ${userId}`)) changed();
  }
}

interface Changed {
  until: string;
  organization_id: string | null;
  user_id: string | null;
}

/** $1 from where on; null = only say where the end is. */
const CHANGED = `
select s.until::text, n.organization_id, n.user_id
  from (select pg_snapshot_xmin(pg_current_snapshot()) as until) s
  left join (select distinct organization_id, user_id from notifications
              where xid >= $1::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot())) n on true`;
