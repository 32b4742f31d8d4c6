import { type Addresses, until } from '../support/processes.js';
import { Customer, PracticeNetworks } from '../support/customer.js';

/** Every platform, with what its log tells after a kill: looked up, or sent again under the same key. */
export const PLATFORMS = ['bluesky', 'facebook', 'mastodon', 'webhook'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** A post on every platform, accepted there and not yet recorded here. */
export interface Caught {
  customer: Customer;
  networks: PracticeNetworks;
  text: string;
  /** Publication ids. */
  publications: Map<PlatformName, string>;
}

/**
 * Publishes to every platform while each of them keeps its answer to itself, and returns as soon as all the posts are
 * visible: the platforms have accepted, and nobody here can know it.
 */
export async function catchBetweenAcceptanceAndRecording(at: Addresses): Promise<Caught> {
  const customer = await Customer.signUp(at);
  const networks = new PracticeNetworks(at);
  const text = 'Accepted there, not recorded here';
  const channels = new Map<string, PlatformName>();
  for (const platform of PLATFORMS) {
    channels.set(await customer.connect(platform), platform);
    await networks.fault({ kind: 'accept-then-timeout', operation: 'commit', platform });
  }
  const { body: post } = await customer.post({
    content: { text },
    channels: [...channels.keys()].map((id) => ({ id })),
  });
  await until(
    async () => ((await networks.showing(text)).length === PLATFORMS.length ? true : undefined),
    async () => `Not all platforms show the post: ${JSON.stringify(await networks.visible())}`,
  );
  const publications = new Map<PlatformName, string>();
  for (const { id, channelId, state } of post.publications) {
    const platform = channels.get(channelId);
    if (!platform || state !== 'scheduled') throw new Error(`Unexpected publication: ${JSON.stringify(post)}`);
    publications.set(platform, id);
  }
  return { customer, networks, text, publications };
}

/** What must hold for one platform afterwards: published, seen once, and the log tells how that became known. */
export async function expectPublishedOnce(caught: Caught, platform: PlatformName): Promise<void> {
  const { customer, networks, text, publications } = caught;
  const id = publications.get(platform) ?? '';
  const published = await customer.untilState(id, 'published', 150_000);
  const shown = (await networks.showing(text)).filter((post) => post.platform === platform);
  expect(shown).toHaveLength(1);
  // The receipt names what is really there.
  expect(published.permalink ?? undefined).toBe(shown[0].permalink);
  const log = await customer.log(id);
  const story = log.map(({ kind }) => kind);
  expect(story.at(-1)).toBe('published');
  // Where the machine was too busy to send in time after a fence, that was looked up too, and nothing was there.
  const looks = log.filter(({ kind }) => kind === 'reconciled').map(({ evidence }) => evidence.outcome);
  // A receiver of webhooks cannot be asked: it is sent the event again under the same id.
  const again = platform === 'webhook';
  const found = again ? looks : looks.slice(0, -1);
  expect(found.filter((outcome) => outcome !== (again ? 'repeatable' : 'absent'))).toEqual([]);
  if (again) expect(looks).not.toEqual([]);
  else expect(looks.at(-1)).toBe('published');
  // Whatever may have been sent is looked up before it is sent again.
  const steps = story.filter((kind) => kind === 'fenced' || kind === 'reconciled').join(' ');
  expect(steps).not.toContain('fenced fenced');
}
