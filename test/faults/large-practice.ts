import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGuardedFetch } from '#kernel';
import {
  type AccountContext,
  defaultOptions,
  type Json,
  type JsonObject,
  type MediaSource,
  type OAuthApp,
  type Platform,
  type PlatformContext,
  StillProcessing,
  type VisiblePost,
} from '#platforms/core';
import { grantByConsent, practiceDraft, practiceVideo } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { ask, expectStatus } from '../support/customer.js';
import { consent } from '../support/people.js';
import { freePort, Processes, type Program, until } from '../support/processes.js';
import { type LargeFile, padded } from './large-file.js';

const TOKEN = 'the token of the fault controls';
const PATIENCE_MS = 60_000;

/** Which network a video goes to, and how. */
export interface LargePost {
  platform: Platform;
  app: OAuthApp;
  way?: string;
  text: string;
  settings: JsonObject;
}

/** The practice networks in a process of their own, and where they fetch files. */
export class LargePractice {
  private readonly files = new Map<string, string>();

  private constructor(
    private readonly processes: Processes,
    private readonly server: Server,
    private readonly folder: string,
    readonly program: Program,
    readonly origin: string,
  ) {}

  static async start(): Promise<LargePractice> {
    const processes = new Processes();
    const folder = await processes.folder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = await freePort();
    const program = processes.start('sandbox', {
      ...{ DATA_DIR: join(folder, 'data'), SANDBOX: 'on', SANDBOX_TOKEN: TOKEN, SANDBOX_PORT: String(port) },
      PUBLIC_URL: originOf(server),
    });
    const practice = new LargePractice(processes, server, folder, program, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const path = practice.files.get(request.url ?? '');
      if (path === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'video/mp4' });
      // Whoever goes away in the middle of it fails for other reasons.
      pipeline(createReadStream(path), response).catch(() => undefined);
    });
    try {
      await program.says(/practice networks at/);
    } catch (error) {
      await practice.end();
      throw error;
    }
    return practice;
  }

  /** A video of exactly so many bytes, as practice networks read it, with an address. */
  async video(bytes: number): Promise<{ file: LargeFile; source: MediaSource }> {
    const described = practiceVideo({ width: 720, height: 1280, durationMs: 5_000 });
    const clip = join(this.folder, `${randomUUID()}.clip`);
    await writeFile(clip, await described.open());
    const file = await padded(join(this.folder, `${randomUUID()}.mp4`), bytes, clip);
    const name = `/${randomUUID()}.mp4`;
    this.files.set(name, file.path);
    const source: MediaSource = {
      ...{ ...described, bytes, digest: file.digest },
      open: async (range) => createReadStream(file.path, range),
      address: async () => `${originOf(this.server)}${name}`,
    };
    return { file, source };
  }

  /** Connects an account and publishes a video there, by the adapter itself. Answers what can be seen of it. */
  async publish(post: LargePost, source: MediaSource): Promise<VisiblePost[]> {
    const { adapter } = post.platform;
    const account = await this.connect(post);
    const { draft } = practiceDraft({ text: post.text, settings: post.settings });
    const steps = new Map<string, Json>();
    const step = async <T extends Json>(name: string, run: () => Promise<T> | T): Promise<T> => {
      const done = (steps.get(name) as T | undefined) ?? (await run());
      steps.set(name, done);
      return done;
    };
    const { read: _read, open: _open, address: _address, ...described } = source;
    const context = { ...account, media: [source], step, setId: randomUUID() };
    const prepared = await patiently(() => adapter.prepare(context, { ...draft, media: [described] }));
    const since = new Date();
    const accepted = await adapter.commit({ ...account, media: [source] }, prepared).then(
      () => undefined,
      (error: unknown) => {
        // It took it and works on it.
        if (error instanceof StillProcessing) return error.accepted;
        throw error;
      },
    );
    const input = { ...{ prepared, draft, since, claimed: new Set<string>() }, ...(accepted && { accepted }) };
    return until(
      async () => {
        // Some networks come to an end with their work only where somebody asks.
        const { outcome } = await adapter.reconcile(account, input);
        return outcome === 'published'
          ? (await this.visible(adapter.manifest.id)).filter(({ text }) => text === post.text)
          : undefined;
      },
      () => `Nothing is visible:\n${this.program.output}`,
    );
  }

  async end(): Promise<void> {
    await this.processes.end();
    this.server.closeAllConnections();
    this.server.close();
  }

  private async visible(platform: string): Promise<VisiblePost[]> {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await ask('GET', `${this.origin}/_control/visible?platform=${platform}`, { headers });
    return expectStatus(answer, 200).body.data as VisiblePost[];
  }

  private async connect({ platform: { adapter }, app, way }: LargePost): Promise<AccountContext> {
    const { oauth, manifest } = adapter;
    if (!oauth) throw new Error(`${manifest.name} does not connect by a consent page.`);
    const context: PlatformContext = {
      fetch: createGuardedFetch({
        ...{ allow: [], exemptOrigins: [this.origin], timeoutMs: PATIENCE_MS, maxResponseBytes: 1_000_000 },
      }),
      now: () => new Date(),
      endpoints: practiceEndpoints(manifest, this.origin),
      options: defaultOptions(manifest),
      ...{ app, spend: () => undefined, use: () => undefined },
      ...(way !== undefined && { way }),
    };
    const grant = await grantByConsent({
      oauth: { ...oauth, strategy: (input) => oauth.strategy({ ...input, ...(way !== undefined && { way }) }) },
      ...{ app, endpoints: context.endpoints },
      approve: async (url) => (await consent(url)).href,
    });
    const { credentials } = await oauth.authorize(context, grant);
    const [channel] = await adapter.listChannels({ ...context, credentials, channelDetails: {} });
    if (!channel) throw new Error('The account has no channel.');
    return {
      ...{ ...context, credentials, channelId: channel.id, channelDetails: channel.details ?? {} },
      ...(channel.credentials && { channelCredentials: channel.credentials }),
    };
  }
}

/** Asks again whenever the network has to be waited for. */
async function patiently<T>(prepare: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      return await prepare();
    } catch (error) {
      if (!(error instanceof StillProcessing) || Date.now() > end) throw error;
      await sleep(Math.max(100, error.checkAt.getTime() - Date.now()));
    }
  }
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
