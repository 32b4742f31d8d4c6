import { createHash, randomBytes } from 'node:crypto';
import { type Json, type SandboxCollection, type SandboxWorld } from '#platforms/core';

/** What a person allowed the app. */
export type Grant = { userId: string; name: string; scopes: string[] };

/** A code on its way to a token. Instants in milliseconds. */
export type Code = { userId: string; redirectUri: string; scopes: string[]; expiresAt: number; used: boolean };

/** An access or a refresh token. Instants in milliseconds. */
export type Token = {
  kind: 'access' | 'refresh';
  userId: string;
  scopes: string[];
  expiresAt: number;
  dead: boolean;
};

/** A board. */
export type Board = {
  id: string;
  userId: string;
  name: string;
  privacy: 'PUBLIC' | 'PROTECTED' | 'SECRET';
  sections: { id: string; name: string }[];
  isAdsOnly: boolean;
  deleted: boolean;
  createdAt: string;
};

/** A file that was taken. */
export type File = {
  contentType: string;
  bytes: number;
  digest: string;
  width: number;
  height: number;
  durationMs?: number;
};

/** A registered upload. Instants in milliseconds. */
export type Media = {
  id: string;
  userId: string;
  key: string;
  policy: string;
  signature: string;
  token: string;
  expiresAt: number;
  readyAt?: number;
  problem?: string;
  file?: File;
};

/** A Pin. */
export type Pin = {
  id: string;
  userId: string;
  boardId: string;
  sectionId?: string;
  title: string;
  description: string;
  link: string;
  altText: string;
  kind: 'image' | 'video' | 'multiple_images';
  files: File[];
  /** Of a carousel. */
  items: { title: string; description: string; link: string }[];
  /** Of a video: how its cover was given. */
  cover?: string;
  at: string;
  isOwner: boolean;
  parent?: string;
};

/**
 * What Pinterest granted the practice app. `trial` = at the API Sandbox: only creators see their Pins. `trial-in-production` =
 * trial access at the wrong host, where no Pins can be made.
 */
export type Access = 'standard' | 'trial' | 'trial-in-production';

const BOARDS: readonly (Pick<Board, 'name' | 'privacy'> & { sections: readonly string[] })[] = [
  { name: 'Bread and cakes', privacy: 'PUBLIC', sections: ['Rye', 'Sourdough', 'Cakes'] },
  { name: 'Bikes', privacy: 'PUBLIC', sections: ['City bikes', 'Cargo bikes'] },
  { name: 'Café corner', privacy: 'PUBLIC', sections: [] },
  { name: 'Plans', privacy: 'SECRET', sections: ['Next year'] },
  ...['Autumn', 'Balconies', 'Ceramics', 'Dahlias', 'Evenings', 'Ferns', 'Gardens', 'Herbs', 'Interiors'].map(
    (name) => ({ name, privacy: 'PUBLIC' as const, sections: [] }),
  ),
];

/** The practice network's whole state. */
export class State {
  readonly grants: SandboxCollection<Grant>;
  readonly codes: SandboxCollection<Code>;
  readonly tokens: SandboxCollection<Token>;
  readonly boards: SandboxCollection<Board>;
  readonly media: SandboxCollection<Media>;
  readonly pins: SandboxCollection<Pin>;
  readonly counts: SandboxCollection<{ from: number; used: number }>;
  private readonly switches: SandboxCollection<Json>;

  constructor(readonly world: SandboxWorld) {
    this.grants = world.collection('grants');
    this.codes = world.collection('codes');
    this.tokens = world.collection('tokens');
    this.boards = world.collection('boards');
    this.media = world.collection('media');
    this.pins = world.collection('pins');
    this.counts = world.collection('counts');
    this.switches = world.collection('switches');
  }

  now(): number {
    return this.world.now().getTime();
  }

  get access(): Access {
    const access = this.switches.get('access');
    return access === 'trial' || access === 'trial-in-production' ? access : 'standard';
  }

  /** Something that a rehearsal arranged. */
  arranged(name: string): Json | undefined {
    return this.switches.get(name);
  }

  arrange(name: string, value: Json): void {
    this.switches.set(name, value);
  }

  /** A person signs in: the first time they are given their boards. */
  welcome(grant: Grant): void {
    this.grants.set(grant.userId, grant);
    if (this.boardsOf(grant.userId).length > 0) return;
    for (const board of BOARDS) this.addBoard(grant.userId, board);
  }

  addBoard(
    userId: string,
    {
      name,
      privacy,
      sections,
      isAdsOnly = false,
    }: Pick<Board, 'name' | 'privacy'> & { sections: readonly string[]; isAdsOnly?: boolean },
  ): Board {
    const id = idOf(`board:${userId}:${name}`);
    const board: Board = {
      ...{ id, userId, name, privacy, isAdsOnly, deleted: false },
      sections: sections.map((section) => ({ id: idOf(`section:${id}:${section}`), name: section })),
      createdAt: this.world.now().toISOString(),
    };
    this.boards.set(id, board);
    return board;
  }

  boardsOf(userId: string): Board[] {
    return this.boards.entries().flatMap(([, board]) => (board.userId === userId && !board.deleted ? [board] : []));
  }

  /** Newest first. */
  pinsOf(boardId: string): Pin[] {
    return this.pins
      .entries()
      .map(([, pin]) => pin)
      .filter((pin) => pin.boardId === boardId)
      .reverse();
  }

  issue(kind: Token['kind'], token: Omit<Token, 'kind' | 'dead'>): string {
    // https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
    const text = `${kind === 'access' ? 'pina' : 'pinr'}_${randomBytes(32).toString('hex')}`;
    this.tokens.set(text, { kind, ...token, dead: false });
    return text;
  }

  /** Ends the tokens that fit. */
  end(fits: (token: Token) => boolean): void {
    for (const [text, token] of this.tokens.entries()) if (fits(token)) this.tokens.set(text, { ...token, dead: true });
  }
}

let made = 0;

/** Eighteen digits: more than a number of JavaScript holds. */
export function newId(): string {
  made += 1;
  return idOf(`${made}:${randomBytes(8).toString('hex')}`);
}

/** The id that always belongs to this text. */
export function idOf(text: string): string {
  const digest = createHash('sha256').update(text).digest().readBigUInt64BE(0);
  return `9${String(digest % 10n ** 17n).padStart(17, '0')}`;
}

/** The id of a practice person: the same name is the same person. */
export function userIdOf(name: string): string {
  return idOf(`user:${name.trim().toLowerCase()}`);
}

/** A person's name on Pinterest. */
export function usernameOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '');
}

/** A moment in whole seconds, as Pinterest tells it. */
export function stamp(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}
