import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileStorage } from '#kernel';
import { type MakeMedia, type MediaPlan, RenditionTidying, type WantedRendition, wantRenditions } from '#media';
import { RenditionsAtOnce } from '../../libs/media/renditions/at-once.js';
import { RenditionMaking } from '../../libs/media/renditions/making.js';
import { RenderJobs } from '../../libs/media/renditions/render-jobs.js';
import { WorkFolders } from '../../libs/media/run/workspace.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

/** A row of `renditions`, as far as tests look at it. */
export interface RenditionRow {
  id: string;
  state: string;
  attempts: number;
  deaths: number;
  setbacks: number;
  progress: number | null;
  needed_at: Date | null;
  available_at: Date;
  digest: string | null;
  storage_key: string | null;
  failure: { rule: string; message: string; remedy: string } | null;
}

export const VIDEO = {
  kind: 'video',
  container: 'mp4',
  contentType: 'video/mp4',
  width: 64,
  height: 64,
  bytes: 1,
  durationMs: 1_000,
  codec: 'hevc',
  pixelFormat: 'yuv420p',
  frameRate: 30,
  variableFrameRate: false,
  interlaced: false,
  rotation: 0,
  squarePixels: true,
  bitRate: 1_000,
  fastStart: true,
  editList: false,
  hasLocation: false,
  metadata: [],
} as const;

/** The line of renditions against a real database, with a maker that each test says. */
export class Workshop {
  private constructor(
    readonly engine: TestEngine,
    readonly storage: FileStorage,
  ) {}

  static async start(): Promise<Workshop> {
    const engine = await TestEngine.start();
    return new Workshop(engine, engine.kernel.storage);
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  making(make: MakeMedia, storage: FileStorage = this.storage): RenditionMaking {
    return new RenditionMaking(storage, new WorkFolders(this.engine.kernel.config), make);
  }

  jobs(make: MakeMedia, storage?: FileStorage): RenderJobs {
    return this.jobsOf(this.making(make, storage));
  }

  jobsOf(making: RenditionMaking): RenderJobs {
    return new RenderJobs(this.engine.kernel.database, making);
  }

  tidying(storage: FileStorage = this.storage): RenditionTidying {
    return new RenditionTidying(this.engine.kernel.database, storage);
  }

  atOnce(make: MakeMedia): RenditionsAtOnce {
    return new RenditionsAtOnce(this.engine.kernel.database, this.making(make));
  }

  /** An uploaded video, with its file; answers its digest. */
  async original(tenant: TestTenant, content: string = randomUUID()): Promise<string> {
    const digest = createHash('sha256').update(content).digest('hex');
    const key = `${tenant.organizationId}/originals/${digest}`;
    await this.storage.put(key, Readable.from([Buffer.from(content)]), 'video/mp4');
    await this.engine.owner.query(
      `insert into media_assets (id, series_id, organization_id, workspace_id, kind, filename, digest, facts, storage_key)
       values ($1, $1, $2, $3, 'video', 'clip.mp4', $4, $5, $6)`,
      [randomUUID(), tenant.organizationId, tenant.workspaceId, digest, JSON.stringify(VIDEO), key],
    );
    return digest;
  }

  /** A rendition that nobody has wanted before, of an original of its own. */
  async item(tenant: TestTenant): Promise<WantedRendition> {
    return { digest: await this.original(tenant), planHash: randomUUID(), plan: PLAN };
  }

  want(tenant: TestTenant, items: readonly WantedRendition[], neededAt: Date | null): Promise<void> {
    return this.engine.kernel.database.engine((tx) => wantRenditions(tx, tenant.organizationId, items, neededAt));
  }

  /** Wants one of an original of its own. */
  async wanted(tenant: TestTenant, neededAt: Date | null = null): Promise<WantedRendition> {
    const item = await this.item(tenant);
    await this.want(tenant, [item], neededAt);
    return item;
  }

  async row({ digest, planHash }: Pick<WantedRendition, 'digest' | 'planHash'>): Promise<RenditionRow> {
    const { rows } = await this.engine.owner.query<RenditionRow>(
      'select * from renditions where source_digest = $1 and plan_hash = $2',
      [digest, planHash],
    );
    if (!rows[0]) throw new Error('There is no such rendition.');
    return rows[0];
  }

  /** Waits until it is in a state. */
  async until(item: WantedRendition, state: string): Promise<RenditionRow> {
    for (let waited = 0; ; waited += 20) {
      const row = await this.row(item);
      if (row.state === state) return row;
      if (waited > 15_000) throw new Error(`The rendition is ${row.state}, and not ${state}.`);
      await sleep(20);
    }
  }

  /** The ends of a rendition that were told, in order. */
  async told({ digest, planHash }: WantedRendition): Promise<string[]> {
    const { rows } = await this.engine.owner.query<{ state: string }>(
      `select payload ->> 'state' as state from outbox where topic = 'media.rendition-finished'
        and payload ->> 'sourceDigest' = $1 and payload ->> 'planHash' = $2 order by id`,
      [digest, planHash],
    );
    return rows.map(({ state }) => state);
  }

  /** Every stored version of an organization. */
  async files({ organizationId }: TestTenant): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.storage.list(`${organizationId}/renditions/`)) keys.push(key);
    return keys.sort();
  }

  /** Nothing waits any more for the tests that follow. */
  async empty(): Promise<void> {
    await this.engine.owner.query(`delete from renditions`);
  }
}

export const PLAN = { output: 'video', action: 'transcode', limit: {}, steps: [] } as unknown as MediaPlan;
export const NEVER = new AbortController().signal;

/** Writes a small file in no time. */
export const atOnce: MakeMedia = async (_plan, _facts, _input, outputPath) => {
  await writeFile(outputPath, 'made');
  return { digest: createHash('sha256').update('made').digest('hex'), facts: { ...VIDEO, bytes: 4 } };
};

/** Does what it is told when it is told, and ends when it is stopped. */
export function patient(): { make: MakeMedia; begun: Promise<void>; finish: () => void; ended: () => boolean } {
  let begin = (): void => undefined;
  let finish = (): void => undefined;
  let ended = false;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const make: MakeMedia = async (plan, facts, input, output, options) => {
    begin();
    const stopped = new Promise<never>((_, reject) => {
      options.signal.addEventListener('abort', () => {
        ended = true;
        reject(options.signal.reason as Error);
      });
    });
    await Promise.race([finished, stopped]);
    return atOnce(plan, facts, input, output, options);
  };
  return { make, begun, finish, ended: () => ended };
}
