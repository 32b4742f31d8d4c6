import { createHash, randomBytes } from 'node:crypto';
import { type Json, type SandboxCollection, type SandboxWorld } from '#platforms/core';

/** The permissions that the practice app may ask for. */
export const KNOWN_SCOPES = [
  'public_profile',
  'email',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'business_management',
] as const;

const PRACTICE_PAGES = ['Practice Bakery', 'Practice Bikes', 'Practice Café'];
const ALL_TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];

/** A Page of a practice person, in `/accounts` unless it hangs below a business. */
export type Page = {
  id: string;
  name: string;
  userId: string;
  tasks: string[];
  business?: string;
  /** How the business has it. */
  edge?: 'owned_pages' | 'client_pages';
};

/** What a person allowed this app: one per person; a new consent decides anew about what it asks for. */
export type Grant = {
  userId: string;
  name: string;
  email: string;
  scopes: string[];
  declined: string[];
  pages: string[];
};

/** A login code, waiting to be exchanged. */
export type Code = { userId: string; redirectUri: string; expiresAt: number; used: boolean };

/** A token. Times in seconds; 0 = never. `dead` is the subcode of what ended it. */
export type Token = {
  userId: string;
  pageId?: string;
  issuedAt: number;
  expiresAt: number;
  dataAccessExpiresAt: number;
  dead?: number;
};

/** A photo that was uploaded unpublished; `postId` once a post uses it. */
export type Photo = {
  id: string;
  pageId: string;
  contentType: string;
  bytes: number;
  digest: string;
  altText?: string;
  postId?: string;
};

/** A published post. */
export type Post = {
  id: string;
  pageId: string;
  message: string;
  link?: string;
  photos: string[];
  createdAt: string;
};

/** The practice network's whole state, on the collections of its world. */
export class State {
  readonly grants: SandboxCollection<Grant>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly photos: SandboxCollection<Photo>;
  readonly posts: SandboxCollection<Post>;
  private readonly addedPages: SandboxCollection<Page>;

  constructor(readonly world: SandboxWorld) {
    this.grants = world.collection<Grant>('grants');
    this.codes = world.collection<Code>('codes');
    this.tokens = world.collection<Token>('tokens');
    this.photos = world.collection<Photo>('photos');
    this.posts = world.collection<Post>('posts');
    this.addedPages = world.collection<Page>('pages');
  }

  /** Seconds since 1970. */
  seconds(): number {
    return Math.floor(this.world.now().getTime() / 1000);
  }

  /** Everybody has the same three Pages of their own, and those that were added. */
  pagesOf(userId: string): Page[] {
    const own = PRACTICE_PAGES.map((name) => ({ id: pageIdOf(userId, name), name, userId, tasks: ALL_TASKS }));
    const added = this.addedPages.entries().map(([, page]) => page);
    return [...own, ...added.filter((page) => page.userId === userId)];
  }

  /** What a Page is called, by whomever it was connected. */
  pageName(pageId: string): string | undefined {
    const people = this.grants.entries().map(([userId]) => userId);
    return people.flatMap((userId) => this.pagesOf(userId)).find(({ id }) => id === pageId)?.name;
  }

  addPage(page: Omit<Page, 'id' | 'tasks'> & { tasks?: string[] }): Page {
    const added = { ...page, id: pageIdOf(page.userId, page.name), tasks: page.tasks ?? ALL_TASKS };
    this.addedPages.set(added.id, added);
    return added;
  }

  issue(token: Omit<Token, 'issuedAt' | 'dataAccessExpiresAt'>): string {
    const text = `EAA${token.pageId === undefined ? 'U' : 'P'}${randomBytes(48).toString('hex')}`;
    const issuedAt = this.seconds();
    this.tokens.set(text, { ...token, issuedAt, dataAccessExpiresAt: issuedAt + 90 * 86_400 });
    return text;
  }

  /** The Page token of a person, the same each time while it lives. */
  pageToken(userId: string, pageId: string): string {
    const known = this.tokens
      .entries()
      .find(([, token]) => token.userId === userId && token.pageId === pageId && token.dead === undefined);
    return known ? known[0] : this.issue({ userId, pageId, expiresAt: 0 });
  }

  /** Ends the tokens that fit, for the reason that the subcode stands for. */
  kill(fits: (token: Token) => boolean, subcode: number): void {
    for (const [text, token] of this.tokens.entries())
      if (fits(token)) this.tokens.set(text, { ...token, dead: subcode });
  }
}

/** The id of a practice person: the same name is the same person. */
export function userIdOf(name: string): string {
  return numericId(`user:${name.trim().toLowerCase()}`);
}

function pageIdOf(userId: string, name: string): string {
  return numericId(`page:${userId}:${name}`);
}

/** A new id in Facebook's form. */
export function newId(): string {
  return numericId(randomBytes(16).toString('hex'));
}

/** The id of a business, from its name. */
export function businessIdOf(name: string): string {
  return numericId(`business:${name}`);
}

function numericId(text: string): string {
  const digest = createHash('sha256').update(text).digest().readBigUInt64BE(0);
  return `1${String(digest % 10n ** 15n).padStart(15, '0')}`;
}

/** Narrows JSON to a list of texts. */
export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
