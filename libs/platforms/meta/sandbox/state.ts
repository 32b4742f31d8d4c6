import { createHash, randomBytes } from 'node:crypto';
import { type JsonObject, type OAuthApp, type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { PracticeUsage } from './usage.js';

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
  /** Where the app had people sent back to: callbacks go to the same installation. */
  redirectUri: string;
};

/** A login code, waiting to be exchanged. */
export type Code = {
  userId: string;
  redirectUri: string;
  expiresAt: number;
  used: boolean;
  /** SHA-256 of what the exchange has to bring along, where the dialog was given one. */
  challenge?: string;
};

/** A token. Times in seconds; 0 = never. `dead` is the subcode of what ended it. */
export type Token = {
  userId: string;
  pageId?: string;
  issuedAt: number;
  expiresAt: number;
  dataAccessExpiresAt: number;
  dead?: number;
};

/** What tells one sign-in of Meta's from another: Facebook Login, Instagram Login, Threads. */
export interface LoginOptions {
  /** The platform's folder, whose callbacks are called: `facebook`. */
  platform: string;
  /** The network's name, for people. */
  name: string;
  app: OAuthApp;
  /** The permissions that the practice app may ask for. */
  scopes: readonly string[];
  /** Before the names of collections, where one platform has several sign-ins. */
  prefix?: string;
  /** Whether each call needs `appsecret_proof`; left out = yes. */
  proof?: boolean;
  /** What redirects end with: Facebook adds `_=_`, Instagram and Threads `_`. */
  hash?: string;
  /** What comes back when a person says no, beside `error=access_denied`. */
  denial?: Readonly<Record<string, string>>;
  /** Further fields of a Page node, where a network hangs below Pages. */
  pageFields?(page: Page): JsonObject;
}

/** Who has signed in and what they allowed, on the collections of a practice network's world. */
export class LoginState {
  readonly grants: SandboxCollection<Grant>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly usage: PracticeUsage;
  private readonly addedPages: SandboxCollection<Page>;

  constructor(
    readonly world: SandboxWorld,
    readonly options: LoginOptions,
  ) {
    const { prefix = '' } = options;
    this.grants = world.collection<Grant>(`${prefix}grants`);
    this.codes = world.collection<Code>(`${prefix}codes`);
    this.tokens = world.collection<Token>(`${prefix}tokens`);
    this.addedPages = world.collection<Page>(`${prefix}pages`);
    this.usage = new PracticeUsage(world, prefix);
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

  /** The person takes the app away: every token ends, Page tokens too. */
  removeApp(userId: string): void {
    this.kill((token) => token.userId === userId, 458);
    this.grants.delete(userId);
  }
}

/** The id of a practice person: the same name is the same person. */
export function userIdOf(name: string): string {
  return numericId(`user:${name.trim().toLowerCase()}`);
}

function pageIdOf(userId: string, name: string): string {
  return numericId(`page:${userId}:${name}`);
}

/** A new id in Meta's form. */
export function newId(): string {
  return numericId(randomBytes(16).toString('hex'));
}

/** The id of a business, from its name. */
export function businessIdOf(name: string): string {
  return numericId(`business:${name}`);
}

/** The id that always belongs to this text. */
export function numericId(text: string): string {
  const digest = createHash('sha256').update(text).digest().readBigUInt64BE(0);
  return `1${String(digest % 10n ** 15n).padStart(15, '0')}`;
}
