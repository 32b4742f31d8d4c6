import { createHash, randomBytes } from 'node:crypto';
import { type Json, type SandboxCollection, type SandboxWorld } from '#platforms/core';

/** An account, with what it chose in the TikTok app. */
export type Person = {
  openId: string;
  name: string;
  username: string;
  isPrivate: boolean;
  commentsOff: boolean;
  duetOff: boolean;
  stitchOff: boolean;
  maxSeconds: number;
  isBanned: boolean;
};

/** A code on its way to a token. Instants in milliseconds. */
export type Code = {
  openId: string;
  clientKey: string;
  redirectUri: string;
  scopes: string[];
  expiresAt: number;
  used: boolean;
  /** Of the proof key, in hexadecimal digits; empty where there is none. */
  challenge: string;
};

/** An access or a refresh token. Instants in milliseconds. */
export type Token = {
  kind: 'access' | 'refresh';
  openId: string;
  clientKey: string;
  scopes: string[];
  expiresAt: number;
  dead: boolean;
};

/** What somebody wants to be posted with the files. */
export type Info = {
  title: string;
  text: string;
  privacy: string;
  commentsOff: boolean;
  duetOff: boolean;
  stitchOff: boolean;
  branded: boolean;
  ownBrand: boolean;
  aiGenerated: boolean;
  music: boolean;
  /** Of a video, in milliseconds; of photos the number of one, from 0. */
  coverAt?: number;
};

/** A file that was taken. */
export type File = { contentType: string; bytes: number; digest: string };

/** Something that was begun. Instants in milliseconds. */
export type Publish = {
  id: string;
  openId: string;
  clientKey: string;
  kind: 'video' | 'photos';
  isDraft: boolean;
  source: 'file' | 'url';
  info: Info;
  begunAt: number;
  /** Of an upload. */
  size: number;
  chunkSize: number;
  count: number;
  received: number;
  secret: string;
  endsAt: number;
  contentType: string;
  /** Everything is there since then. */
  completeAt?: number;
  /** Why nothing comes of it: a `fail_reason`. */
  problem?: string;
  files: File[];
  /** Of a public post. */
  postId?: string;
  /** A draft was finished in the app then. */
  postedAt?: number;
};

/** The practice network's whole state. */
export class State {
  readonly people: SandboxCollection<Person>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly publishes: SandboxCollection<Publish>;
  readonly calls: SandboxCollection<number[]>;
  private readonly switches: SandboxCollection<Json>;

  constructor(readonly world: SandboxWorld) {
    this.people = world.collection('people');
    this.codes = world.collection('codes');
    this.tokens = world.collection('tokens');
    this.publishes = world.collection('publishes');
    this.calls = world.collection('calls');
    this.switches = world.collection('switches');
  }

  now(): number {
    return this.world.now().getTime();
  }

  /** Something that a rehearsal arranged. */
  arranged(name: string): Json | undefined {
    return this.switches.get(name);
  }

  arrange(name: string, value: Json | undefined): void {
    if (value === undefined) this.switches.delete(name);
    else this.switches.set(name, value);
  }

  /** A person signs in. */
  welcome(name: string, isPrivate: boolean): Person {
    const openId = openIdOf(name);
    const known = this.people.get(openId);
    const fresh = { commentsOff: false, duetOff: false, stitchOff: false, maxSeconds: 600, isBanned: false };
    const person: Person = { ...fresh, ...known, openId, name, username: usernameOf(name), isPrivate };
    this.people.set(openId, person);
    return person;
  }

  person(openId: string): Person {
    const person = this.people.get(openId);
    if (!person) throw new Error('There is no such practice person.');
    return person;
  }

  issue(kind: Token['kind'], token: Omit<Token, 'kind' | 'dead'>): string {
    // https://developers.tiktok.com/doc/oauth-user-access-token-management
    const text = `${kind === 'access' ? 'act' : 'rft'}.${randomBytes(24).toString('hex')}`;
    this.tokens.set(text, { kind, ...token, dead: false });
    return text;
  }

  /** Ends the tokens that fit. */
  end(fits: (token: Token) => boolean): void {
    for (const [text, token] of this.tokens.entries()) if (fits(token)) this.tokens.set(text, { ...token, dead: true });
  }

  allPublishes(): Publish[] {
    return this.publishes.entries().map(([, publish]) => publish);
  }

  publishesOf(openId: string): Publish[] {
    return this.allPublishes().filter((publish) => publish.openId === openId);
  }
}

/** Nineteen digits, as ids of posts have: more than a number of JavaScript holds. */
export function newPostId(): string {
  const digits = randomBytes(8).readBigUInt64BE(0) % 10n ** 18n;
  return `7${String(digits).padStart(18, '0')}`;
}

/** As TikTok writes them: `v_pub_file~v2-1.7560045831697483798`, `p_inbox_url~v2.…` for photos. */
export function newPublishId({ kind, isDraft, source }: Pick<Publish, 'kind' | 'isDraft' | 'source'>): string {
  return `${kind === 'video' ? 'v' : 'p'}_${isDraft ? 'inbox' : 'pub'}_${source}~v2-1.${newPostId()}`;
}

/** The id of a practice person for this app: the same name is the same person. */
export function openIdOf(name: string): string {
  const digest = createHash('sha256').update(`person:${name.trim().toLowerCase()}`).digest('base64url');
  return `-000${digest.replaceAll(/[-_]/g, 'x').slice(0, 32)}`;
}

/** A person's name on TikTok. */
export function usernameOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '');
}
