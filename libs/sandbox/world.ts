import {
  type Json,
  type SandboxCollection,
  type SandboxFile,
  type SandboxPulled,
  type SandboxUpload,
  type SandboxWorld,
  type VisiblePost,
} from '#platforms/core';
import { type Folder } from './folder.js';
import { gathered, type Incoming, LARGEST_FILE_BYTES, limited, TooLargeError } from './incoming.js';
import { type MediaStore } from './media.js';
import { smallFile } from './small-file.js';
import { PlatformStore } from './store.js';
import { Uploads } from './uploads.js';

/** So long nothing may come. */
const SILENCE_MS = 20_000;
/** Of what is no file. */
const LARGEST_ANSWER_BYTES = 1024 * 1024;

/** What a world tells its host, and is given by it. */
export interface WorldHost {
  platform: string;
  origin: string;
  now: () => Date;
  media: MediaStore;
  /** Origins that may be asked. */
  reach: ReadonlySet<string>;
  /** Aborted when the sandbox closes. */
  closing: AbortSignal;
  folder: Folder;
  /** Of the request that is being answered; undefined while none is. */
  incoming: () => Incoming | undefined;
  directory?: string;
  onShow: (post: VisiblePost) => void;
}

/** One platform's practice world: its collections, what is visible on it, and its files. */
export class World implements SandboxWorld {
  readonly baseUrl: string;
  readonly now: () => Date;
  private readonly store: PlatformStore;
  private readonly posts: SandboxCollection<Json>;
  private readonly mediaTypes: SandboxCollection<string>;
  private readonly uploads: Uploads;
  private lastKey: number;

  constructor(private readonly host: WorldHost) {
    this.baseUrl = `${host.origin}/${host.platform}`;
    this.now = host.now;
    this.store = new PlatformStore(host.platform, host.directory);
    this.uploads = new Uploads(host.folder, `${host.platform}-uploads`, (file, type) => this.keep(file, type));
    this.posts = this.store.collection('host:visible');
    this.mediaTypes = this.store.collection('host:media-types');
    this.lastKey = Math.max(0, ...this.posts.entries().map(([key]) => Number(key)));
  }

  collection<T extends Json>(name: string): SandboxCollection<T> {
    if (name.startsWith('host:'))
      throw new Error(`A collection cannot be called "${name}": "host:" is the host's own.`);
    return this.store.collection<T>(name);
  }

  /** Kept under a key of its own, so that an id shown twice is seen twice. */
  show(post: VisiblePost): void {
    this.lastKey += 1;
    this.posts.set(String(this.lastKey), post as unknown as Json);
    this.host.onShow(post);
  }

  hide(account: string, id: string): void {
    for (const [key, value] of this.posts.entries()) {
      const post = value as unknown as VisiblePost;
      if (post.account === account && post.id === id) this.posts.delete(key);
    }
  }

  /** Oldest first. */
  visible(account?: string): VisiblePost[] {
    const posts = this.posts.entries().map(([, value]) => value as unknown as VisiblePost);
    return account === undefined ? posts : posts.filter((post) => post.account === account);
  }

  keep(file: SandboxFile, contentType: string): string {
    const digest = this.host.media.keep(file);
    this.mediaTypes.set(digest, contentType);
    return digest;
  }

  file(bytes: Uint8Array): SandboxFile {
    return smallFile(bytes);
  }

  upload(name: string): SandboxUpload {
    return this.uploads.named(name);
  }

  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return this.ask(url, init, async (answer, chunks) => {
      const bytes = await gathered(limited(chunks, LARGEST_ANSWER_BYTES));
      return new Response(hasBody(answer) ? new Uint8Array(bytes) : null, answer);
    });
  }

  async pull(url: string): Promise<SandboxPulled> {
    const incoming = this.host.incoming();
    if (!incoming) throw new Error('A file is fetched only while a request is answered.');
    return this.ask(url, {}, async ({ status, headers }, chunks) => {
      const contentType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
      if (Number(headers.get('content-length') ?? 0) > LARGEST_FILE_BYTES) throw new TooLargeError(LARGEST_FILE_BYTES);
      return { status, contentType, file: await incoming.take(limited(chunks, LARGEST_FILE_BYTES)) };
    });
  }

  mediaType(digest: string): string | undefined {
    return this.mediaTypes.get(digest);
  }

  reset(): void {
    this.store.clear();
    this.uploads.clear();
  }

  close(): void {
    this.store.close();
  }

  private async ask<T>(
    url: string,
    init: RequestInit,
    read: (answer: Response, chunks: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    if (!URL.canParse(url) || !this.host.reach.has(new URL(url).origin)) {
      throw new Error('A practice network fetches from this installation alone.');
    }
    // Not AbortSignal.any with AbortSignal.timeout: in Node 20 the garbage collector may take the timeout away
    // (https://github.com/nodejs/node/issues/57736).
    const cutOff = new AbortController();
    const timer = setTimeout(() => cutOff.abort(new DOMException('No answer in time', 'TimeoutError')), SILENCE_MS);
    const close = () => cutOff.abort(new DOMException('The sandbox closes', 'AbortError'));
    this.host.closing.addEventListener('abort', close);
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual', signal: cutOff.signal });
      return await read(answer, alive(answer, timer));
    } finally {
      clearTimeout(timer);
      this.host.closing.removeEventListener('abort', close);
    }
  }
}

function hasBody({ status }: Response): boolean {
  return ![101, 204, 205, 304].includes(status);
}

/** The body as it comes; each part of it sets the timer back. */
async function* alive({ body }: Response, timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    timer.refresh();
    yield chunk;
  }
}
