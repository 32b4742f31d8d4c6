import { join } from 'node:path';
import {
  type Json,
  type SandboxCollection,
  type SandboxUpload,
  type SandboxWorld,
  type VisiblePost,
} from '#platforms/core';
import { type MediaStore } from './media.js';
import { PlatformStore } from './store.js';
import { Uploads } from './uploads.js';

/** For a whole file or answer. */
const FETCH_TIMEOUT_MS = 20_000;

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
    this.uploads = new Uploads(host.directory && join(host.directory, `${host.platform}-uploads`));
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

  keep(bytes: Uint8Array, contentType: string): string {
    const digest = this.host.media.keep(bytes);
    this.mediaTypes.set(digest, contentType);
    return digest;
  }

  upload(name: string): SandboxUpload {
    return this.uploads.open(name, (bytes, contentType) => this.keep(bytes, contentType));
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    if (!URL.canParse(url) || !this.host.reach.has(new URL(url).origin)) {
      throw new Error('A practice network fetches from this installation alone.');
    }
    // Not AbortSignal.any with AbortSignal.timeout: in Node 20 the garbage collector may take the timeout away
    // (https://github.com/nodejs/node/issues/57736).
    const cutOff = new AbortController();
    const timer = setTimeout(
      () => cutOff.abort(new DOMException('No answer in time', 'TimeoutError')),
      FETCH_TIMEOUT_MS,
    );
    const close = () => cutOff.abort(new DOMException('The sandbox closes', 'AbortError'));
    this.host.closing.addEventListener('abort', close);
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal: cutOff.signal });
      // The whole answer within the same time.
      return new Response(hasBody(response) ? await response.arrayBuffer() : null, response);
    } finally {
      clearTimeout(timer);
      this.host.closing.removeEventListener('abort', close);
    }
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
    this.uploads.close();
  }
}

function hasBody({ status }: Response): boolean {
  return ![101, 204, 205, 304].includes(status);
}
