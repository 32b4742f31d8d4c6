import { type VisiblePost } from '#platforms/core';
import { type Intent } from '../ledger.js';
import { readMark } from '../plan.js';
import { type Evidence, type PublicationRow } from './evidence.js';

/** One publication of the run with everything that is known about it. */
export interface Case {
  intent: Intent;
  /** The publications of its post on its channel; a corrected version is a further one. */
  rows: PublicationRow[];
  /** What is visible of it. */
  seen: VisiblePost[];
}

/** Every case, and what is visible although nobody asked for it. */
export interface Attribution {
  cases: Case[];
  strangers: VisiblePost[];
}

/**
 * Says which visible post belongs to which publication. Twins say the same on the same channel: what a publication names
 * in its receipt is its own, what is left goes first to those of whom nobody knows better, and last to those that may not
 * be out at all. What is left after every one has something is a second one of somebody's.
 */
export function attribute({ intents, publications, visible }: Evidence): Attribution {
  const rows = groupBy(publications, (row) => `${row.postId} ${row.channelId}`);
  const cases = intents.map((intent): Case => ({
    intent,
    rows: rows.get(`${intent.postId} ${intent.channelId}`) ?? [],
    seen: [],
  }));
  const families = groupBy(cases, ({ intent }) => keyOf(intent.network, intent.account, intent.text));
  const posts = groupBy(visible, (post) => {
    const mark = readMark(post.text);
    return mark ? keyOf(post.platform, post.account, mark.text) : '';
  });
  const strangers = [...posts].flatMap(([key, shown]) => (families.has(key) ? [] : shown));
  for (const [key, family] of families) share(family, posts.get(key) ?? []);
  return { cases, strangers };
}

function share(family: readonly Case[], shown: readonly VisiblePost[]): void {
  const left = new Set(shown);
  for (const one of family) {
    for (const id of objectIdsOf(one)) {
      const own = [...left].find((post) => post.id === id);
      if (own) give(one, own, left);
    }
  }
  const waiting = family.filter(({ seen }) => seen.length === 0).sort((a, b) => rank(a) - rank(b));
  for (const one of waiting) {
    const [next] = left;
    if (next) give(one, next, left);
  }
  const [first] = family.filter((one) => livingState(one) === 'published');
  for (const post of left) (first ?? family[0])?.seen.push(post);
}

function give(to: Case, post: VisiblePost, left: Set<VisiblePost>): void {
  to.seen.push(post);
  left.delete(post);
}

/** Where an unclaimed post belongs first. */
function rank(one: Case): number {
  const order = ['committing', 'unconfirmed', 'published', 'scheduled', 'preparing', 'ready', 'failed', 'held'];
  const place = order.indexOf(livingState(one));
  return place === -1 ? order.length : place;
}

/** The ids that its receipts name. */
export function objectIdsOf({ rows }: Case): string[] {
  return rows.flatMap(({ segments }) => segments.flatMap(({ objectId }) => objectId ?? []));
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
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
