import { type Options } from './options.js';
import { type ApprovalMode } from './ledger.js';
import { planWorkflows } from './plan-approvals.js';
import { planDisturbances, type Disturbance } from './plan-disturbances.js';
import { type Network, type PlannedFault } from './plan-faults.js';
import { addEssentials, FIRST_DUE_MS, planPosts } from './plan-posts.js';
import { planScenes, SCENES, stageOf } from './plan-scenes.js';
import { Random } from './random.js';

/** A channel that is connected before the run. Its place in the list is how the plan names it. */
export interface PlannedChannel {
  network: Network;
  /** The account on the practice network, or the person whose Pages they are. Two organizations may have the same. */
  login: string;
  /** How it is connected, where there are several ways. */
  way?: string;
  /** Which organization it belongs to. */
  organization: number;
  /** How its workspace approves at first; nobody does where it is left out. */
  approval?: Exclude<ApprovalMode, 'none'>;
}

/** What somebody does to a post after it was written. Times are milliseconds after the run's beginning. */
export type Action =
  | { kind: 'edit'; at: number }
  | { kind: 'reschedule'; at: number; due: number }
  | { kind: 'delete'; at: number }
  | { kind: 'cancel'; at: number }
  /** Of approval. */
  | { kind: 'ask'; at: number }
  /** Whoever is waited for looks and approves; of every step, or of so many. */
  | { kind: 'agree'; at: number; steps?: number }
  | { kind: 'request-changes'; at: number }
  /** An approver approves the version that they saw, although there is another one by now. */
  | { kind: 'decide-stale'; at: number }
  /** When it has failed: once more as it is, or after a correction, for which approval is asked anew. */
  | { kind: 'retry'; at: number; after?: 'edit' };

/** One message of a post: the post itself, the parts that follow it in a thread, and at last its first comment. */
export interface PlannedPart {
  kind: 'post' | 'reply' | 'comment';
  images: number;
  /** It has a video in place of images. */
  video?: true;
}

/** A post that somebody writes. */
export interface PlannedPost {
  number: number;
  /** Posts of one account with the same one say the very same. */
  text: number;
  channels: number[];
  /** At least one; more only where every channel has threads and comments. */
  parts: PlannedPart[];
  /** Which kind of post it is, where it is not the ordinary one. */
  format?: 'reel';
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
const FEW_CHANNELS = 12;
const ENOUGH_CHANNELS = 24;
/** In a run about one situation, each of these has channels of its own. */
const FOCUS_CHANNELS = 24;
const CHANNELS_PER_ORGANIZATION = 12;
const FEW_ORGANIZATIONS = 2;
const MANY_ORGANIZATIONS = 24;
/** About a fifth of what is written is approved: so many organizations have a channel for every ten of those. */
const PUBLICATIONS_PER_APPROVING = 150;
const MOST_APPROVING = 24;
const APPROVING_NETWORKS: readonly Network[] = ['webhook', 'mastodon', 'bluesky'];
/** Facebook is where a doubled request shows: it takes no key of ours. */
const ORDER: readonly Network[] = [
  ...(['facebook', 'bluesky', 'instagram', 'mastodon', 'x', 'linkedin', 'threads', 'pinterest', 'webhook'] as const),
  ...(['tiktok', 'youtube', 'google-business'] as const),
  ...(['facebook', 'instagram', 'x', 'linkedin', 'bluesky', 'threads', 'mastodon', 'pinterest', 'facebook'] as const),
  ...(['youtube', 'google-business', 'tiktok'] as const),
];
/** Ways of connecting that are taken in turns: Instagram's own sign-in and Facebook's, a page of an organization and a member. */
const WAYS: Readonly<Partial<Record<Network, readonly string[]>>> = {
  instagram: ['instagram-login', 'facebook-login'],
  linkedin: ['organizations', 'member'],
};

/** The plan that these options mean. Pure. */
export function makePlan(options: Options): Plan {
  const random = new Random(options.seed);
  const { publications, focus } = options;
  const least = focus === undefined ? LEAST_WINDOW_MS : LEAST_FOCUS_MS;
  const windowMs = Math.max(least, (publications / options.rate) * 1000) + FIRST_DUE_MS;
  const free = planChannels(publications, focus !== undefined);
  const stage = stageOf(
    random,
    [...free, ...(asksForApproval(options) ? approvingChannels(publications, free) : [])],
    windowMs,
  );
  const disturbances = planScenes(stage, publications, focus);
  const left = publications - stage.posts.reduce((sum, post) => sum + post.channels.length, 0);
  planPosts(stage, left);
  if (focus === undefined) addEssentials(stage);
  const others = planDisturbances(random, options, stage.channels, windowMs);
  const workflows = focus === undefined || focus === 'approvals' ? planWorkflows(stage.channels, windowMs) : [];
  const all = [...disturbances, ...others, ...workflows].sort((a, b) => a.at - b.at);
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
    const ways = WAYS[network] ?? [];
    const way = ways[countOf(channels, network) % ways.length];
    const login = loginOf(network, index, mine, channels);
    channels.push({ network, organization, login, ...(way !== undefined && { way }) });
  }
  return channels;
}

function countOf(channels: readonly PlannedChannel[], network: Network): number {
  return channels.filter((channel) => channel.network === network).length;
}

/** Whether such a run has posts that are approved. */
function asksForApproval({ focus, publications }: Options): boolean {
  const { every } = SCENES.approvals;
  if (focus === undefined) return publications >= every;
  return focus === 'approvals' || focus === 'late-withdrawal' || focus === 'edit-after-approval';
}

/** Further organizations in which people approve, by turns all that is written and what they are asked to. */
function approvingChannels(publications: number, free: readonly PlannedChannel[]): PlannedChannel[] {
  const organizations = Math.min(MOST_APPROVING, Math.max(2, Math.ceil(publications / PUBLICATIONS_PER_APPROVING)));
  const first = (free.at(-1)?.organization ?? 0) + 1;
  return Array.from({ length: organizations }, (_, index) =>
    APPROVING_NETWORKS.map((network): PlannedChannel => ({
      ...{ network, organization: first + index, login: `approved${index}` },
      approval: index % 2 === 0 ? 'required' : 'optional',
    })),
  ).flat();
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
