import { lostOn, type Network, planCommitFault, type PlannedFault } from './plan-faults.js';
import { type Stage } from './plan-scenes.js';
import { markOf } from './plan-text.js';
import { type Action, type PlannedChannel, type PlannedPart, type PlannedPost } from './plan.js';
import { type Random } from './random.js';

/** Before this nothing is due. */
export const FIRST_DUE_MS = 6_000;
/** The runner begins this long before the due time; an edit within it meets what is prepared already. */
export const PREPARE_AHEAD_MS = 3_000;

/** Twins follow each other so closely, and what goes wrong with the second is set up when the first should be out. */
const TWIN_AFTER_MS = [2_000, 4_000] as const;
const TWIN_FAULT_AHEAD_MS = 600;
/** An unknown outcome on one of these networks takes so long to settle, and its channel waits for it. */
const SETTLES_MS = 35_000;
const SETTLING: ReadonlySet<Network> = new Set([
  ...(['facebook', 'google-business', 'instagram', 'linkedin', 'pinterest'] as const),
  ...(['threads', 'tiktok', 'x', 'youtube'] as const),
]);
/** A run that is shorter than this has no outcomes to wait for there but those of its situations. */
const SHORT_MS = 30_000;
/** Where posts can have others below them. */
const THREADED: ReadonlySet<Network> = new Set(['bluesky', 'mastodon', 'threads', 'x']);
/** Where a post has a first comment and no thread. */
const COMMENTED: ReadonlySet<Network> = new Set(['linkedin']);
/** Where there are reels. */
const REELED: ReadonlySet<Network> = new Set(['facebook', 'instagram']);
/** Where an ordinary post may be a video. */
const FILMED: ReadonlySet<Network> = new Set(['linkedin', 'pinterest', 'threads', 'tiktok', 'x', 'youtube']);
/** Where a post needs an image where it has no video. */
const PICTURED: ReadonlySet<Network> = new Set(['instagram', 'pinterest', 'tiktok']);
/** Where a post has one image at the most. */
const OF_ONE_IMAGE: ReadonlySet<Network> = new Set(['google-business', 'pinterest']);
const LONGEST_THREAD = 4;
/** A twin is one of so many posts that were planned last. */
const TWINS_AMONG = 200;

/** Posts as people write them all day: on one channel or two, some as threads, some changed, some said twice. */
export function planPosts(stage: Stage, publications: number): void {
  const { random, free: channels, windowMs, posts } = stage;
  const budget = new Budget(1 + Math.floor(windowMs / SETTLES_MS));
  const isShort = windowMs < SHORT_MS;
  for (let left = publications; left > 0;) {
    const number = posts.length;
    const twin = random.chance(0.1) ? twinFor(random, freePosts(stage)) : undefined;
    const post = twin ? planTwin(random, number, twin) : planPost(stage, number, left);
    post.faults = post.channels.flatMap((channel) => {
      const network = channels[channel]?.network ?? 'webhook';
      if (!random.chance(twin ? 0.6 : 0.4)) return [];
      const part = aimedPart(random, post.parts);
      const faults = planCommitFault(random, network, markOf(post.text, part), twin !== undefined);
      return SETTLING.has(network) && (isShort || !budget.allows(channel, faults)) ? [] : faults;
    });
    posts.push(post);
    left -= post.channels.length;
  }
}

/** Of a thread mostly one in its middle. */
function aimedPart(random: Random, { length }: readonly PlannedPart[]): number {
  return length > 2 && random.chance(0.8) ? random.whole(1, length - 2) : random.whole(0, length - 1);
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
export function addEssentials(stage: Stage): void {
  const { channels, windowMs } = stage;
  const posts = freePosts(stage);
  const free = () => posts.findLast((post) => post.channels.length === 1 && isFree(post, posts));
  const kinds = ['edit', 'cancel', 'delete', 'reschedule'] as const;
  for (const kind of kinds) {
    const post = posts.some(({ actions }) => actions.some((action) => action.kind === kind)) ? undefined : free();
    if (!post || post.due === 'now') continue;
    const at = Math.max(post.at + 1_200, post.due - 1_500);
    post.actions = [
      kind === 'reschedule' ? { kind, at, due: Math.min(post.due + 4_000, windowMs + 4_000) } : { kind, at },
    ];
  }
  const thread = posts.find((post) => post.parts.length > 2 && isFree(post, posts));
  const network = channels[thread?.channels[0] ?? -1]?.network;
  // The part in the middle never arrives: the rest waits for it, and hangs below it at last.
  if (thread && network) thread.faults = [lostOn(network, markOf(thread.text, 1))];
}

/** Those that nobody has to approve. */
function freePosts({ posts, free }: Stage): PlannedPost[] {
  return posts.filter((post) => (post.channels[0] ?? 0) < free.length);
}

/** Nothing is planned for it yet. */
function isFree(post: PlannedPost, posts: readonly PlannedPost[]): boolean {
  if (post.actions.length > 0 || post.faults.length > 0 || post.due === 'now') return false;
  return !posts.some((other) => other !== post && other.text === post.text);
}

function planPost({ random, free: channels, windowMs }: Stage, number: number, left: number): PlannedPost {
  const chosen = together(chooseChannels(random, channels, Math.min(left, random.chance(0.8) ? 1 : 2)), channels);
  const due = Math.round(random.between(FIRST_DUE_MS, windowMs));
  const at = Math.max(0, due - Math.round(random.between(4_500, 25_000)));
  const networks = chosen.map((index) => channels[index]?.network ?? 'webhook');
  const { parts, ...format } = planContent(random, networks);
  const isNow = random.chance(0.08);
  return {
    ...{ number, text: number, channels: chosen, parts, ...format, faults: [] },
    ...(isNow
      ? { at: due, due: 'now', actions: [], faultsAt: due }
      : { at, due, actions: planActions(random, at, due, windowMs, parts.length), faultsAt: at }),
  };
}

/** YouTube shares its posts with those alone that take its videos. */
function together(chosen: number[], channels: readonly PlannedChannel[]): number[] {
  const networks = chosen.map((index) => channels[index]?.network ?? 'webhook');
  const isShared = !networks.includes('youtube') || networks.every((network) => FILMED.has(network));
  return isShared ? chosen : chosen.slice(0, 1);
}

/** What a post on these networks is made of. */
function planContent(random: Random, networks: readonly Network[]): Pick<PlannedPost, 'parts' | 'format'> {
  const all = (kind: ReadonlySet<Network>) => networks.every((network) => kind.has(network));
  if (all(REELED) && random.chance(0.3)) return { parts: [withVideo()], format: 'reel' };
  if (networks.includes('youtube')) {
    const isCommented = networks.length === 1 && random.chance(0.4);
    return { parts: [withVideo(), ...(isCommented ? [{ kind: 'comment' as const, images: 0 }] : [])] };
  }
  if (all(COMMENTED) && random.chance(0.4)) {
    return { parts: [...planParts(random, false), { kind: 'comment', images: 0 }] };
  }
  const isThread = all(THREADED) && random.chance(0.4);
  if (!isThread && all(FILMED) && random.chance(0.2)) return { parts: [withVideo()] };
  return { parts: withMedia(planParts(random, isThread), networks) };
}

/** A post that is a video. */
export function withVideo(): PlannedPart {
  return { kind: 'post', images: 0, video: true };
}

/** As many images as these networks take; YouTube takes a video alone. */
export function withMedia([first, ...rest]: PlannedPart[], networks: readonly Network[]): PlannedPart[] {
  if (!first) return rest;
  if (networks.includes('youtube')) return [withVideo(), ...rest];
  const least = networks.some((network) => PICTURED.has(network)) ? 1 : 0;
  const most = networks.some((network) => OF_ONE_IMAGE.has(network)) ? 1 : Infinity;
  return [{ ...first, images: Math.min(most, Math.max(least, first.images)) }, ...rest];
}

/** One message, or a thread of up to four, with or without a first comment. @param least messages of a thread, without a comment */
export function planParts(random: Random, isThread: boolean, least = 1): PlannedPart[] {
  const images = (share: number) => (random.chance(share) ? random.whole(1, 2) : 0);
  const post: PlannedPart = { kind: 'post', images: images(0.3) };
  if (!isThread) return [post];
  const length = random.whole(least, LONGEST_THREAD);
  const replies = Array.from({ length: length - 1 }, (): PlannedPart => ({ kind: 'reply', images: images(0.2) }));
  const hasComment = length === 1 || random.chance(0.4);
  return [post, ...replies, ...(hasComment ? [{ kind: 'comment' as const, images: 0 }] : [])];
}

/** An earlier post that can be said once more on its channel: nobody edits either of them. */
function twinFor(random: Random, posts: readonly PlannedPost[]): PlannedPost | undefined {
  const fitting = posts
    .slice(-TWINS_AMONG)
    .filter(
      (post) =>
        post.channels.length === 1 &&
        post.text === post.number &&
        post.parts.length === 1 &&
        post.actions.length === 0 &&
        post.due !== 'now',
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

/** Mostly in the seconds before the due time, where they race with the runner; with a thread also between its parts. */
function planActions(random: Random, written: number, due: number, windowMs: number, parts: number): Action[] {
  if (!random.chance(0.35)) return [];
  const soonest = written + 1_200;
  const close = due - random.between(parts > 1 ? -1_500 : -200, PREPARE_AHEAD_MS + 500);
  const at = Math.round(Math.max(soonest, random.chance(0.75) ? close : random.between(soonest, due)));
  switch (random.weighted({ edit: 45, reschedule: 15, delete: 12, cancel: 13 })) {
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
  }
}
