import { type Options } from './options.js';
import { Random } from './random.js';
import { planDisturbances, type Disturbance } from './plan-disturbances.js';
import {
  lateOnFacebook,
  lostOn,
  refusedUpload,
  type Network,
  type PlannedFault,
  planCommitFault,
} from './plan-faults.js';

/** A channel that is connected before the run. Its place in the list is how the plan names it. */
export interface PlannedChannel {
  network: Network;
  /** The account's name on the practice network; three channels of Facebook share a person. */
  name: string;
  /** Which organization it belongs to. */
  organization: number;
}

/** What somebody does to a post after it was written. Times are milliseconds after the run's beginning. */
export type Action =
  | { kind: 'edit'; at: number }
  | { kind: 'reschedule'; at: number; due: number }
  | { kind: 'delete'; at: number }
  | { kind: 'cancel'; at: number }
  | { kind: 'withdraw-clearance'; at: number };

/** A post that somebody writes. */
export interface PlannedPost {
  number: number;
  /** Posts of one channel with the same one say the very same. */
  text: number;
  channels: number[];
  images: number;
  /** When it is written. */
  at: number;
  /** `now` = due when it is written. */
  due: number | 'now';
  actions: Action[];
  /** Aimed at it by its text, and set up at this time. */
  faults: PlannedFault[];
  faultsAt: number;
}

/** Everything that a run will do. */
export interface Plan {
  channels: PlannedChannel[];
  posts: PlannedPost[];
  disturbances: Disturbance[];
  /** After this, nothing new begins. */
  windowMs: number;
}

/** Channels that one connection to Facebook has; they lose their token together. */
export const PAGES_OF_A_PERSON = 3;

/** The runner begins this long before the due time; an edit within it meets what is prepared already. */
const PREPARE_AHEAD_MS = 3_000;
const FIRST_DUE_MS = 6_000;
/** Due times of requests whose channel is held while they are on their way. */
const HELD_WHILE_COMMITTING_MS = [6_000, 9_000, 13_000];
const LEAST_WINDOW_MS = 16_000;
/** At least one channel for every ten publications; in short runs more, so that order inside a channel hides nothing. */
const PUBLICATIONS_PER_CHANNEL = 8;
const FEW_CHANNELS = 8;
const ENOUGH_CHANNELS = 24;
const CHANNELS_PER_ORGANIZATION = 12;
/** Twins follow each other so closely, and what goes wrong with the second is set up when the first should be out. */
const TWIN_AFTER_MS = [2_000, 4_000] as const;
const TWIN_FAULT_AHEAD_MS = 600;
/** An unknown outcome on Facebook takes so long to settle, and its channel waits for it. */
const FACEBOOK_SETTLES_MS = 35_000;

/** The plan that these options mean. Pure. */
export function makePlan(options: Options): Plan {
  const random = new Random(options.seed);
  const windowMs = Math.max(LEAST_WINDOW_MS, (options.publications / options.rate) * 1000) + FIRST_DUE_MS;
  const channels = planChannels(options.publications);
  const posts = planPosts(random, options.publications, channels, windowMs);
  const disturbances = planDisturbances(random, options, channels, windowMs);
  return { channels, posts, disturbances, windowMs };
}

/** What a post says in a version of it; the beginning names text and version for whoever finds it. */
export function textOf(text: number, version: number): string {
  return `Chaos ${markOf(text)}${version}: the text of post ${text}, as it is meant to go out in version ${version}.`;
}

/** What is in every version of a text and in no other one. Survives any way of writing a form. */
export function markOf(text: number): string {
  return `c${text}.v`;
}

/** The text and version that a visible post shows, or undefined for one that is not of this run. */
export function readMark(text: string): { text: number; version: number } | undefined {
  const mark = /^Chaos c(\d+)\.v(\d+):/.exec(text);
  return mark ? { text: Number(mark[1]), version: Number(mark[2]) } : undefined;
}

/** What one image of a post is described as. */
export function altTextOf(text: number, image: number): string {
  return `Image ${image + 1} of ${markOf(text)}`;
}

function planChannels(publications: number): PlannedChannel[] {
  const alone = Math.min(ENOUGH_CHANNELS, Math.ceil(publications / 2));
  const count = Math.max(FEW_CHANNELS, alone, Math.ceil(publications / PUBLICATIONS_PER_CHANNEL));
  // Facebook is where a doubled request shows: it takes no key of ours.
  const order: Network[] = [
    'facebook',
    'bluesky',
    'facebook',
    'mastodon',
    'facebook',
    'webhook',
    'bluesky',
    'mastodon',
  ];
  return Array.from({ length: count }, (_, index) => {
    const network = order[index % order.length] ?? 'webhook';
    const organization = Math.floor(index / CHANNELS_PER_ORGANIZATION);
    return { network, name: `chaos${index}`, organization };
  });
}

function planPosts(random: Random, publications: number, channels: PlannedChannel[], windowMs: number): PlannedPost[] {
  const posts: PlannedPost[] = [];
  const budget = new Budget(1 + Math.floor(windowMs / FACEBOOK_SETTLES_MS));
  let left = publications;
  while (left > 0) {
    const number = posts.length;
    const twin = random.chance(0.15) ? twinFor(random, posts) : undefined;
    const post = twin ? planTwin(random, number, twin) : planPost(random, number, left, channels, windowMs);
    post.faults = post.channels.flatMap((channel) => {
      const network = channels[channel]?.network ?? 'webhook';
      if (!random.chance(twin ? 0.6 : 0.4)) return [];
      const faults = planCommitFault(random, network, markOf(post.text), twin !== undefined);
      return network === 'facebook' && !budget.allows(channel, faults) ? [] : faults;
    });
    posts.push(post);
    left -= post.channels.length;
  }
  addEssentials(posts, channels, windowMs);
  return posts;
}

/** How many unknown outcomes a channel can bear within the run. */
class Budget {
  private readonly spent = new Map<number, number>();
  constructor(private readonly most: number) {}

  allows(channel: number, faults: readonly PlannedFault[]): boolean {
    const spent = (this.spent.get(channel) ?? 0) + faults.reduce((sum, { times }) => sum + times, 0);
    if (spent > this.most) return false;
    this.spent.set(channel, spent);
    return true;
  }
}

/** Whatever the seed: each thing that people do is done at least once, where there are posts enough for it. */
function addEssentials(posts: PlannedPost[], channels: readonly PlannedChannel[], windowMs: number): void {
  const free = () => posts.findLast((post) => post.channels.length === 1 && isFree(post, posts));
  const kinds: Action['kind'][] = ['withdraw-clearance', 'edit', 'cancel', 'delete', 'reschedule'];
  for (const kind of kinds) {
    const post = posts.some(({ actions }) => actions.some((action) => action.kind === kind)) ? undefined : free();
    if (!post || post.due === 'now') continue;
    const at = Math.max(post.at + 1_200, post.due - 1_500);
    post.actions = [
      kind === 'reschedule' ? { kind, at, due: Math.min(post.due + 4_000, windowMs + 4_000) } : { kind, at },
    ];
  }
  addHeldWhileCommitting(posts, channels);
  const second = posts.find(({ text, number, channels: [channel = -1] }) => {
    return text !== number && ['facebook', 'mastodon'].includes(channels[channel]?.network ?? '');
  });
  // The first of the two is there, and must not be taken for the second, which never arrived.
  const network = channels[second?.channels[0] ?? -1]?.network;
  if (second && network) second.faults = [lostOn(network, markOf(second.text))];
}

/**
 * Two Pages of one person: the request of the first is applied late, and meanwhile the token of both is refused to the
 * second. What holds everything of these channels must leave the first alone.
 */
function addHeldWhileCommitting(posts: PlannedPost[], channels: readonly PlannedChannel[]): void {
  const pages = channels.flatMap(({ network }, index) => (network === 'facebook' ? [index] : []));
  for (const [time, dueFirst] of HELD_WHILE_COMMITTING_MS.entries()) {
    const [page, sister] = pages.slice(time * PAGES_OF_A_PERSON);
    const [first, second] = posts.filter((post) => post.channels.length === 1 && isFree(post, posts));
    if (page === undefined || sister === undefined || !first || !second) return;
    const late = { channels: [page], images: 0, due: dueFirst, faults: [lateOnFacebook(markOf(first.text))] };
    const due = dueFirst + PREPARE_AHEAD_MS + 400;
    const refused = { channels: [sister], images: 1, due, faults: [refusedUpload(altTextOf(second.text, 0))] };
    Object.assign(first, { ...late, at: 0, faultsAt: 0 });
    Object.assign(second, { ...refused, at: 0, faultsAt: 0 });
  }
}

/** Nothing is planned for it yet. */
function isFree(post: PlannedPost, posts: readonly PlannedPost[]): boolean {
  const isTwin = posts.some((other) => other !== post && other.text === post.text);
  return post.actions.length === 0 && post.faults.length === 0 && post.due !== 'now' && !isTwin;
}

function planPost(
  random: Random,
  number: number,
  left: number,
  channels: readonly PlannedChannel[],
  windowMs: number,
): PlannedPost {
  const chosen = chooseChannels(random, channels, Math.min(left, random.chance(0.8) ? 1 : 2));
  const due = Math.round(random.between(FIRST_DUE_MS, windowMs));
  const at = Math.max(0, due - Math.round(random.between(4_500, 25_000)));
  const post: PlannedPost = {
    ...{ number, text: number, channels: chosen, images: random.chance(0.3) ? random.whole(1, 2) : 0 },
    ...{ at, due: random.chance(0.08) ? ('now' as const) : due, actions: [], faults: [], faultsAt: at },
  };
  if (post.due === 'now') return { ...post, at: due, faultsAt: due };
  return { ...post, actions: planActions(random, at, due, windowMs) };
}

/** An earlier post that can be said once more on its channel: nobody edits either of them. */
function twinFor(random: Random, posts: readonly PlannedPost[]): PlannedPost | undefined {
  const fitting = posts.filter(
    (post) =>
      post.channels.length === 1 && post.text === post.number && post.actions.length === 0 && post.due !== 'now',
  );
  return fitting.length === 0 ? undefined : random.pick(fitting);
}

function planTwin(random: Random, number: number, twin: PlannedPost): PlannedPost {
  const base = twin.due === 'now' ? twin.at : twin.due;
  const due = base + random.whole(...TWIN_AFTER_MS);
  return { ...twin, number, due, actions: [], faults: [], faultsAt: due - TWIN_FAULT_AHEAD_MS };
}

function chooseChannels(random: Random, channels: readonly PlannedChannel[], count: number): number[] {
  const first = random.whole(0, channels.length - 1);
  const organization = channels[first]?.organization;
  const others = channels.flatMap((channel, index) =>
    index !== first && channel.organization === organization ? [index] : [],
  );
  return count > 1 && others.length > 0 ? [first, random.pick(others)] : [first];
}

/** Mostly in the seconds before the due time, where they race with the runner. */
function planActions(random: Random, written: number, due: number, windowMs: number): Action[] {
  if (!random.chance(0.35)) return [];
  const soonest = written + 1_200;
  const close = due - random.between(-200, PREPARE_AHEAD_MS + 500);
  const at = Math.round(Math.max(soonest, random.chance(0.75) ? close : random.between(soonest, due)));
  switch (random.weighted({ edit: 45, reschedule: 15, delete: 12, cancel: 13, 'withdraw-clearance': 15 })) {
    case 'edit':
      return [{ kind: 'edit', at }, ...(random.chance(0.3) ? [{ kind: 'edit' as const, at: at + 400 }] : [])];
    case 'reschedule': {
      const later = Math.round(Math.min(Math.max(due, at) + random.between(1_000, 8_000), windowMs + 4_000));
      return [{ kind: 'reschedule', at, due: later }];
    }
    case 'delete':
      return [{ kind: 'delete', at }];
    case 'cancel':
      return [{ kind: 'cancel', at }];
    case 'withdraw-clearance':
      return [{ kind: 'withdraw-clearance', at }];
  }
}
