import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Customer, expectStatus, ask, type PracticeNetworks } from './customer.js';
import { type Addresses } from './processes.js';

/** The channels of an agency's client, by name. */
export type Channels = Record<'bluesky' | 'mastodon' | 'facebook' | 'webhook', string>;

/** Those where it shows films and where it is found. */
export type FurtherChannels = Record<'tiktok' | 'youtube' | 'place', string>;

/** What an agency has after a busy day: one post in each situation that the screens show. */
export interface Agency {
  customer: Customer;
  channels: Channels & FurtherChannels;
  /** Ids of posts. */
  posts: Record<'published' | 'scheduled' | 'failed' | 'held' | 'unconfirmed' | 'draft' | 'asked', string>;
  /** Path of the link by which the client looks at the post that waits for approval. */
  review: string;
}

/** A drawn photograph: a cup on a table before the morning sun. */
const PICTURE = join(import.meta.dirname, '../fixtures/cup.jpg');

/** The same cup, coming nearer for six seconds, upright. */
export const FILM = join(import.meta.dirname, '../fixtures/cup.mp4');

const MASTODON_TOKEN = 'practice-northroast';

/** Connects a practice channel of four networks, Facebook through its consent page. */
export async function connectAll(customer: Customer): Promise<Channels> {
  const connection = async (platform: string, credentials: Record<string, string>) => {
    const path = `/v1/workspaces/${customer.workspaceId}/connections`;
    const answer = await customer.request('POST', path, { json: { platform, credentials, practice: true } });
    return expectStatus(answer, 201).body.channels[0].id as string;
  };
  return {
    bluesky: await connection('bluesky', { identifier: 'northroast.bsky.test' }),
    mastodon: await connection('mastodon', { accessToken: MASTODON_TOKEN }),
    facebook: await customer.connect('facebook'),
    webhook: await connection('webhook', { name: 'northroast.example' }),
  };
}

/** TikTok, YouTube and the first place on Google Business Profile, each through its consent page. */
export async function connectFurther(customer: Customer): Promise<FurtherChannels> {
  const person = { person: 'North Roast' };
  return {
    tiktok: await customer.connect('tiktok', person),
    youtube: await customer.connect('youtube', person),
    place: await customer.connect('google-business', person),
  };
}

/** A month of an agency: drafts, what is scheduled, what went out, and what did not and why. */
export async function furnish(at: Addresses, customer: Customer, networks: PracticeNetworks): Promise<Agency> {
  const busy = await connectAll(customer);
  const channels = { ...busy, ...(await connectFurther(customer)) };
  const image = await customer.upload(await readFile(PICTURE), 'A cup of coffee on a table in the morning sun');
  const all = Object.values(busy).map((id) => ({ id }));

  const published = await customer.post({
    content: {
      text: 'The winter roast is here.\n\nCocoa, orange and a little smoke. Until Sunday with free delivery.',
    },
    media: [{ id: image }],
    channels: all.map(({ id }) =>
      id === channels.mastodon
        ? { id, content: { text: 'The winter roast is here: cocoa, orange, smoke. #coffee' } }
        : { id },
    ),
  });
  for (const { id } of published.body.publications) await customer.untilState(id, 'published');

  const failed = await refused(customer, networks, channels.bluesky);
  const unconfirmed = await unknown(at, customer, networks, channels.mastodon);
  const held = await onPausedChannel(customer, channels.webhook);
  const [scheduled, other, , asked] = await fillMonth(customer, channels, image);
  await planFilm(customer, channels);
  if (!scheduled || !other || !asked) throw new Error('Too little was planned.');
  await askAbout(customer, [asked, other]);
  const draft = await customer.post({
    content: { text: 'Why we roast on Tuesdays: a short story for the newsletter, and perhaps a picture of the drum.' },
    media: [{ id: image, altText: 'A cup of coffee on a table in the morning sun' }],
    channels: [{ id: channels.bluesky }, { id: channels.facebook }],
    schedule: null,
  });
  const ids = { published, scheduled, failed, held, unconfirmed, draft, asked };
  const posts = Object.fromEntries(Object.entries(ids).map(([name, { body }]) => [name, body.id])) as Agency['posts'];
  return { customer, channels, posts, review: await discuss(customer, posts.asked) };
}

/** A post that the network refuses for what it says. */
async function refused(customer: Customer, networks: PracticeNetworks, channel: string) {
  const text = 'Meet us at the market on Saturday.';
  await networks.fault({
    kind: 'refuse-content',
    operation: 'commit',
    platform: 'bluesky',
    match: 'market',
    times: 1,
  });
  const post = await customer.post({ content: { text }, channels: [{ id: channel }] });
  await customer.untilState(post.body.publications[0].id, 'failed');
  return post;
}

/** A post whose outcome nobody can know: no answer came, and the account shows the same text twice. */
async function unknown(at: Addresses, customer: Customer, networks: PracticeNetworks, channel: string) {
  const text = 'Closed on Monday for stocktaking.';
  await networks.fault({ kind: 'reset', operation: 'commit', platform: 'mastodon', match: 'stocktaking', times: 1 });
  const post = await customer.post({ content: { text }, channels: [{ id: channel }] });
  const { id } = post.body.publications[0];
  await customer.untilState(id, 'committing');
  for (let copy = 0; copy < 2; copy += 1) {
    const headers = { authorization: `Bearer ${MASTODON_TOKEN}` };
    const url = `${at.sandboxUrl}/mastodon/api/v1/statuses`;
    expectStatus(await ask('POST', url, { headers, json: { status: text } }), 200);
  }
  await customer.untilState(id, 'unconfirmed');
  return post;
}

/** A post that waits because somebody stopped its channel. */
async function onPausedChannel(customer: Customer, channel: string) {
  expectStatus(await customer.request('POST', `/v1/channels/${channel}/pause`), 200);
  const post = await customer.post({
    content: { text: 'New opening hours from December.' },
    channels: [{ id: channel }],
  });
  await customer.untilState(post.body.publications[0].id, 'held');
  return post;
}

/** What is planned, on the days to come. */
async function fillMonth(customer: Customer, channels: Agency['channels'], image: string) {
  const { bluesky, mastodon, facebook, place } = channels;
  const plan: [days: number, time: string, text: string, targets: string[], withImage: boolean][] = [
    [1, '09:00', 'Good morning from the roastery.', [bluesky, mastodon, facebook], true],
    [1, '16:30', 'Which grinder do you use at home?', [bluesky, mastodon], false],
    [2, '12:00', 'Tasting on Thursday: five seats left.', [facebook, place], false],
    [3, '09:00', 'Behind the scenes: how we cup.', [bluesky, facebook], true],
    [4, '18:00', 'Tonight: tasting with Maria.', [bluesky, mastodon, facebook], false],
    [6, '10:15', 'Sunday recipe: cold brew with orange.', [bluesky, mastodon], true],
    [8, '09:00', 'December blend: the first bags.', [bluesky, mastodon, facebook], true],
    [10, '13:00', 'A question that we are often asked: how long does a bag stay fresh?', [mastodon], false],
    [13, '11:00', 'Gift boxes are back.', [bluesky, facebook], true],
    [15, '09:00', 'Workshop dates for January.', [bluesky, mastodon, facebook, place], false],
  ];
  const posts = [];
  for (const [days, time, text, targets, withImage] of plan) {
    posts.push(
      await customer.post({
        content: { text },
        media: withImage ? [{ id: image }] : [],
        channels: targets.map((id) => ({ id })),
        schedule: inDays(days, time),
      }),
    );
  }
  return posts;
}

/** A film for those who show films, with what each of them has to be told. */
async function planFilm(customer: Customer, { tiktok, youtube }: FurtherChannels) {
  const film = await customer.upload(await readFile(FILM), 'A cup of coffee comes nearer', 'cup.mp4');
  await customer.post({
    content: { text: 'The first cup of the winter roast, six seconds long.' },
    media: [{ id: film }],
    channels: [
      { id: tiktok, settings: { privacy: 'SELF_ONLY', musicConsent: true } },
      { id: youtube, settings: { title: 'The first cup', madeForKids: 'no' } },
    ],
    schedule: inDays(5, '17:00'),
  });
}

/** A time of day in Berlin, so many days from now. */
function inDays(days: number, time: string) {
  const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return { at: `${date}T${time}`, timeZone: 'Europe/Berlin' };
}

const CLIENT = { email: 'carla@northroast.example', name: 'Carla' };

/** The team agrees first, and then the client. */
async function askAbout(customer: Customer, posts: { body: { id: string } }[]): Promise<void> {
  const steps = [
    { name: 'Team', approvers: { roles: ['owner'] }, rule: 'any' },
    { name: 'Client', approvers: { clients: [CLIENT.email] }, rule: 'all' },
  ];
  const workflow = { mode: 'optional', selfApproval: true, rescheduleNeedsApproval: false, steps };
  const path = `/v1/workspaces/${customer.workspaceId}/approval-workflow`;
  expectStatus(await customer.request('PUT', path, { json: workflow }), 200);
  for (const { body } of posts) {
    expectStatus(await customer.request('POST', `/v1/posts/${body.id}/approval/requests`), 201);
  }
}

/** What is said about a post, internally and with the client. Answers the path of the client's link. */
async function discuss(customer: Customer, postId: string): Promise<string> {
  const say = async (json: object) =>
    expectStatus(await customer.request('POST', `/v1/posts/${postId}/comments`, { json }), 201);
  const anchor = { type: 'text', part: 0, start: 0, end: 6, quote: 'Behind' };
  await say({ text: 'Shall we say where this was filmed?', visibility: 'client', anchor });
  await say({ text: 'The second picture follows on Monday.' });
  const json = { ...CLIENT, expiresInDays: 14 };
  const { body } = expectStatus(await customer.request('POST', `/v1/posts/${postId}/review-links`, { json }), 201);
  return new URL(body.address).pathname;
}
