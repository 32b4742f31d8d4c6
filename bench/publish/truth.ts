import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { ANSWER_MS, type Installation } from './installation.js';

/** What the practice networks saw of one run. */
export interface Outcome {
  /** From the first due time until the last publication was visible, in milliseconds. */
  drainMs: number;
  /** How long after its due time each request arrived, in milliseconds. */
  latenessMs: number[];
  /** Requests of any kind that arrived, for each publication. */
  requestsEach: number;
}

/**
 * Looks what became visible of a run. Throws unless each publication is there exactly once.
 * @param label stands in the text of each
 * @param dueOf when a visible post was due, in milliseconds since 1970
 * @param since when the run began: requests from before it are not counted
 */
export async function outcomeOf(
  installation: Installation,
  run: { label: string; publications: number; since: number },
  dueOf: (post: VisiblePost) => number,
): Promise<Outcome> {
  const posts = (await installation.truth<VisiblePost>('visible')).filter(({ text }) =>
    text.startsWith(`${run.label},`),
  );
  const different = new Set(posts.map(({ platform, account, text }) => `${platform} ${account} ${text}`));
  if (posts.length !== run.publications || different.size !== run.publications) {
    throw new Error(
      `Of ${run.publications} publications of "${run.label}", ${different.size} are visible, as ${posts.length} posts.`,
    );
  }
  const requests = (await installation.truth<RequestRecord>('requests')).filter(
    ({ at }) => Date.parse(at) >= run.since,
  );
  const arrivals = new Map<string, number>();
  for (const { platform, shown, at } of requests) {
    for (const id of shown) arrivals.set(`${platform} ${id}`, Date.parse(at));
  }
  const times = posts.map((post) => {
    const arrived = arrivals.get(`${post.platform} ${post.id}`);
    if (arrived === undefined) throw new Error(`No request is known that made ${post.platform}'s ${post.id} visible.`);
    return { arrived, due: dueOf(post) };
  });
  return {
    drainMs: largest(times.map(({ arrived }) => arrived)) + ANSWER_MS - smallest(times.map(({ due }) => due)),
    latenessMs: times.map(({ arrived, due }) => arrived - due),
    requestsEach: requests.length / run.publications,
  };
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
