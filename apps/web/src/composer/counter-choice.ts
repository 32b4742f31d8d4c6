import { type Counter } from './counters.js';

/** What a counter is of. */
interface Counted {
  channel: { platform: string };
  counter: Counter;
}

/** A counter with all the channels that it is true of. */
export interface SharedCounter<Item> {
  first: Item;
  items: Item[];
}

/** Channels of one network that count the same are counted once. */
export function sharedCounters<Item extends Counted>(items: readonly Item[]): SharedCounter<Item>[] {
  const shared = new Map<string, SharedCounter<Item>>();
  for (const item of items) {
    const { max, left, unit } = item.counter;
    const key = [item.channel.platform, max, left, unit].join(' ');
    const known = shared.get(key);
    if (known) known.items.push(item);
    else shared.set(key, { first: item, items: [item] });
  }
  return [...shared.values()];
}

/** So many are read at a glance. */
const AT_A_GLANCE = 5;

/**
 * Which counters are in sight: those that are near their limit or beyond it, and those with the smallest limits, which will be
 * first. They stay the same ones while somebody types, up to the moment at which another one matters.
 */
export function countersInSight<Item extends Counted>(counters: readonly SharedCounter<Item>[]): SharedCounter<Item>[] {
  if (counters.length <= AT_A_GLANCE + 1) return [...counters];
  const smallest = counters.toSorted((a, b) => a.first.counter.max - b.first.counter.max).slice(0, AT_A_GLANCE - 1);
  return counters.filter((one) => one.first.counter.level !== 'ok' || smallest.includes(one));
}
