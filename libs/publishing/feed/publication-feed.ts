import { Injectable } from '@nestjs/common';
import { Database, type Joining, Lookout, type Transaction } from '#kernel';
import { type PublicationState } from '../rules/index.js';
import { type LogKind } from '../store/index.js';
import { cursorOf, parseCursor, type Position } from './position.js';
import { type FeedEntry, isKnown, lastPosition, MAX_BACKLOG, readBehind, readSince } from './queries.js';

/** How often the log is looked at while somebody listens. */
const POLL_MS = 500;
/** Newcomers that one look serves, so that after a restart those who listen already need not wait for all. */
const NEWCOMERS_AT_ONCE = 50;

/** One change of a publication: an entry of the publishing log, without its evidence. */
export interface PublicationChange {
  publicationId: string;
  postId: string;
  workspaceId: string;
  channelId: string;
  /** The state after it. */
  state: PublicationState;
  /** Counts the changes of the publication; a smaller one is older news. */
  version: number;
  kind: LogKind;
  at: Date;
}

/** Who is told of an organization's changes. Each cursor is that of the place up to which everything was told. */
export interface FeedListener {
  /** Everything from now on will be told. */
  ready(cursor: string): void;
  changed(cursor: string, change: PublicationChange): void;
  /** What happened before cannot be told one by one: load again what you show. It goes on from now. */
  resync(cursor: string): void;
}

type Telling = (listener: FeedListener) => void;

interface Subscriber extends Joining {
  organizationId: string;
  listener: FeedListener;
  /** From where a newcomer goes on; whoever has joined is told of everything that is new. */
  after: string | undefined;
}

/**
 * Follows the publishing log for all who listen in this process: one query every half second, none while nobody listens.
 *
 * It goes by the numbers of transactions, not by time or id: an entry appears when its transaction commits, which may be
 * after younger ones. So it reads only below the oldest transaction that has not ended (`pg_snapshot_xmin`); everything
 * down there is final. The price: a transaction that stays open holds later changes back until it ends.
 */
@Injectable()
export class PublicationFeed {
  private readonly lookout = new Lookout<Subscriber>('Live events', POLL_MS, () => this.poll());
  /** All below is told. Means something only while somebody has joined. */
  private seen = '0';

  constructor(private readonly database: Database) {}

  /**
   * Tells an organization's changes from now on, or behind a cursor of an earlier subscription.
   * @returns what ends it
   */
  subscribe(organizationId: string, after: string | undefined, listener: FeedListener): () => void {
    return this.lookout.add({ organizationId, after, listener, joined: false });
  }

  private async poll(): Promise<void> {
    const tell = await this.database.engine((tx) => this.look(tx));
    tell();
  }

  /** Reads what there is to tell. Nothing counts as told before the transaction has ended well. */
  private async look(tx: Transaction): Promise<() => void> {
    const joined = this.lookout.listeners.filter((subscriber) => subscriber.joined);
    const newcomers = this.lookout.listeners.filter((subscriber) => !subscriber.joined).slice(0, NEWCOMERS_AT_ONCE);
    const groups = groupBy(joined, ({ organizationId }) => organizationId);
    const { until, entries } = await readSince(tx, [...groups.keys()], this.seen);
    const byOrganization = groupBy(entries, (entry) => entry.organization_id);
    // A standby that took over may not have had the last transactions, and gives their numbers once more.
    const wentBack = BigInt(until) < BigInt(this.seen);
    const tellings: (() => void)[] = [];
    for (const [organizationId, group] of groups) {
      const news = byOrganization.get(organizationId) ?? [];
      const tooMuch = wentBack || news.length > MAX_BACKLOG;
      const telling: Telling = tooMuch
        ? resync(await lastPosition(tx, organizationId, until))
        : (listener) => tellAll(listener, news);
      for (const subscriber of group) tellings.push(() => this.tell(subscriber, telling));
    }
    for (const newcomer of newcomers) {
      const telling = await welcome(tx, newcomer, until);
      tellings.push(() => this.tell(newcomer, telling));
    }
    return () => {
      this.seen = until;
      for (const telling of tellings) telling();
    };
  }

  private tell(subscriber: Subscriber, telling: Telling): void {
    if (!this.lookout.has(subscriber)) return;
    subscriber.joined = true;
    telling(subscriber.listener);
  }
}

/** What a newcomer is told first. */
async function welcome(tx: Transaction, { organizationId, after }: Subscriber, until: string): Promise<Telling> {
  const now = () => lastPosition(tx, organizationId, until);
  if (after === undefined) {
    const cursor = cursorOf(await now());
    return (listener) => listener.ready(cursor);
  }
  const position = parseCursor(after);
  if (position === undefined || !(await isKnown(tx, organizationId, position, until))) return resync(await now());
  const missed = await readBehind(tx, organizationId, position, until);
  if (missed.length > MAX_BACKLOG) return resync(await now());
  return (listener) => tellAll(listener, missed);
}

function resync(position: Position): Telling {
  const cursor = cursorOf(position);
  return (listener) => listener.resync(cursor);
}

function tellAll(listener: FeedListener, entries: readonly FeedEntry[]): void {
  for (const entry of entries) {
    const { xid, publication_id: publicationId, version } = entry;
    listener.changed(cursorOf({ xid, publicationId, version }), changeOf(entry));
  }
}

function changeOf(entry: FeedEntry): PublicationChange {
  return {
    publicationId: entry.publication_id,
    postId: entry.post_id,
    workspaceId: entry.workspace_id,
    channelId: entry.channel_id,
    state: entry.state,
    version: entry.version,
    kind: entry.kind,
    at: entry.at,
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
