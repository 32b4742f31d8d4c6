import { type Options } from './options.js';
import { planDisturbances, type Disturbance } from './plan-disturbances.js';
import { type Network, type PlannedFault } from './plan-faults.js';
import { addEssentials, FIRST_DUE_MS, planPosts } from './plan-posts.js';
import { layOut, planScenes, type Stage } from './plan-scenes.js';
import { Random } from './random.js';

/** A channel that is connected before the run. Its place in the list is how the plan names it. */
export interface PlannedChannel {
  network: Network;
  /** The account on the practice network, or the person whose Pages they are. Two organizations may have the same. */
  login: string;
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

/** One message of a post: the post itself, the parts that follow it in a thread, and at last its first comment. */
export interface PlannedPart {
  kind: 'post' | 'reply' | 'comment';
  images: number;
}

/** A post that somebody writes. */
export interface PlannedPost {
  number: number;
  /** Posts of one account with the same one say the very same. */
  text: number;
  channels: number[];
  /** At least one; more only where every channel has threads and comments. */
  parts: PlannedPart[];
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
  channels: readonly PlannedChannel[];
  posts: readonly PlannedPost[];
  disturbances: Disturbance[];
  /** After this, nothing new begins. */
  windowMs: number;
}

/** Channels that one connection to Facebook has; they lose their token together. */
export const PAGES_OF_A_PERSON = 3;

const LEAST_WINDOW_MS = 16_000;
/** A run that is about one situation alone begins all of it within this time. */
const LEAST_FOCUS_MS = 3_000;
/** At least one channel for every ten publications; in short runs more, so that order inside a channel hides nothing. */
const PUBLICATIONS_PER_CHANNEL = 8;
const FEW_CHANNELS = 8;
const ENOUGH_CHANNELS = 24;
/** In a run about one situation, each of these has channels of its own. */
const FOCUS_CHANNELS = 16;
const CHANNELS_PER_ORGANIZATION = 12;
const FEW_ORGANIZATIONS = 2;
const MANY_ORGANIZATIONS = 24;
/** Facebook is where a doubled request shows: it takes no key of ours. */
const ORDER: readonly Network[] = [
  'facebook',
  'bluesky',
  'facebook',
  'mastodon',
  'facebook',
  'webhook',
  'bluesky',
  'mastodon',
];

/** The plan that these options mean. Pure. */
export function makePlan(options: Options): Plan {
  const random = new Random(options.seed);
  const { publications, focus } = options;
  const least = focus === undefined ? LEAST_WINDOW_MS : LEAST_FOCUS_MS;
  const windowMs = Math.max(least, (publications / options.rate) * 1000) + FIRST_DUE_MS;
  const channels = planChannels(publications, focus !== undefined);
  const stage: Stage = { random, windowMs, channels, posts: [], layout: layOut(channels) };
  const disturbances = planScenes(stage, publications, focus);
  const left = publications - stage.posts.reduce((sum, post) => sum + post.channels.length, 0);
  planPosts(stage, left);
  if (focus === undefined) addEssentials(stage);
  const others = planDisturbances(random, options, stage.channels, windowMs);
  const all = [...disturbances, ...others].sort((a, b) => a.at - b.at);
  return { channels: stage.channels, posts: stage.posts, disturbances: all, windowMs };
}

function planChannels(publications: number, isFocused: boolean): PlannedChannel[] {
  const alone = Math.min(ENOUGH_CHANNELS, Math.ceil(publications / 2));
  const least = isFocused ? FOCUS_CHANNELS : FEW_CHANNELS;
  const count = Math.max(least, alone, Math.ceil(publications / PUBLICATIONS_PER_CHANNEL));
  const wanted = Math.ceil(count / CHANNELS_PER_ORGANIZATION);
  const organizations = Math.min(MANY_ORGANIZATIONS, Math.max(FEW_ORGANIZATIONS, wanted));
  const each = Math.ceil(count / organizations);
  const channels: PlannedChannel[] = [];
  for (let index = 0; index < count; index += 1) {
    const network = ORDER[index % ORDER.length] ?? 'webhook';
    const organization = Math.floor(index / each);
    const mine = channels.filter((channel) => channel.organization === organization && channel.network === network);
    channels.push({ network, organization, login: loginOf(network, index, mine, channels) });
  }
  return channels;
}

/** A person on Facebook has several Pages. Every other organization publishes to one account of the one before it as well. */
function loginOf(
  network: Network,
  index: number,
  mine: readonly PlannedChannel[],
  all: readonly PlannedChannel[],
): string {
  if (network === 'facebook') {
    const person = Math.floor(mine.length / PAGES_OF_A_PERSON) * PAGES_OF_A_PERSON;
    return mine[person]?.login ?? `Person chaos${index}`;
  }
  const organization = all.at(-1)?.organization ?? 0;
  const isShared = network === 'mastodon' && mine.length === 0 && organization % 2 === 1;
  const before = all.find((channel) => channel.organization === organization - 1 && channel.network === network);
  return (isShared ? before?.login : undefined) ?? `chaos${index}`;
}
