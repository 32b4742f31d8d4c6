import { type Json, type JsonObject } from './json.js';

/**
 * A platform's practice network. Written from the platform's documentation, not from the adapter: it is the judge.
 * Handlers are plain functions from request to answer, so that the host can lose, delay or falsify any answer.
 */
export interface PlatformSandbox {
  /** The routes, below `/<platform id>` of the sandbox's address. */
  routes(world: SandboxWorld): SandboxRoute[];
  /** The error answer in the platform's own form. */
  refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer;
}

/**
 * Ways in which the host may have a platform refuse without effect. `content` is a refusal of what is said, of a kind that
 * the manifest lists; `bad-request` is one that promises nothing.
 */
export type RefusalKind = 'auth' | 'rate-limit' | 'unavailable' | 'bad-request' | 'content';

/** What a request is to ClickPost; faults are aimed at one of these. */
export type SandboxOperation = 'connect' | 'prepare' | 'commit' | 'read' | 'remove' | 'page';

export interface SandboxRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express 5 path, `/xrpc/com.atproto.repo.uploadBlob`, `/graph/:version/:id/photos`. */
  path: string;
  operation: SandboxOperation | ((request: SandboxRequest) => SandboxOperation);
  handle(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>;
}

export interface SandboxRequest {
  method: string;
  /** The path below the platform's mount. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** A JSON body parsed; `{}` when there was none of that kind. */
  json: JsonObject;
  /** Fields of a urlencoded or multipart body; arrays keep their order in `formAll`. */
  form: Readonly<Record<string, string>>;
  formAll(name: string): string[];
  files: readonly SandboxFormFile[];
  /** The names of all fields and files of a multipart body, in their order. */
  parts: readonly string[];
  /** The body as received; empty where it was multipart. */
  body: SandboxFile;
  /** `http://127.0.0.1:3001/<platform id>`. */
  baseUrl: string;
}

export interface SandboxAnswer {
  status: number;
  headers?: Record<string, string | string[]>;
  /** A string or bytes are sent as they are (set `content-type`); everything else as JSON. */
  body?: Json | Uint8Array;
}

/** Something that became visible: the ground truth. */
export interface VisiblePost {
  platform: string;
  /** The account or Page it is on, by the platform's id. */
  account: string;
  /** What people call that account, where the id says nothing to them. */
  accountName?: string;
  /** The platform's object id, as a receipt would name it. */
  id: string;
  text: string;
  link?: string;
  media: { contentType: string; bytes: number; altText?: string; digest: string }[];
  /** When it became visible, to the millisecond, however coarsely the platform's API tells it. */
  at: string;
  permalink?: string;
  replyTo?: string;
  /** Anything else worth showing or asserting. */
  details?: JsonObject;
}

/** A map that survives a restart of the sandbox. */
export interface SandboxCollection<T extends Json> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  delete(id: string): boolean;
  entries(): [string, T][];
}

/** A file that a practice network was given. It lies on disk, may be larger than memory, and is there as long as its request. */
export interface SandboxFile {
  /** How many bytes are there. */
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly digest: string;
  /** The bytes from `start` up to `end`, without the one at `end`; fewer where there are no more. In memory: ask for little. */
  read(start: number, end: number): Buffer;
}

/** A file of a multipart body. */
export interface SandboxFormFile extends SandboxFile {
  field: string;
  filename: string;
  contentType: string;
}

/** A file that was fetched by its address. */
export interface SandboxPulled {
  /** Of the answer, which need not be a good one. */
  status: number;
  /** In lower case, without parameters; empty where there is none. */
  contentType: string;
  file: SandboxFile;
}

/** A file that comes in parts. */
export interface SandboxUpload extends SandboxFile {
  /** Adds a part, or what of it is from `start` up to `end`, without the byte at `end`. */
  append(part: SandboxFile, start?: number, end?: number): void;
  /** All of it is there: keeps it for the feed, as `keep` does, and ends the upload. */
  finish(contentType: string): string;
  /** Throws away what is there. */
  discard(): void;
}

/** What a practice network is given by its host. */
export interface SandboxWorld {
  now(): Date;
  /** A collection of this platform's, by name. */
  collection<T extends Json>(name: string): SandboxCollection<T>;
  /** Makes a post visible in the feed: called exactly once for each effective creating request. */
  show(post: VisiblePost): void;
  /** Takes it away again. */
  hide(account: string, id: string): void;
  visible(account?: string): VisiblePost[];
  /** Keeps a file of any size for the feed. Returns its SHA-256, in hex. */
  keep(file: SandboxFile, contentType: string): string;
  /** `http://127.0.0.1:3001/<platform id>`. */
  readonly baseUrl: string;
  /** A small file that came within JSON. */
  file(bytes: Uint8Array): SandboxFile;
  /** A file that comes in parts, kept under this name, which outlives a restart as collections do. */
  upload(name: string): SandboxUpload;
  /**
   * Asks as the platform's own servers do: a callback of the app. Only addresses of the installation itself can be reached;
   * rejects for every other, as for one that does not answer, and for an answer of more than 1 MB. Follows no redirects.
   */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /**
   * Fetches a file, of any size that a network takes, in the same way. Only for the request that is being answered, with which
   * the file goes.
   */
  pull(url: string): Promise<SandboxPulled>;
}
