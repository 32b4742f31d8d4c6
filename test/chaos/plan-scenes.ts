import { type Disturbance } from './plan-disturbances.js';
import {
  acceptedOn,
  deniedOn,
  hangingOn,
  lateOn,
  lateOnFacebook,
  lostOn,
  lostRefreshOn,
  type Network,
  type PlannedFault,
  refusedUpload,
  slowOn,
} from './plan-faults.js';
import { approval, editedAfterApproval, withdrawn } from './plan-approvals.js';
import { FIRST_DUE_MS, planParts, PREPARE_AHEAD_MS, withMedia, withVideo } from './plan-posts.js';
import { altTextOf, markOf } from './plan-text.js';
import { type PlannedChannel, type PlannedPart, type PlannedPost } from './plan.js';
import { type Random } from './random.js';

/** What a plan is made on. Posts are added as they are planned, and numbered in that order. */
export interface Stage {
  readonly random: Random;
  readonly channels: readonly PlannedChannel[];
  readonly windowMs: number;
  readonly posts: PlannedPost[];
  readonly layout: Layout;
  /** The channels of workspaces in which nobody approves: the first of all channels. */
  readonly free: readonly PlannedChannel[];
  /** Adds a post; what is not given is plain. */
  readonly add: (post: Pick<PlannedPost, 'channels' | 'due'> & Partial<PlannedPost>) => PlannedPost;
}

/** Which channels the situations take. */
export interface Layout {
  /** The channels of each network, those that share an account or a person last. */
  ordered: ReadonlyMap<Network, readonly number[]>;
  /** Pairs of channels that lead to the same outside account, by way of two organizations. */
  shared: readonly (readonly [number, number])[];
}

/** A situation in which things go wrong together: some posts, and what happens to them. Belongs to every run. */
interface Scene {
  /** Publications of one such situation at the most. */
  size: number;
  /** One such situation for so many publications of a run. */
  every: number;
  /** Adds the posts. Returns what happens to their channels. `place` counts the situations of the kind in this run. */
  play: (stage: Stage, due: number, place: number) => Disturbance[];
}

/** How long an unknown outcome on Facebook keeps its channel busy; the scenes that wait for one begin early. */
const FACEBOOK_SETTLES_MS = 36_000;
/** Every run has one thread of at least so many messages. */
const LONG_THREAD = 3;
const ONE_MESSAGE: PlannedPart = { kind: 'post', images: 0 };

/** The situations by name; `--focus` makes a run of one alone. */
export const SCENES = {
  /** A channel is paused, or its account given up or lost, while its request is on its way. What waits behind it is held. */
  'held-in-flight': { size: 2, every: 20, play: heldInFlight },
  /** Two that say the same to the same account: the first is out, the second never arrived. */
  twins: { size: 2, every: 20, play: twins },
  /** A thread whose middle part meets every kind of answer. */
  threads: { size: 1, every: 15, play: thread },
  /** Facebook, which takes no key, does what it was asked and does not say so. */
  'unknown-outcome': { size: 1, every: 20, play: unknownOutcome },
  /** Most others take no key either: they do what they were asked, at once or late, and say nothing, or no. */
  unanswered: { size: 1, every: 20, play: unanswered },
  /** X and LinkedIn are asked twice for the same, and say that it is there: it is another publication's. */
  duplicates: { size: 2, every: 60, play: duplicates },
  /** A token that is good for one renewal alone is used up, and the new ones never arrive. */
  'lost-refresh': { size: 1, every: 60, play: lostRefresh },
  /** A container of Instagram or Threads is published and nobody says so, or is never published; some hold a reel. */
  containers: { size: 1, every: 12, play: container },
  /** A person takes the app away at the network while posts are under way, and the network tells. */
  'app-removed': { size: 2, every: 36, play: appRemoved },
  /** A network takes its time to answer, while jobs are delivered twice. */
  'slow-answer': { size: 1, every: 20, play: slowAnswer },
  /** Somebody edits what is prepared already. */
  'late-edit': { size: 1, every: 20, play: lateEdit },
  /** People ask, decide, look at old versions, change their minds, and workflows change. */
  approvals: { size: 1, every: 5, play: approval },
  /** An approval is taken back when everything is prepared. */
  'late-withdrawal': { size: 1, every: 40, play: withdrawn },
  /** What is approved and prepared is edited, and nobody approves that. */
  'edit-after-approval': { size: 1, every: 40, play: editedAfterApproval },
} satisfies Record<string, Scene>;
export type SceneName = keyof typeof SCENES;

/** Whether it is the name of a situation. */
export function isScene(name: string): name is SceneName {
  return Object.hasOwn(SCENES, name);
}

/** Plays every situation as often as so many publications ask for, or one of them alone. Returns the disturbances. */
export function planScenes(stage: Stage, publications: number, focus: SceneName | undefined): Disturbance[] {
  const names = Object.keys(SCENES).filter(isScene);
  return names.flatMap((name) => {
    const { size, every, play } = SCENES[name];
    const enough = Math.ceil(publications / every);
    // A run of a handful of publications has no room for all of them.
    const usual = publications < every ? 0 : enough;
    const times = focus === undefined ? usual : focus === name ? Math.floor(publications / size) : 0;
    return Array.from({ length: times }, (_, place) => play(stage, dueOf(stage, place, times), place)).flat();
  });
}

/** Spread over the run, and so early that an outcome on Facebook is settled soon after it. */
function dueOf({ random, windowMs }: Stage, place: number, times: number): number {
  const latest = Math.max(FIRST_DUE_MS + 2_500, windowMs - FACEBOOK_SETTLES_MS);
  const step = (latest - FIRST_DUE_MS) / times;
  return Math.round(FIRST_DUE_MS + step * (place + random.next()));
}

/** Where a plan on these channels begins. */
export function stageOf(random: Random, channels: readonly PlannedChannel[], windowMs: number): Stage {
  const posts: PlannedPost[] = [];
  const free = channels.filter((channel) => channel.approval === undefined);
  const add: Stage['add'] = (post) => {
    const number = posts.length;
    const { due } = post;
    const at = Math.max(0, (due === 'now' ? FIRST_DUE_MS : due) - 5_500);
    const plain = { number, text: number, parts: [ONE_MESSAGE], at, actions: [], faults: [], faultsAt: at };
    const added = { ...plain, ...post };
    posts.push(added);
    return added;
  };
  return { random, channels, free, windowMs, posts, layout: layOut(free), add };
}

/** The channels of a network, one after the other, so that situations do not meet on one as long as there are more. */
function channelOf({ layout }: Stage, network: Network, place: number): number {
  const ordered = layout.ordered.get(network) ?? [];
  return ordered.at(place % ordered.length) ?? 0;
}

/** Lays the channels out for the situations. */
function layOut(channels: readonly PlannedChannel[]): Layout {
  const shared = sharedAccounts(channels);
  const isShared = new Set(shared.flat());
  const seen = new Map<string, number>();
  const ranked = channels.map(({ network, organization, login }, index) => {
    const key = `${organization} ${network} ${login}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return { network, index, rank: before + (isShared.has(index) ? channels.length : 0) };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  const ordered = new Map<Network, number[]>();
  for (const { network, index } of ranked) ordered.set(network, [...(ordered.get(network) ?? []), index]);
  return { ordered, shared };
}

function isLike(one: PlannedChannel | undefined): (other: PlannedChannel) => boolean {
  return ({ network, login }) => network === one?.network && login === one.login;
}

function heldInFlight(stage: Stage, due: number, place: number): Disturbance[] {
  const { random } = stage;
  const page = channelOf(stage, 'facebook', place);
  const first = stage.add({ channels: [page], due });
  // Most are applied late, so that a look that comes too early shows nothing.
  const hangs = place % 5 === 4;
  first.faults = [hangs ? hangingOn('facebook', markOf(first.text)) : lateOnFacebook(markOf(first.text))];
  const at = due + random.whole(900, 1_500);
  const sister = sisterOf(stage, page);
  if (place % 4 === 1 && sister !== undefined) {
    // The token of both Pages is refused to the second, while the request of the first is on its way.
    const second = stage.add({ channels: [sister], due: due + PREPARE_AHEAD_MS + 400, parts: withImage() });
    second.faults = [refusedUpload(altTextOf(second.text, 0))];
    return [];
  }
  stage.add({ channels: [page], due: due + random.whole(4_000, 7_000) });
  return place % 4 === 3
    ? [{ at, kind: 'disconnect', channel: page, backAfter: random.whole(1_000, 2_500) }]
    : [{ at, kind: 'pause-channel', channel: page, forMs: random.whole(1_500, 2_500) }];
}

/** Another Page of the same person. */
function sisterOf({ channels }: Stage, page: number): number | undefined {
  const isSister = isLike(channels[page]);
  const sister = channels.findIndex((channel, index) => index !== page && isSister(channel));
  return sister === -1 ? undefined : sister;
}

function twins(stage: Stage, due: number, place: number): Disturbance[] {
  const { channels, layout } = stage;
  // Mostly Mastodon, where the outcome is known soon; on Facebook a twin is as hard to tell apart.
  const network = place % 4 === 3 ? 'facebook' : 'mastodon';
  const pairs = place % 3 === 1 ? layout.shared : [];
  const shared = pairs[Math.floor(place / 3) % Math.max(1, pairs.length)];
  const own = channelOf(stage, network, Math.floor((place * 2) / 3));
  const [channel, other] = shared ?? [own, own];
  const match = (post: PlannedPost) => markOf(post.text);
  const on = channels[channel]?.network ?? network;
  const first = stage.add({ channels: [channel], due });
  // By way of another workspace the second need not wait until it is known what became of the first.
  if (shared) first.faults = [acceptedOn(on, match(first))];
  const second = stage.add({ channels: [other], due: due + (shared ? 2_500 : 1_300), text: first.text, at: first.at });
  second.faults = [lostOn(on, match(second))];
  second.faultsAt = due + (shared ? 1_500 : 800);
  return [];
}

function sharedAccounts(channels: readonly PlannedChannel[]): [number, number][] {
  const firsts = new Map<string, number>();
  return channels.flatMap(({ network, login, organization }, index) => {
    const first = firsts.get(`${network} ${login}`);
    firsts.set(`${network} ${login}`, first ?? index);
    return first === undefined || channels[first]?.organization === organization ? [] : [[first, index]];
  });
}

function thread(stage: Stage, due: number, place: number): Disturbance[] {
  const { random } = stage;
  const network: Network = place % 2 === 0 ? 'mastodon' : 'bluesky';
  const parts = [...planParts(random, true, place === 0 ? LONG_THREAD : 1), { kind: 'comment' as const, images: 0 }];
  // The first comment is there once, and there is always a middle to aim at.
  const whole = parts.filter(({ kind }, index) => kind !== 'comment' || index === parts.length - 1);
  if (whole.length === 2) whole.splice(1, 0, { kind: 'reply', images: 0 });
  const post = stage.add({ channels: [channelOf(stage, network, place)], due, parts: whole });
  const match = markOf(post.text, random.whole(1, whole.length - 2));
  const kinds: readonly ((network: Network, match: string) => PlannedFault)[] = [acceptedOn, lostOn, hangingOn];
  post.faults = [random.pick(kinds)(network, match)];
  return [];
}

function unknownOutcome(stage: Stage, due: number, place: number): Disturbance[] {
  // From behind: the situation that holds channels takes the Pages from the beginning.
  const post = stage.add({ channels: [channelOf(stage, 'facebook', -1 - place)], due });
  post.faults = [acceptedOn('facebook', markOf(post.text))];
  return [];
}

const UNANSWERED: readonly Network[] = ['x', 'linkedin', 'pinterest', 'tiktok', 'google-business', 'youtube'];

function unanswered(stage: Stage, due: number, place: number): Disturbance[] {
  const network = UNANSWERED[place % UNANSWERED.length] ?? 'x';
  const round = Math.floor(place / UNANSWERED.length);
  const parts = partsOn(network, round);
  const post = stage.add({ channels: [channelOf(stage, network, round)], due, parts: [...parts] });
  const kinds = [acceptedOn, hangingOn, deniedOn, lateOn, lostOn];
  // Of a thread the last part, and every other time the post itself.
  const part = round % 2 === 0 ? 0 : parts.length - 1;
  post.faults = [(kinds[place % kinds.length] ?? acceptedOn)(network, markOf(post.text, part))];
  return [];
}

/** By turns a post alone, and one with something below it, where there is such a thing; on TikTok a video and photos. */
function partsOn(network: Network, round: number): PlannedPart[] {
  const isPlain = round % 2 === 0;
  switch (network) {
    case 'pinterest':
    case 'google-business':
      return withImage();
    case 'tiktok':
      return isPlain ? [withVideo()] : withImage();
    case 'youtube':
      return isPlain ? [withVideo()] : [withVideo(), { kind: 'comment', images: 0 }];
    default:
      return isPlain ? [ONE_MESSAGE] : [ONE_MESSAGE, { kind: network === 'x' ? 'reply' : 'comment', images: 0 }];
  }
}

function duplicates(stage: Stage, due: number, place: number): Disturbance[] {
  const network: Network = place % 2 === 0 ? 'linkedin' : 'x';
  const channels = [channelOf(stage, network, Math.floor(place / 2))];
  const first = stage.add({ channels, due });
  if (place % 4 > 1) first.faults = [hangingOn(network, markOf(first.text))];
  stage.add({ channels, due: due + 1_300, text: first.text, at: first.at });
  return [];
}

function lostRefresh(stage: Stage, due: number, place: number): Disturbance[] {
  const network: Network = place % 2 === 0 ? 'x' : 'pinterest';
  const channel = channelOf(stage, network, -1 - Math.floor(place / 2));
  stage.add({ channels: [channel], due, parts: withMedia([ONE_MESSAGE], [network]) });
  return [
    { at: due - PREPARE_AHEAD_MS - 900, kind: 'fault', fault: lostRefreshOn(network) },
    { at: due - PREPARE_AHEAD_MS - 600, kind: 'expire-token', channel, renewable: true },
  ];
}

function container(stage: Stage, due: number, place: number): Disturbance[] {
  const network: Network = place % 2 === 0 ? 'instagram' : 'threads';
  const isReel = network === 'instagram' && place % 4 === 2;
  const post = stage.add({
    ...{ channels: [channelOf(stage, network, Math.floor(place / 2))], due },
    ...(isReel ? { parts: [withVideo()], format: 'reel' } : { parts: withImage() }),
  });
  const kinds: readonly ((network: Network, match: string) => PlannedFault)[] = [
    acceptedOn,
    hangingOn,
    lostOn,
    deniedOn,
  ];
  post.faults = [(kinds[place % kinds.length] ?? acceptedOn)(network, markOf(post.text))];
  return [];
}

function appRemoved(stage: Stage, due: number, place: number): Disturbance[] {
  const networks = ['instagram', 'facebook', 'threads'] as const;
  const channel = channelOf(stage, networks[place % networks.length] ?? 'facebook', -1 - place);
  stage.add({ channels: [channel], due, parts: withImage() });
  stage.add({ channels: [channel], due: due + stage.random.whole(3_000, 6_000), parts: withImage() });
  // While the first is prepared, or as it goes out.
  return [{ at: due - stage.random.whole(-200, 1_500), kind: 'remove-app', channel }];
}

function slowAnswer(stage: Stage, due: number, place: number): Disturbance[] {
  const post = stage.add({ channels: [channelOf(stage, 'facebook', -3 - place)], due });
  post.faults = [slowOn('facebook', markOf(post.text))];
  return [];
}

function lateEdit({ random, free, add }: Stage, due: number): Disturbance[] {
  const at = due - random.whole(900, 1_800);
  const channel = random.whole(0, free.length - 1);
  const parts = withMedia([ONE_MESSAGE], [free[channel]?.network ?? 'webhook']);
  add({ channels: [channel], due, parts, actions: [{ kind: 'edit', at }] });
  return [];
}

function withImage(): PlannedPart[] {
  return [{ kind: 'post', images: 1 }];
}
