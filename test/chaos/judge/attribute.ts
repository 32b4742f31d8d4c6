import { type VisiblePost } from '#platforms/core';
import { type Intent } from '../ledger.js';
import { readMark } from '../plan-text.js';
import { type Evidence, type PublicationRow, type SegmentRow } from './evidence.js';

/** One publication of the run with everything that is known about it. */
export interface Case {
  intent: Intent;
  /** The publications of its post on its channel; a corrected version is a further one. */
  rows: PublicationRow[];
  /** What is visible of each of its messages, in their order. */
  seen: VisiblePost[][];
  /** Due times of all that say the very same to the same account, itself included: which is which nobody can tell. */
  dues: Intent['dues'][];
}

/** Every case, and what is visible although nobody asked for it. */
export interface Attribution {
  cases: Case[];
  strangers: VisiblePost[];
}

/**
 * Says which visible post belongs to which message of which publication. Twins say the same to the same account: what a
 * publication names in its receipts is its own, what is left goes first to those of whom nobody knows better, and last to
 * those that may not be out at all. What is left after every one has something is a second one of somebody's.
 */
export function attribute({ intents, publications, visible }: Evidence): Attribution {
  const rows = groupBy(publications, (row) => `${row.postId} ${row.channelId}`);
  const cases = intents.map((intent): Case => ({
    intent,
    rows: rows.get(`${intent.postId} ${intent.channelId}`) ?? [],
    seen: intent.parts.map(() => []),
    dues: [],
  }));
  const families = groupBy(cases, ({ intent }) => keyOf(intent.network, intent.account, intent.text));
  const posts = groupBy(visible, (post) => {
    const mark = readMark(post.text);
    return mark ? keyOf(post.platform, post.account, mark.text) : '';
  });
  const strangers = [...posts].flatMap(([key, shown]) => (families.has(key) ? [] : shown));
  for (const [key, family] of families) {
    const dues = family.map(({ intent }) => intent.dues);
    for (const one of family) one.dues = dues;
    const parts = groupBy(posts.get(key) ?? [], (post) => String(readMark(post.text)?.part));
    for (const [part, shown] of parts) strangers.push(...share(family, Number(part), shown));
  }
  return { cases, strangers };
}

/** Returns what belongs to nobody: a part that none of them has. */
function share(family: readonly Case[], part: number, shown: readonly VisiblePost[]): readonly VisiblePost[] {
  const owners = family.filter(({ seen }) => part < seen.length);
  if (owners.length === 0) return shown;
  const left = new Set(shown);
  for (const one of owners) {
    for (const id of objectIdsOf(one, part)) {
      const own = [...left].find((post) => post.id === id);
      if (own) give(one, part, own, left);
    }
  }
  const waiting = owners.filter(({ seen }) => seen[part]?.length === 0).sort((a, b) => rank(a) - rank(b));
  for (const one of waiting) {
    const [next] = left;
    if (next) give(one, part, next, left);
  }
  const second = owners.find((one) => livingState(one) === 'published') ?? owners[0];
  for (const post of left) second?.seen[part]?.push(post);
  return [];
}

function give(to: Case, part: number, post: VisiblePost, left: Set<VisiblePost>): void {
  to.seen[part]?.push(post);
  left.delete(post);
}

/** Where an unclaimed post belongs first. */
function rank(one: Case): number {
  const order = ['committing', 'unconfirmed', 'published', 'scheduled', 'preparing', 'ready', 'failed', 'held'];
  const place = order.indexOf(livingState(one));
  return place === -1 ? order.length : place;
}

/** The ids that its receipts name for one of its messages. */
export function objectIdsOf({ rows }: Case, part: number): string[] {
  return rows.flatMap(({ segments }) => segmentAt(segments, part)?.objectId ?? []);
}

/** Whether the database says that a message of it is out. */
export function isOut(one: Case, part: number): boolean {
  return objectIdsOf(one, part).length > 0;
}

function segmentAt(segments: readonly SegmentRow[], part: number): SegmentRow | undefined {
  return segments.find(({ position }) => position === part);
}

/** The state of the publication that counts: the one that was not replaced. `missing` where there is none at all. */
export function livingState({ rows }: Case): string {
  return living(rows)?.state ?? 'missing';
}

/** The publication that was not replaced by a corrected one. */
export function living(rows: readonly PublicationRow[]): PublicationRow | undefined {
  return rows.find(({ state }) => state !== 'cancelled') ?? rows.at(-1);
}

function keyOf(network: string, account: string, text: number): string {
  return `${network} ${account} ${text}`;
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
