import { once, setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { pino } from 'pino';
import { type PlatformRegistry } from '#platforms';
import { type PlatformSandbox, type SandboxWorld, type VisiblePost } from '#platforms/core';
import { controlRouter } from './control.js';
import { Faults } from './faults.js';
import { feedRouter, type ShownMedia } from './feed.js';
import { Folder } from './folder.js';
import { Incoming } from './incoming.js';
import { MediaStore } from './media.js';
import { RequestLog, type RequestRecord } from './requests.js';
import { currentRequest, platformRouter, type ServeContext } from './serve.js';
import { World } from './world.js';

/** Where the sandbox says what went wrong inside it; a pino logger fits. */
export interface SandboxLogger {
  error(details: object, message: string): void;
}

export interface SandboxOptions {
  platforms: PlatformRegistry;
  host: string;
  /** 0 = any free one. */
  port: number;
  /** Where posts, accounts and files are kept; when left out, nothing of it outlives the sandbox. */
  directory?: string;
  /** The bearer token of the fault controls. */
  controlToken: string;
  /** Origins from which the platforms fetch files and to which they send callbacks: the installation's own. */
  reach?: ReadonlySet<string>;
  now?: () => Date;
  logger?: SandboxLogger;
}

/** Running practice networks, and the ground truth about them. */
export interface Sandbox {
  /** `http://127.0.0.1:3001`; a platform is at `<origin>/<its id>`. */
  readonly origin: string;
  readonly faults: Faults;
  /** What a platform's own routes work on. Throws for a platform that is not there. */
  world(platform: string): SandboxWorld;
  /** What can be seen now, oldest first. */
  visible(platform?: string, account?: string): VisiblePost[];
  /** Every request since the start, oldest first. */
  requests(platform?: string): RequestRecord[];
  /** The first request, past or to come, that matches; looked at again as its answer is made. Rejects after `timeoutMs` (10 s). */
  waitForRequest(matches: (record: RequestRecord) => boolean, timeoutMs?: number): Promise<RequestRecord>;
  /** The first post, already visible or to come, that matches. Rejects after `timeoutMs` (10 s). */
  waitForVisible(matches: (post: VisiblePost) => boolean, timeoutMs?: number): Promise<VisiblePost>;
  /** Forgets everything: posts, accounts, files, requests, faults. */
  reset(): void;
  /** Drops every connection and closes. */
  close(): Promise<void>;
}

/** Starts the practice networks of all platforms. Throws when the address is taken or a journal cannot be read. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandboxes: [string, PlatformSandbox][] = [];
  // One after the other: networks of one company share modules, and Jest loses one that two of them load at the same moment.
  for (const platform of options.platforms.all()) {
    sandboxes.push([platform.adapter.manifest.id, await platform.sandbox()]);
  }
  const server = createServer();
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const host = new Host(server, options);
  server.on('request', host.application(sandboxes));
  return host;
}

class Host implements Sandbox {
  readonly origin: string;
  readonly faults = new Faults();
  private readonly log = new RequestLog();
  private readonly worlds = new Map<string, World>();
  private readonly folder: Folder;
  private readonly media: MediaStore;
  private readonly closing = new AbortController();
  private readonly context: ServeContext;

  constructor(
    private readonly server: Server,
    private readonly options: SandboxOptions,
  ) {
    this.origin = originOf(server, options.host);
    // Every request that is being delayed listens.
    setMaxListeners(0, this.closing.signal);
    this.folder = new Folder(options.directory);
    this.media = new MediaStore(this.folder);
    Incoming.clear(this.folder);
    this.context = {
      faults: this.faults,
      requests: this.log,
      logger: options.logger ?? pino({ name: 'sandbox' }, pino.destination(2)),
      now: options.now ?? (() => new Date()),
      closing: this.closing.signal,
      folder: this.folder,
    };
  }

  application(sandboxes: readonly (readonly [string, PlatformSandbox])[]): express.Express {
    const app = express().disable('x-powered-by').disable('etag');
    app.use('/_control', express.json(), controlRouter(this, this.options.controlToken));
    app.use(feedRouter(this, (digest) => this.findMedia(digest)));
    for (const [id, sandbox] of sandboxes) {
      const world = this.openWorld(id);
      app.use(`/${id}`, platformRouter(id, sandbox, world, this.context));
    }
    app.use((req: Request, res: Response) => {
      res.status(404).json({ error: 'no-such-route', message: `The sandbox has no ${req.method} ${req.path}.` });
    });
    app.use((error: Error & { status?: number }, req: Request, res: Response, _next: NextFunction) => {
      // Whoever sent it went away in the middle of it, and hears no answer.
      if (req.destroyed && !req.complete) return;
      const status = error.status ?? 400;
      this.context.logger.error({ err: error, path: req.path }, 'Sandbox could not read a request');
      res.status(status).json({ error: 'unreadable-request', message: error.message });
    });
    return app;
  }

  world(platform: string): World {
    const world = this.worlds.get(platform);
    if (!world) throw new Error(`The sandbox has no platform "${platform}".`);
    return world;
  }

  visible(platform?: string, account?: string): VisiblePost[] {
    if (platform !== undefined) return this.worlds.get(platform)?.visible(account) ?? [];
    return [...this.worlds.values()].flatMap((world) => world.visible(account));
  }

  requests(platform?: string): RequestRecord[] {
    return this.log.list(platform);
  }

  waitForRequest(matches: (record: RequestRecord) => boolean, timeoutMs = 10_000): Promise<RequestRecord> {
    return this.log.waitForRequest(matches, timeoutMs);
  }

  waitForVisible(matches: (post: VisiblePost) => boolean, timeoutMs = 10_000): Promise<VisiblePost> {
    return this.log.waitForShown(this.visible(), matches, timeoutMs);
  }

  reset(): void {
    for (const world of this.worlds.values()) world.reset();
    this.media.clear();
    this.faults.clear();
    this.log.clear();
  }

  async close(): Promise<void> {
    this.closing.abort();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
    for (const world of this.worlds.values()) world.close();
    this.folder.close();
  }

  private openWorld(platform: string): World {
    const { directory } = this.options;
    const world = new World({
      platform,
      origin: this.origin,
      now: this.context.now,
      media: this.media,
      reach: this.options.reach ?? new Set(),
      closing: this.closing.signal,
      folder: this.folder,
      incoming: () => currentRequest.getStore()?.incoming,
      ...(directory !== undefined && { directory }),
      onShow: (post) => {
        currentRequest.getStore()?.record.shown.push(post.id);
        this.log.announce(post);
      },
    });
    this.worlds.set(platform, world);
    return world;
  }

  private findMedia(digest: string): ShownMedia | undefined {
    const file = this.media.find(digest);
    const contentType = [...this.worlds.values()].map((world) => world.mediaType(digest)).find(Boolean);
    return file && contentType !== undefined ? { ...file, contentType } : undefined;
  }
}

function originOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  // A wildcard address is no place to send anybody to.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
