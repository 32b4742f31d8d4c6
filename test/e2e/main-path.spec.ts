import sharp from 'sharp';
import { type AllInOne, Processes } from '../support/processes.js';
import { Customer, expectStatus, PracticeNetworks } from '../support/customer.js';

const PLATFORMS = ['bluesky', 'facebook', 'mastodon', 'webhook'] as const;
const processes = new Processes();
let all: AllInOne;
let customer: Customer;
let networks: PracticeNetworks;
const channels = new Map<string, string>();

beforeAll(async () => {
  all = await processes.startAll();
  customer = await Customer.signUp(all);
  networks = new PracticeNetworks(all);
  for (const platform of PLATFORMS) channels.set(platform, await customer.connect(platform));
}, 90_000);

afterAll(() => processes.end());

const channel = (platform: (typeof PLATFORMS)[number]): { id: string } => ({ id: channels.get(platform) ?? '' });

/** What a clock in the zone shows so far ahead of now. */
function localTime(timeZone: string, aheadMs: number): { at: string; instant: number } {
  const instant = Date.now() + aheadMs;
  const shown = new Date(instant).toLocaleString('sv', { timeZone }).replace(' ', 'T');
  return { at: `${shown}.${String(instant % 1000).padStart(3, '0')}`, instant };
}

test('a post with a text and an image for each channel is published on time, once on each', async () => {
  const red = await customer.upload(await image('red'), 'A red field');
  const blue = await customer.upload(await image('blue'), 'A blue field');
  const { at, instant } = localTime('Asia/Tokyo', 4_000);
  const { body: post } = await customer.post({
    content: { text: 'Launch day for everybody' },
    media: [{ id: red }],
    channels: [
      channel('facebook'),
      channel('webhook'),
      { ...channel('mastodon'), content: { text: 'Launch day on Mastodon' } },
      { ...channel('bluesky'), content: { text: 'Launch day on Bluesky' }, media: [{ id: blue, altText: 'The sea' }] },
    ],
    schedule: { at, timeZone: 'Asia/Tokyo' },
  });
  expect(post.publications).toHaveLength(4);

  for (const { id, dueAt } of post.publications) {
    expect(Date.parse(dueAt)).toBe(instant);
    const published = await customer.untilState(id, 'published');
    const lateness = Date.parse(published.publishedAt) - instant;
    expect(lateness).toBeGreaterThanOrEqual(0);
    expect(lateness).toBeLessThan(5_000);
    expect(published).toMatchObject({ postId: post.id, attempts: 1 });
    const story = await customer.story(id);
    expect(story.filter((kind) => kind !== 'step-done')).toEqual([
      'scheduled',
      'cleared',
      'attempt-started',
      'fenced',
      'committed',
      'published',
    ]);
  }

  const shown = (await networks.feed()).filter(({ text }) => text.startsWith('Launch day'));
  const expected = new Map([
    ['facebook', ['Launch day for everybody', 'A red field']],
    ['webhook', ['Launch day for everybody', 'A red field']],
    ['mastodon', ['Launch day on Mastodon', 'A red field']],
    ['bluesky', ['Launch day on Bluesky', 'The sea']],
  ]);
  expect(shown).toHaveLength(4);
  expect(new Map(shown.map(({ platform, text, media }) => [platform, [text, media[0].altText]]))).toEqual(expected);
  for (const { at: visibleAt } of shown) expect(Date.parse(visibleAt)).toBeGreaterThanOrEqual(instant);
  const first = shown[0].media[0];
  expect((await fetch(`${all.sandboxUrl}/media/${first.digest}`)).headers.get('content-type')).toBe(first.contentType);
});

test('an edit before the post goes out is what goes out, and the first version never', async () => {
  const { at } = localTime('Europe/Berlin', 4_000);
  const content = {
    content: { text: 'Frist version, with a slip' },
    channels: [channel('mastodon'), channel('bluesky')],
  };
  const created = await customer.post({ ...content, schedule: { at, timeZone: 'Europe/Berlin' } });
  const edited = await customer.request('PATCH', `/v1/posts/${created.body.id}`, {
    headers: { 'if-match': created.headers.get('etag') ?? '' },
    json: { content: { text: 'Second version, without' } },
  });
  expectStatus(edited, 200);

  for (const { id } of edited.body.publications) {
    await customer.untilState(id, 'published');
    expect(await customer.story(id)).toContain('revised');
  }
  expect(await networks.showing('Second version, without')).toHaveLength(2);
  expect(await networks.showing('Frist version')).toHaveLength(0);

  const stale = await customer.request('PATCH', `/v1/posts/${created.body.id}`, {
    headers: { 'if-match': created.headers.get('etag') ?? '' },
    json: { content: { text: 'Third version' } },
  });
  expectStatus(stale, 412);
});

test('a post deleted before it goes out never appears, and what is out cannot be deleted', async () => {
  const { at } = localTime('America/New_York', 2_000);
  const schedule = { at, timeZone: 'America/New_York' };
  const away = await customer.post({ content: { text: 'Better not' }, channels: [channel('webhook')], schedule });
  const etag = { 'if-match': away.headers.get('etag') ?? '' };
  expectStatus(await customer.request('DELETE', `/v1/posts/${away.body.id}`, { headers: etag }), 204);
  // Due after it on the same channel: once this one is out, the deleted one would be too.
  const later = localTime('America/New_York', 3_000);
  const next = await customer.post({
    content: { text: 'Better so' },
    channels: [channel('webhook')],
    schedule: { at: later.at, timeZone: 'America/New_York' },
  });
  await customer.untilState(next.body.publications[0].id, 'published');

  expect((await customer.publication(away.body.publications[0].id)).state).toBe('cancelled');
  expect(await networks.showing('Better not')).toHaveLength(0);
  const tag = (await customer.request('GET', `/v1/posts/${next.body.id}`)).headers.get('etag') ?? '';
  const refused = await customer.request('DELETE', `/v1/posts/${next.body.id}`, { headers: { 'if-match': tag } });
  expectStatus(refused, 409);
  expect(refused.headers.get('content-type')).toMatch('application/problem+json');
  expect(await networks.showing('Better so')).toHaveLength(1);
});

test('what a platform refuses is failed with its reason and the way out, and a retry publishes it', async () => {
  await networks.fault({ kind: 'refuse-bad-request', operation: 'prepare', platform: 'mastodon' });
  const { body: post } = await customer.post({
    content: { text: 'Not like this' },
    media: [{ id: await customer.upload(await image('green'), 'A green field') }],
    channels: [channel('mastodon')],
  });
  const [{ id }] = post.publications;
  const failed = await customer.untilState(id, 'failed');
  expect(failed.failure).toMatchObject({
    kind: 'media',
    message: expect.stringMatching(/Mastodon/),
    remedy: expect.stringMatching(/\w+/),
    platformCode: expect.any(String),
  });
  expect(await networks.showing('Not like this')).toHaveLength(0);
  expect((await customer.log(id)).find(({ kind }) => kind === 'failed').failure).toEqual(failed.failure);

  expectStatus(await customer.request('POST', `/v1/publications/${id}/retry`), 200);
  const published = await customer.untilState(id, 'published');
  expect(published.failure).toBeUndefined();
  expect(await networks.showing('Not like this')).toHaveLength(1);
});

test('a rate limit puts the next try off until the platform allows it', async () => {
  const limit = { kind: 'refuse-rate-limit', operation: 'commit', platform: 'bluesky', match: 'Too fast' };
  await networks.fault({ ...limit, retryAfterSeconds: 30 });
  const before = Date.now();
  const { body: post } = await customer.post({ content: { text: 'Too fast' }, channels: [channel('bluesky')] });
  const [{ id }] = post.publications;
  const waiting = await customer.untilPublication(id, ({ failure }) => failure?.kind === 'rate-limit');

  expect(waiting).toMatchObject({ state: 'scheduled', attempts: 1, publishedAt: null });
  expect(waiting.failure.message).toMatch(/Bluesky/);
  const retryAt = Date.parse(waiting.failure.retryAt);
  expect(retryAt).toBeGreaterThanOrEqual(before + 29_000);
  expect(retryAt).toBeLessThan(before + 120_000);
  const planned = (await customer.log(id)).find(({ kind }) => kind === 'retry-planned');
  expect(planned).toMatchObject({ failure: { retryAt: waiting.failure.retryAt } });
  expect(await networks.showing('Too fast')).toHaveLength(0);
});

async function image(color: string): Promise<Buffer> {
  return sharp({ create: { width: 320, height: 200, channels: 3, background: color } })
    .png()
    .toBuffer();
}
