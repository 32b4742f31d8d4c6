import { createHash, randomBytes, randomInt } from 'node:crypto';
import { type SandboxCollection, type SandboxWorld } from '#platforms/core';

/** X Premium, as `subscription_type` names it. https://docs.x.com/x-api/fundamentals/data-dictionary */
export const SUBSCRIPTIONS = ['None', 'Basic', 'Premium', 'PremiumPlus'] as const;
export type Subscription = (typeof SUBSCRIPTIONS)[number];

/** A practice person. */
export type Person = { id: string; name: string; username: string; subscription: Subscription };

/** A code on its way back to the app. Instants in milliseconds. */
export type Code = {
  userId: string;
  redirectUri: string;
  scopes: string[];
  challenge: string;
  method: 'S256' | 'plain';
  expiresAt: number;
  used: boolean;
};

/** An access or refresh token, by its SHA-256. `family` is the sign-in that it comes of. */
export type Token = {
  kind: 'access' | 'refresh';
  userId: string;
  scopes: string[];
  family: string;
  expiresAt: number;
  dead: boolean;
};

/** A file, from its beginning to its end at X. Instants in milliseconds. */
export type Media = {
  id: string;
  userId: string;
  category: string;
  contentType: string;
  totalBytes: number;
  /** The indexes of the segments that came in. */
  segments: number[];
  bytes: number;
  digest: string;
  /** Until then it waits to be completed, or used. */
  expiresAt: number;
  finalizedAt?: number;
  readyAt?: number;
  error?: string;
  width?: number;
  height?: number;
  altText?: string;
};

/** A link of a text as X stores it: its place in the stored text. */
export type Link = { start: number; end: number; short: string; expanded: string };

/** A post, with its text as X stores it: short links and HTML's three characters escaped. */
export type Post = {
  id: string;
  userId: string;
  text: string;
  stored: string;
  links: Link[];
  at: string;
  media: string[];
  history: string[];
  root: string;
  replyTo?: string;
  quotes?: string;
  poll?: string[];
  pollMinutes?: number;
  replySettings?: string;
  madeWithAi?: boolean;
  paidPartnership?: boolean;
  /** Another edit took its place. */
  replaced?: boolean;
};

/** What a practice app may do, changed by orders of a rehearsal. */
export type Plan = { quotes: boolean; selfThreads: boolean; credits: boolean };
/** `at` is when its window began. */
export type Count = { at: number; times: number };

/** The practice network's whole state. */
export class State {
  readonly people: SandboxCollection<Person>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly media: SandboxCollection<Media>;
  readonly posts: SandboxCollection<Post>;
  /** Which post said a text last, by account and text. */
  readonly said: SandboxCollection<string>;
  private readonly counts: SandboxCollection<Count>;
  private readonly plans: SandboxCollection<Plan>;

  constructor(readonly world: SandboxWorld) {
    this.people = world.collection<Person>('people');
    this.codes = world.collection<Code>('codes');
    this.tokens = world.collection<Token>('tokens');
    this.media = world.collection<Media>('media');
    this.posts = world.collection<Post>('posts');
    this.said = world.collection<string>('said');
    this.counts = world.collection<Count>('counts');
    this.plans = world.collection<Plan>('plan');
  }

  now(): number {
    return this.world.now().getTime();
  }

  get plan(): Plan {
    return this.plans.get('plan') ?? { quotes: false, selfThreads: true, credits: true };
  }

  change(plan: Partial<Plan>): void {
    this.plans.set('plan', { ...this.plan, ...plan });
  }

  /** The token behind a text that came in. */
  token(text: string): Token | undefined {
    return this.tokens.get(hash(text));
  }

  issue(token: Omit<Token, 'dead'>): string {
    const text = randomBytes(36).toString('base64url');
    this.tokens.set(hash(text), { ...token, dead: false });
    return text;
  }

  /** Ends the tokens that fit. */
  kill(fits: (token: Token) => boolean): void {
    for (const [key, token] of this.tokens.entries()) if (fits(token)) this.tokens.set(key, { ...token, dead: true });
  }

  /** The count of something that is limited; its window begins with the first. */
  counted(who: string, what: string, windowMs: number): Count {
    const count = this.counts.get(`${who}:${what}`);
    return count && count.at + windowMs > this.now() ? count : { at: this.now(), times: 0 };
  }

  keepCount(who: string, what: string, count: Count): void {
    this.counts.set(`${who}:${what}`, count);
  }

  usernameOf(userId: string): string {
    return this.people.get(userId)?.username ?? userId;
  }
}

/** The same text always has the same hash. */
export function hash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Where X's ids begin: https://docs.x.com/fundamentals/x-ids */
const EPOCH = 1_288_834_974_657n;

const SEQUENCE_BITS = 22;
/** Somewhere in the lower half, so that a process after this one makes others, and this one comes to no end. */
let sequence = randomInt(2 ** (SEQUENCE_BITS - 1));

/** An id as X makes them: the time in the upper bits, and below it what grows, so that of one millisecond the later is the larger. */
export function newId(now: number): string {
  sequence = (sequence + 1) % 2 ** SEQUENCE_BITS;
  return String(((BigInt(now) - EPOCH) << BigInt(SEQUENCE_BITS)) | BigInt(sequence));
}

/** The same name is the same person. */
export function userIdOf(name: string): string {
  return `1${String(BigInt(`0x${hash(`user:${name.trim().toLowerCase()}`).slice(0, 15)}`) % 10n ** 12n).padStart(12, '0')}`;
}

/** Letters, digits and underscores, at most 15. https://help.x.com/en/managing-your-account/x-username-rules */
export function usernameOf(name: string): string {
  return name.trim().replaceAll(/\W+/g, '_').slice(0, 15) || 'practice';
}
