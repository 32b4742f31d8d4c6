import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type JsonObject } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { ask, type Answer, Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { type Program, until } from '../support/processes.js';
import { Random } from '../chaos/random.js';
import { Apart } from './apart.js';
import { type LargeFile, largeVideo } from './large-file.js';
import { MemoryWatch } from './memory.js';

/** 1 GB. */
const FILE_BYTES = 1_000_000_000;
/** How much more memory than an idle one a worker may hold that sends it. */
const MOST_GROWTH_BYTES = 150_000_000;
/** All interruptions are within this share of the file: what is left is sent by one worker, and is more than it may hold. */
const INTERRUPTED_SHARE = 0.4;
const PATIENCE_MS = 150_000;
const POLL_MS = 100;

/** What comes in between: a killed worker, or a fault of the practice network. */
type Interruption = 'kill' | 'reset' | 'accept-then-reset' | 'refuse-unavailable';

const INTERRUPTIONS: readonly Interruption[] = [
  ...(['kill', 'kill', 'kill', 'kill', 'reset', 'reset'] as const),
  ...(['accept-then-reset', 'accept-then-reset', 'refuse-unavailable', 'refuse-unavailable'] as const),
];

/** What is sent, and where to. */
export interface Errand {
  platform: string;
  settings: JsonObject;
  /** Of the installation: that the network audited its app. */
  env: Record<string, string>;
  /** Says of a request that it carries a part of the file. */
  carries(request: RequestRecord): boolean;
  seed: number;
}

/** What became of it. */
export interface Delivered {
  file: LargeFile;
  publication: Answer['body'];
  /** What everybody can see on the practice network. */
  visible: Answer['body'][];
  /** Requests that carried parts of the file, oldest first. */
  parts: RequestRecord[];
  memory: MemoryWatch;
  interruptions: readonly Interruption[];
}

/**
 * Publishes a video of 1 GB on a practice network by real processes, and interrupts it ten times, at points of the upload that the
 * seed chooses. Waits after failures, which become minutes, are cut short; that of a dead worker's lease is not.
 */
export async function deliverInterrupted(errand: Errand): Promise<Delivered> {
  const apart = await Apart.start(errand.env);
  const owner = new pg.Client({ connectionString: apart.ownerUrl });
  const memory = new MemoryWatch();
  try {
    await owner.connect();
    const file = await largeVideo(join(apart.dataDir, 'large.mp4'), FILE_BYTES);
    const customer = await Customer.signUp(apart.at);
    const media = await upload(customer, file);
    const delivery = new Delivery(apart, owner, customer, memory, errand);
    await delivery.begin(media);
    const interruptions = await delivery.interrupt();
    const publication = await delivery.untilPublished();
    const visible = await new PracticeNetworks(apart.at).visible(errand.platform);
    return { file, publication, visible, parts: await delivery.parts(), memory, interruptions };
  } finally {
    memory.end();
    await owner.end();
    await apart.end();
  }
}

async function upload(customer: Customer, { path }: LargeFile): Promise<string> {
  const form = new FormData();
  // Read piece by piece as it is sent.
  form.set('file', await openAsBlob(path, { type: 'video/mp4' }), 'large.mp4');
  const sent = await customer.request('POST', `/v1/workspaces/${customer.workspaceId}/media`, { body: form });
  return expectStatus(sent, 201).body.id;
}

/** In an order of its own. */
function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.whole(0, left.length - 1), 1));
}

class Delivery {
  private worker: Program;
  private publicationId = '';

  constructor(
    private readonly apart: Apart,
    private readonly owner: pg.Client,
    private readonly customer: Customer,
    private readonly memory: MemoryWatch,
    private readonly errand: Errand,
  ) {}

  async begin(mediaId: string): Promise<void> {
    await this.startWorker();
    const id = await this.customer.connect(this.errand.platform);
    const { settings } = this.errand;
    const { body } = await this.customer.post({
      content: { text: 'A very long film' },
      media: [{ id: mediaId }],
      channels: [{ id, settings }],
    });
    this.publicationId = body.publications[0].id;
  }

  /** Interrupts it again and again, until all of it was done. Returns what was done, in order. */
  async interrupt(): Promise<readonly Interruption[]> {
    const random = new Random(this.errand.seed);
    const order = shuffled(INTERRUPTIONS, random);
    for (const [index, interruption] of order.entries()) {
      const share = (INTERRUPTED_SHARE * (index + random.next())) / order.length;
      await this.untilCarried(Math.floor(share * FILE_BYTES));
      if (interruption === 'kill') {
        await this.worker.kill('SIGKILL');
        await this.startWorker();
      } else {
        await this.misbehave(interruption);
      }
    }
    return order;
  }

  async untilPublished(): Promise<Answer['body']> {
    return this.patiently(async () => {
      const publication = await this.customer.publication(this.publicationId);
      return publication.state === 'published' ? publication : undefined;
    });
  }

  /** Requests that carried parts of the file. */
  async parts(): Promise<RequestRecord[]> {
    return (await this.requests()).filter((request) => this.errand.carries(request));
  }

  private async startWorker(): Promise<void> {
    this.worker = this.apart.worker();
    await this.worker.says(/at work/);
    await this.memory.watch(`worker ${this.memory.seen.length + 1}`, this.worker.pid);
  }

  private async misbehave(kind: Exclude<Interruption, 'kill'>): Promise<void> {
    const { platform } = this.errand;
    const before = (await this.requests()).filter(({ fault }) => fault !== undefined).length;
    await new PracticeNetworks(this.apart.at).fault({ kind, operation: 'prepare', platform });
    await this.patiently(async () => {
      const hit = (await this.requests()).filter(({ fault }) => fault !== undefined).length;
      return hit > before ? true : undefined;
    });
  }

  private async untilCarried(bytes: number): Promise<void> {
    await this.patiently(async () => {
      const parts = await this.parts();
      const carried = parts.reduce((sum, part) => sum + part.bytes, 0);
      return carried >= bytes ? true : undefined;
    });
  }

  private async requests(): Promise<RequestRecord[]> {
    const headers = { authorization: `Bearer ${this.apart.at.sandboxToken}` };
    const query = `platform=${this.errand.platform}`;
    const answer = await ask('GET', `${this.apart.at.sandboxUrl}/_control/requests?${query}`, { headers });
    return expectStatus(answer, 200).body.data as RequestRecord[];
  }

  /** Asks until there is an answer, while waits after failures are cut short. */
  private patiently<T>(wanted: () => Promise<T | undefined>): Promise<T> {
    return until(
      async () => {
        await sleep(POLL_MS);
        await this.owner.query(
          `update publications set next_check_at = now()
            where id = $1 and state = 'scheduled' and failure is not null and next_check_at > now()`,
          [this.publicationId],
        );
        return wanted();
      },
      async () => {
        const publication = await this.customer.publication(this.publicationId);
        const log = await this.customer.log(this.publicationId);
        return `${JSON.stringify(publication)}\n${JSON.stringify(log, null, 1)}\n${this.worker.output}`;
      },
      PATIENCE_MS,
    );
  }
}

/** What must hold after all of that: one video, whole, sent with no more repeated than was cut off, by workers that held little. */
export function expectDeliveredOnce({ file, visible, parts, memory, interruptions, publication }: Delivered): void {
  const sent = parts.reduce((sum, part) => sum + part.bytes, 0);
  const largest = Math.max(...parts.map(({ bytes }) => bytes));
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
  process.stdout.write(
    [
      `${publication.platform ?? ''} 1 GB, interrupted by ${interruptions.join(', ')}:`,
      `${parts.length} parts of up to ${megabytes(largest)} were sent, ${megabytes(sent)} in all;`,
      ...memory.seen.map(({ name, idle, most }) => `${name} held ${megabytes(idle)} and ${megabytes(most)} at most;`),
      '',
    ].join('\n'),
  );
  expect(visible.map(({ media }) => media)).toEqual([
    [expect.objectContaining({ digest: file.digest, bytes: file.bytes, contentType: 'video/mp4' })],
  ]);
  expect(interruptions).toHaveLength(10);
  expect(sent).toBeGreaterThanOrEqual(file.bytes);
  expect(sent).toBeLessThanOrEqual(file.bytes + interruptions.length * largest);
  expect(memory.growth).toBeLessThan(MOST_GROWTH_BYTES);
}
