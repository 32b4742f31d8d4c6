import { readOptions } from './options.js';
import { SCENES } from './plan-scenes.js';
import { markOf, readMark, textOf } from './plan-text.js';
import { makePlan, type Plan } from './plan.js';
import { isKill } from './plan-disturbances.js';

const plan = (...more: string[]): Plan => makePlan(readOptions(['--publications', '60', '--kills', '7', ...more]));

it('is the same for the same seed, and another one for another', () => {
  expect(plan('--seed', '4')).toEqual(plan('--seed', '4'));
  expect(plan('--seed', '4')).not.toEqual(plan('--seed', '5'));
});

it.each(['1', '2', '3', '4', '5'])('with seed %s publishes and kills as often as it is asked to', (seed) => {
  const { posts, disturbances } = plan('--seed', seed);
  expect(posts.flatMap(({ channels }) => channels)).toHaveLength(60);
  expect(disturbances.filter(isKill)).toHaveLength(7);
});

it.each(['40', '200', '5000'])(
  'has every network, and a channel for ten of %s publications or fewer',
  (publications) => {
    const { channels } = makePlan(readOptions(['--publications', publications]));
    expect(new Set(channels.map(({ network }) => network))).toEqual(
      new Set([
        ...['bluesky', 'facebook', 'google-business', 'instagram', 'linkedin', 'mastodon'],
        ...['pinterest', 'threads', 'tiktok', 'webhook', 'x', 'youtube'],
      ]),
    );
    expect(channels.length).toBeGreaterThanOrEqual(Number(publications) / 10);
  },
);

it.each(['1', '2', '3', '4', '5'])('with seed %s lets people do everything that they can', (seed) => {
  const { posts } = plan('--seed', seed);
  const done = new Set(posts.flatMap(({ actions }) => actions.map(({ kind }) => kind)));
  expect(done).toEqual(
    new Set([
      ...['edit', 'reschedule', 'delete', 'cancel'],
      ...['ask', 'agree', 'request-changes', 'decide-stale', 'retry'],
    ]),
  );
  expect(posts.some(({ number, text }) => text !== number)).toBe(true);
  expect(posts.some(({ parts }) => parts.some(({ images }) => images > 0))).toBe(true);
});

it('says the same word by word only to the same account, and edits neither', () => {
  const { posts, channels } = plan();
  const account = (post: Plan['posts'][number] | undefined) => channels[post?.channels[0] ?? -1]?.login;
  for (const twin of posts.filter(({ number, text }) => text !== number)) {
    const first = posts[twin.text];
    expect(account(first)).toBe(account(twin));
    expect([...(first?.actions ?? []), ...twin.actions].filter(({ kind }) => kind === 'edit')).toEqual([]);
  }
});

it('reaches one outside account by way of two organizations', () => {
  const { channels } = plan();
  const logins = channels.filter(({ network }) => network === 'mastodon').map(({ login }) => login);
  expect(new Set(logins).size).toBeLessThan(logins.length);
});

it.each(['1', '2', '3', '4', '5'])('with seed %s writes threads and first comments where there are any', (seed) => {
  const { posts, channels } = plan('--seed', seed);
  const threads = posts.filter(({ parts }) => parts.length > 1);
  const networks = threads.flatMap((post) => post.channels.map((channel) => channels[channel]?.network));
  const able = ['bluesky', 'linkedin', 'mastodon', 'threads', 'x', 'youtube'];
  expect(networks.filter((network) => !able.includes(network ?? ''))).toEqual([]);
  expect(networks).toEqual(expect.arrayContaining(['bluesky', 'mastodon']));
  expect(threads.some(({ parts }) => parts.filter(({ kind }) => kind === 'reply').length > 1)).toBe(true);
  expect(threads.some(({ parts }) => parts.at(-1)?.kind === 'comment')).toBe(true);
  const aimedAtTheMiddle = threads.filter(({ text, parts, faults }) =>
    parts.slice(1, -1).some((_, index) => faults.some(({ match }) => match === markOf(text, index + 1))),
  );
  expect(aimedAtTheMiddle.length).toBeGreaterThan(0);
});

it.each(Object.keys(SCENES))('is about "%s" alone where it is asked to be', (scene) => {
  const { posts, disturbances } = plan('--focus', scene, '--publications', '6', '--kills', '2');
  expect(posts.flatMap(({ channels }) => channels)).toHaveLength(6);
  expect(posts.every(({ due }) => due !== 'now' && due < 20_000)).toBe(true);
  expect(disturbances.filter(isKill)).toHaveLength(2);
});

it('is killed in every way that there is, Redis only where it is used', () => {
  const kinds = (queue: string) =>
    new Set(
      makePlan(readOptions(['--kills', '200', '--queue', queue]))
        .disturbances.filter(isKill)
        .map(({ kind }) => kind),
    );
  const everywhere = ['kill-worker', 'kill-api', 'kill-postgres', 'kill-backend'];
  expect(kinds('postgres')).toEqual(new Set(everywhere));
  expect(kinds('redis')).toEqual(new Set([...everywhere, 'kill-redis']));
});

it('finds text and version again in what is visible', () => {
  expect(readMark(textOf(12, 3))).toEqual({ text: 12, part: 0, version: 3 });
  expect(readMark(textOf(12, 3, 2))).toEqual({ text: 12, part: 2, version: 3 });
  expect(readMark('Something else')).toBeUndefined();
});

it.each([
  [['--queue', 'sqs'], '--queue'],
  [['--kills', 'many'], '--kills'],
  [['--publications', '0'], '--publications'],
  [['--variant', 'none'], 'no-fence'],
  [['--focus', 'none'], 'twins'],
  [['--nonsense'], '--nonsense'],
])('refuses %j with a sentence that says why', (args, words) => {
  expect(() => readOptions(args)).toThrow(words);
});
