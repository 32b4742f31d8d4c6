import { createHash, randomBytes } from 'node:crypto';
import { type Json, type JsonObject, type SandboxCollection, type SandboxWorld } from '#platforms/core';

/** Which scopes each product gives; an app has the ones or the others. */
export const PRODUCTS: Readonly<Record<'member' | 'community', readonly string[]>> = {
  // https://learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access
  member: ['openid', 'profile', 'email', 'w_member_social'],
  // https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access
  community: [
    ...['r_basicprofile', 'w_member_social', 'w_organization_social', 'r_organization_social'],
    ...['rw_organization_admin', 'r_organization_admin'],
  ],
};
export type Product = keyof typeof PRODUCTS;

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role */
export const ROLES = [
  'ADMINISTRATOR',
  'CONTENT_ADMINISTRATOR',
  'DIRECT_SPONSORED_CONTENT_POSTER',
  'ANALYST',
  'CURATOR',
] as const;
export const POSTING_ROLES: readonly string[] = ROLES.slice(0, 3);

/** Organizations of the practice network, and what everybody is there at first. */
export const ORGANIZATIONS: readonly { name: string; vanityName: string; role: string }[] = [
  { name: 'Practice Bakery', vanityName: 'practice-bakery', role: 'ADMINISTRATOR' },
  { name: 'Practice Bikes', vanityName: 'practice-bikes', role: 'CONTENT_ADMINISTRATOR' },
  { name: 'Practice Café', vanityName: 'practice-cafe', role: 'DIRECT_SPONSORED_CONTENT_POSTER' },
  { name: 'Practice Museum', vanityName: 'practice-museum', role: 'ANALYST' },
];

/** What a person is for an organization. `NONE` = nothing. */
export type Role = { personId: string; organizationId: string; role: string; state: string };
export type Person = { id: string; name: string };
export type Code = {
  personId: string;
  scopes: string[];
  product: Product;
  redirectUri: string;
  expiresAt: number;
  used: boolean;
  challenge?: string;
};
/** A token. Times in milliseconds. */
export type Token = { personId: string; scopes: string[]; product: Product; expiresAt: number; isRevoked: boolean };
export type Asset = {
  urn: string;
  kind: 'image' | 'document' | 'video';
  owner: string;
  /** Of the addresses. */
  endsAt: number;
  secret: string;
  /** When it has been worked on; before that it waits for its bytes. */
  readyAt?: number;
  problem?: string;
  contentType?: string;
  bytes?: number;
  digest?: string;
  /** Of a video: its size as it was announced, the token of the upload, the digest of its cover. */
  size?: number;
  token?: string;
  wantsCover?: boolean;
  cover?: string;
};
export type Post = {
  urn: string;
  author: string;
  body: JsonObject;
  /** The text as people see it. */
  text: string;
  createdAt: number;
  changedAt: number;
  edited: boolean;
  deletedAt?: number;
};
export type Comment = { id: string; urn: string; post: string; actor: string; text: string; at: number };
type Counted = { day: string; used: number; allowed: number };

const TOKEN_DAYS = 60;
const REFRESH_DAYS = 365;
const DAY_MS = 86_400_000;
const MANY = 1_000_000;

/** All of practice LinkedIn, on the collections of its world. */
export class State {
  readonly people: SandboxCollection<Person>;
  readonly roles: SandboxCollection<Role>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly refreshTokens: SandboxCollection<Token>;
  readonly assets: SandboxCollection<Asset>;
  readonly posts: SandboxCollection<Post>;
  readonly comments: SandboxCollection<Comment>;
  /** What a rehearsal has switched: versions of the API that ended, `development` for an app in its time of development. */
  readonly switched: SandboxCollection<boolean>;
  /** Parts of videos on their way in. In memory: after a restart they are sent again. */
  private readonly counted: SandboxCollection<Counted>;

  constructor(readonly world: SandboxWorld) {
    this.people = world.collection<Person>('people');
    this.roles = world.collection<Role>('roles');
    this.codes = world.collection<Code>('codes');
    this.tokens = world.collection<Token>('tokens');
    this.refreshTokens = world.collection<Token>('refresh-tokens');
    this.assets = world.collection<Asset>('assets');
    this.posts = world.collection<Post>('posts');
    this.comments = world.collection<Comment>('comments');
    this.switched = world.collection<boolean>('switched');
    this.counted = world.collection<Counted>('counted');
  }

  now(): number {
    return this.world.now().getTime();
  }

  /** An id with the time in its upper bits. */
  newId(): string {
    return String((BigInt(this.now()) << 22n) | BigInt(randomBytes(3).readUIntBE(0, 3) & 0x3fffff));
  }

  roleOf(personId: string, organizationId: string): string {
    const role = this.roles.get(`${personId}:${organizationId}`);
    return role?.state === 'APPROVED' ? role.role : 'NONE';
  }

  setRole(role: Role): void {
    this.roles.set(`${role.personId}:${role.organizationId}`, role);
  }

  issue(person: Pick<Token, 'personId' | 'scopes' | 'product'>): JsonObject {
    const token = `AQ${randomBytes(150).toString('base64url')}`;
    this.tokens.set(token, { ...person, expiresAt: this.now() + TOKEN_DAYS * DAY_MS, isRevoked: false });
    return { access_token: token, expires_in: TOKEN_DAYS * 86_400, scope: person.scopes.join(',') };
  }

  /** For approved apps alone: https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens */
  issueRefresh(person: Pick<Token, 'personId' | 'scopes' | 'product'>): string {
    const token = `AR${randomBytes(150).toString('base64url')}`;
    this.refreshTokens.set(token, { ...person, expiresAt: this.now() + REFRESH_DAYS * DAY_MS, isRevoked: false });
    return token;
  }

  /** Ends the tokens of a person, or those that fit. */
  revoke(fits: (token: Token) => boolean): void {
    for (const tokens of [this.tokens, this.refreshTokens]) {
      for (const [text, token] of tokens.entries()) if (fits(token)) tokens.set(text, { ...token, isRevoked: true });
    }
  }

  /** For a rehearsal: how many more requests of this key (a person's id, or `app`) are allowed today. */
  allow(key: string, allowed: number): void {
    this.counted.set(key, { day: this.day(), used: 0, allowed });
  }

  /**
   * Whether the app is in its time of development, in which it may not ask for several things at once.
   * https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access
   */
  isInDevelopment(): boolean {
    return this.switched.get('development') === true;
  }

  /** Counts a request; false where none is left today. Days are those of UTC. */
  count(key: string): boolean {
    const known = this.counted.get(key);
    const isToday = known?.day === this.day();
    const counted = {
      day: this.day(),
      used: (isToday ? known.used : 0) + 1,
      // What a rehearsal allowed counts for its day.
      allowed: isToday ? known.allowed : MANY,
    };
    this.counted.set(key, counted);
    return counted.used <= counted.allowed;
  }

  private day(): string {
    return this.world.now().toISOString().slice(0, 10);
  }
}

/** The id of a practice person: the same name is the same person. */
export function personIdOf(name: string): string {
  return createHash('sha256').update(`person:${name.trim().toLowerCase()}`).digest('base64url').slice(0, 10);
}

/** The id of a practice organization. */
export function organizationIdOf(name: string): string {
  const digest = createHash('sha256').update(`organization:${name}`).digest().readUInt32BE(0);
  return String(10_000_000 + (digest % 90_000_000));
}

/** The organization of an id. */
export function organizationOf(id: string): (typeof ORGANIZATIONS)[number] | undefined {
  return ORGANIZATIONS.find(({ name }) => organizationIdOf(name) === id);
}

/** A text of JSON, or an empty one. */
export function textIn(json: JsonObject, name: string): string {
  const value: Json | undefined = json[name];
  return typeof value === 'string' ? value : '';
}
