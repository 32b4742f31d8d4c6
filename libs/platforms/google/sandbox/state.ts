import { createHash, randomBytes } from 'node:crypto';
import { type OAuthApp, type SandboxCollection, type SandboxRequest, type SandboxWorld } from '#platforms/core';

/** Whether the consent screen of the app is in testing: then a sign-in ends after 7 days. */
export type Publishing = 'testing' | 'production';

/** A Google account that has allowed the app something. */
export type GooglePerson = { id: string; name: string; publishing: Publishing };

/** A code, waiting to be exchanged. */
export type GoogleCode = {
  personId: string;
  redirectUri: string;
  scopes: string[];
  /** Asked for `offline`, and asked again. */
  refreshable: boolean;
  challenge?: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  used: boolean;
};

/** A token. What is `dead` was taken back. */
export type GoogleToken = {
  kind: 'access' | 'refresh';
  personId: string;
  scopes: string[];
  /** The refresh token and its access tokens. */
  family: string;
  /** Milliseconds since 1970; left out = none of its own. */
  expiresAt?: number;
  dead?: boolean;
};

/** What tells the sign-in of one practice network from another. */
export interface GoogleSignInOptions {
  /** The network's name, for people. */
  name: string;
  app: OAuthApp;
  /** The scopes that the practice app may ask for. */
  scopes: readonly string[];
  /** Whether errors hold the older list of `errors` too, as YouTube's do. */
  listsErrors: boolean;
  /** HTML of further fields of the consent page: which channel. */
  fields?: string;
  /** Told once somebody has agreed, with what was filled in. */
  agreed?(person: GooglePerson, request: SandboxRequest): void;
}

/** Who has signed in and what they allowed, on the collections of a practice network's world. */
export class GoogleState {
  readonly people: SandboxCollection<GooglePerson>;
  readonly codes: SandboxCollection<GoogleCode>;
  readonly tokens: SandboxCollection<GoogleToken>;

  constructor(
    readonly world: SandboxWorld,
    readonly options: GoogleSignInOptions,
  ) {
    this.people = world.collection<GooglePerson>('people');
    this.codes = world.collection<GoogleCode>('codes');
    this.tokens = world.collection<GoogleToken>('tokens');
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.world.now().getTime();
  }

  issue(token: GoogleToken): string {
    const random = randomBytes(48).toString('base64url');
    const text = token.kind === 'access' ? `ya29.${random}` : `1//0${random}`;
    this.tokens.set(text, token);
    return text;
  }

  /** Ends the tokens that fit. */
  kill(fits: (token: GoogleToken) => boolean): void {
    for (const [text, token] of this.tokens.entries()) if (fits(token)) this.tokens.set(text, { ...token, dead: true });
  }

  isAlive({ dead, expiresAt }: GoogleToken): boolean {
    return dead !== true && (expiresAt === undefined || expiresAt > this.now());
  }
}

/** The id of a practice person, 21 digits: the same name is the same person. */
export function googleIdOf(name: string): string {
  return `1${digits(`google:${name.trim().toLowerCase()}`, 20)}`;
}

/** So many digits that always belong to this text. */
export function digits(text: string, count: number): string {
  const digest = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  return String(digest % 10n ** BigInt(count)).padStart(count, '0');
}
