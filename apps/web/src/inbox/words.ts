import { type Schema } from '../api/client.js';
import { span } from '../posts/timeline/distance.js';

type Waiting = Pick<Schema<'WaitingDto'>, 'state' | 'waitingFor'>;

/** When something is due, from where the clock stands: "in 3 hours", "2 days ago". @param now milliseconds since 1970 */
export function dueWords(dueAt: string, now: number): string {
  const ms = Date.parse(dueAt) - now;
  return ms < 0 ? `${span(ms)} ago` : `in ${span(ms)}`;
}

/** Where an approval stands, in a few words: "Waits for Ben and 2 others". */
export function waitingWords({ state, waitingFor }: Waiting): string {
  if (state === 'changes-requested') return 'Changes asked for';
  // Somebody who is away is named with whoever decides in their place.
  const [first, second, ...others] = waitingFor.map(({ name, delegate }) =>
    delegate ? `${delegate.name} (for ${name})` : name,
  );
  if (first === undefined) return 'Nobody is left who may approve';
  if (second === undefined) return `Waits for ${first}`;
  return others.length === 0
    ? `Waits for ${first} and ${second}`
    : `Waits for ${first} and ${others.length + 1} others`;
}

/** A number of posts: "1 post", "5 posts". */
export function posts(count: number): string {
  return `${count} ${count === 1 ? 'post' : 'posts'}`;
}

/** What names a post where there is little room. */
export function nameOf({ text }: { text: string }): string {
  const line = text.trim().split('\n')[0] ?? '';
  if (line === '') return 'A post without text';
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
