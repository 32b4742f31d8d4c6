import { type JsonObject, type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { type Grant, GraphRefusal, LoginState, numericId } from '#platforms/meta/sandbox';
import { PRACTICE_APP } from '../manifest.js';

/** The permissions that a Threads app may ask for: https://developers.facebook.com/docs/development/create-an-app/threads-use-case */
export const KNOWN_SCOPES = [
  ...['threads_basic', 'threads_content_publish', 'threads_delete', 'threads_keyword_search'],
  ...['threads_location_tagging', 'threads_manage_insights', 'threads_manage_mentions', 'threads_manage_replies'],
  ...['threads_profile_discovery', 'threads_read_replies', 'threads_share_to_instagram'],
] as const;

/** A file that Threads fetched. */
export type File = { contentType: string; bytes: number; digest: string; altText?: string };

/** A container. Instants in milliseconds. `error` shows once it has been processed. */
export type Container = {
  id: string;
  userId: string;
  type: 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL';
  text: string;
  isItem: boolean;
  madeAt: number;
  readyAt: number;
  children: string[];
  error?: string;
  file?: File;
  link?: string;
  replyTo?: string;
  replyControl?: string;
  topic?: string;
  locationId?: string;
  poll?: string[];
  isSpoiler?: boolean;
  publishedAs?: string;
};

/** A post or reply. */
export type Post = {
  id: string;
  userId: string;
  shortcode: string;
  type: Container['type'];
  text: string;
  files: File[];
  at: string;
  root: string;
  link?: string;
  replyTo?: string;
  replyControl?: string;
  topic?: string;
  locationId?: string;
  poll?: string[];
  isSpoiler?: boolean;
};

/** What is counted within a day. */
export type Counted = 'posts' | 'replies' | 'deletions' | 'searches';
type Count = { userId: string; what: Counted; at: number; times: number };

const DAY_MS = 86_400_000;

/** https://developers.facebook.com/documentation/threads/overview#rate-limiting */
export const QUOTAS: Readonly<Record<Counted, number>> = { posts: 250, replies: 1_000, deletions: 100, searches: 500 };

/** The practice network's whole state: who signed in, and what they made. */
export class State extends LoginState {
  readonly containers: SandboxCollection<Container>;
  readonly posts: SandboxCollection<Post>;
  /** People who may inspect tokens. */
  readonly testers: SandboxCollection<true>;
  private readonly counts: SandboxCollection<Count>;

  constructor(world: SandboxWorld) {
    super(world, {
      platform: 'threads',
      name: 'Threads',
      app: PRACTICE_APP,
      scopes: KNOWN_SCOPES,
      proof: false,
      hash: '_',
      denial: { error_reason: 'user_denied', error_description: 'The user denied your request' },
    });
    this.containers = world.collection<Container>('containers');
    this.posts = world.collection<Post>('posts');
    this.testers = world.collection<true>('testers');
    this.counts = world.collection<Count>('counts');
  }

  now(): number {
    return this.world.now().getTime();
  }

  /** How much this person used within the last day. */
  used(userId: string, what: Counted): number {
    const since = this.now() - DAY_MS;
    const counted = this.counts.entries().map(([, count]) => count);
    return counted
      .filter((count) => count.userId === userId && count.what === what && count.at > since)
      .reduce((sum, { times }) => sum + times, 0);
  }

  count(userId: string, what: Counted, times = 1): void {
    this.counts.set(newThreadsId(), { userId, what, at: this.now(), times });
  }
}

let made = 0;

/** Seventeen digits, as Threads has them: more than a number of JavaScript holds. */
export function newThreadsId(): string {
  made += 1;
  return `17${numericId(`${made}:${Math.random()}`).slice(1)}`;
}

/** A person's name on Threads. */
export function usernameOf({ name }: Pick<Grant, 'name'>): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.');
}

/** A missing permission: https://developers.facebook.com/docs/graph-api/guides/error-handling (code 10) */
export function requirePermission({ scopes }: Pick<Grant, 'scopes'>, ...wanted: readonly string[]): void {
  if (wanted.every((scope) => scopes.includes(scope))) return;
  throw new GraphRefusal({ code: 10, message: '(#10) Application does not have permission for this action' }, 403);
}

/** "Media Not Found": what Threads says of a container or post that is not there, or not there yet. */
export function mediaNotFound(id: string, subcode = 4_279_009): GraphRefusal {
  return new GraphRefusal({
    code: 24,
    subcode,
    transient: false,
    message: 'The requested resource does not exist',
    user: { title: 'Media Not Found', message: `The media with id ${id} cannot be found.` },
  });
}

/** Narrows an order of the practice to an object with these texts. */
export function textIn(json: JsonObject, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}
