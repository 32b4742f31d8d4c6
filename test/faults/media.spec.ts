import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type MediaPlan } from '#media';
import { cached } from '../../libs/media/testing/clips.js';
import { type Answer, Customer, expectStatus } from '../support/customer.js';
import { type Program, until } from '../support/processes.js';
import { Apart } from './apart.js';

/** Small to read and much to write, so that there is time to come in between. */
const CLIP = { width: 640, height: 360, framesPerSecond: 30, lasting: 10, extension: 'mp4' } as const;
const because = { reason: 'The test wants it so.' };
const PLAN: MediaPlan = {
  output: 'video',
  action: 'transcode',
  limit: { types: ['video/mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'], maxBytes: 1_000_000_000 },
  width: 1920,
  height: 1080,
  durationMs: CLIP.lasting * 1_000,
  steps: [
    { kind: 'scale', width: 1920, height: 1080, ...because },
    { kind: 'encode', codec: 'h264', profile: 'high', level: 41, maxBitRate: 10_000_000, ...because },
    { kind: 'audio', codec: 'aac', sampleRate: 44_100, channels: 2, bitRate: 96_000, ...because },
    { kind: 'container', container: 'mp4', ...because },
    { kind: 'fastStart', ...because },
    { kind: 'strip', ...because },
  ],
};

describe('a transcode that is disturbed', () => {
  let apart: Apart;
  let customer: Customer;
  let owner: pg.Client;
  let mediaId: string;
  let worker: Program;

  beforeAll(async () => {
    const path = await cached('longForFaults', CLIP);
    apart = await Apart.start({ FFMPEG_PATH: '', MEDIA_CONCURRENCY: '1' });
    owner = new pg.Client({ connectionString: apart.ownerUrl });
    await owner.connect();
    customer = await Customer.signUp(apart.at);
    const form = new FormData();
    form.set('file', await openAsBlob(path, { type: 'video/mp4' }), 'clip.mp4');
    const uploaded = await customer.request('POST', `/v1/workspaces/${customer.workspaceId}/media`, { body: form });
    mediaId = expectStatus(uploaded, 201).body.id;
  }, 120_000);
  beforeEach(async () => {
    worker = apart.worker();
    await worker.says(/at work/);
  });
  afterEach(() => worker.kill('SIGKILL'));
  afterAll(async () => {
    await owner?.end();
    await apart?.end();
  });

  /** Wants a version that nobody has wanted before, and waits until ffmpeg is at work on it and has begun to write. */
  const beginning = async (): Promise<string> => {
    const id = randomUUID();
    await owner.query(
      `insert into renditions (id, organization_id, source_digest, plan_hash, plan, state, needed_at)
       select $1, organization_id, digest, $2, $3, 'waiting', now() from media_assets where id = $4`,
      [id, randomUUID(), JSON.stringify(PLAN), mediaId],
    );
    await until(
      async () => ((await programs()).length > 0 && (await inside('work')).length > 0 ? true : undefined),
      async () => `ffmpeg was not started: ${JSON.stringify(await rendition(id))}\n${worker.output}`,
    );
    return id;
  };

  /** Those that read or write files of this installation. */
  const programs = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (/ffmpeg/.test(words) && words.includes(apart.dataDir)) found.push(words.replaceAll('\0', ' '));
    }
    return found;
  };
  const nobodyWorks = () =>
    until(
      async () => ((await programs()).length === 0 ? true : undefined),
      async () => `Still at work: ${(await programs()).join('\n')}`,
      10_000,
    );
  const inside = async (folder: string): Promise<string[]> => {
    const entries = await readdir(join(apart.dataDir, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  };
  const stored = async (id: string) => (await inside('files')).filter((path) => path.includes(`renditions/${id}`));
  const rendition = async (id: string): Promise<Answer['body']> =>
    expectStatus(await customer.request('GET', `/v1/renditions/${id}`), 200).body;
  const became = (id: string, state: string): Promise<Answer['body']> =>
    until(
      async () => {
        const found = await rendition(id);
        return found.state === state ? found : undefined;
      },
      async () => `It did not become ${state}: ${JSON.stringify(await rendition(id))}\n${worker.output}`,
      90_000,
    );
  const counts = async (id: string) =>
    (await owner.query('select attempts, deaths from renditions where id = $1', [id])).rows[0];

  it('by kill -9 of its worker: ffmpeg dies with it, its files go, and it is made afresh, once', async () => {
    const id = await beginning();
    await worker.kill('SIGKILL');
    await nobodyWorks();
    expect(await stored(id)).toEqual([]);
    const left = await inside('work');
    expect(left.length).toBeGreaterThan(0);
    worker = apart.worker();
    await worker.says(/at work/);
    expect((await inside('work')).filter((path) => left.includes(path))).toEqual([]);
    await became(id, 'ready');
    expect(await counts(id)).toEqual({ attempts: 2, deaths: 0 });
    expect(await stored(id)).toHaveLength(1);
    expect(await inside('work')).toEqual([]);
  }, 240_000);

  it('by a stop of its worker: it is given back at once, and nothing is counted', async () => {
    const id = await beginning();
    expect(await worker.kill('SIGTERM')).toMatchObject({ code: 0 });
    await nobodyWorks();
    expect((await rendition(id)).state).toBe('waiting');
    expect(await counts(id)).toEqual({ attempts: 0, deaths: 0 });
    expect(await inside('work')).toEqual([]);
    expect(await stored(id)).toEqual([]);
    await owner.query('delete from renditions where id = $1', [id]);
  }, 180_000);

  it('by hand: it ends within seconds, and nothing of it is kept', async () => {
    const id = await beginning();
    expectStatus(await customer.request('POST', `/v1/renditions/${id}/cancel`), 200);
    await nobodyWorks();
    expect((await rendition(id)).state).toBe('cancelled');
    await until(
      async () => ((await inside('work')).length === 0 ? true : undefined),
      async () => `Still there: ${(await inside('work')).join('\n')}`,
      10_000,
    );
    expect(await stored(id)).toEqual([]);
  }, 180_000);
});
