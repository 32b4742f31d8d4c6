import { readFile } from 'node:fs/promises';
import { type RequestRecord } from '#sandbox';
import { cached } from '../../libs/media/testing/clips.js';
import { ask, Customer, expectStatus, PracticeNetworks } from '../support/customer.js';
import { until } from '../support/processes.js';
import { Apart } from './apart.js';

const PER_DAY = 2;
const PEOPLE = ['ada', 'ben', 'cem', 'dora'];
const PATIENCE_MS = 150_000;
const CLIP = {
  ...({ width: 640, height: 360, framesPerSecond: 30, lasting: 4, extension: 'mp4' } as const),
  filters: ['format=yuv420p'],
  file: ['-movflags', '+faststart'],
} as const;

let apart: Apart | undefined;
afterAll(() => apart?.end());

it('workers that are killed while YouTube keeps its answers to itself never have more uploaded than a day has room for', async () => {
  apart = await Apart.start({ YOUTUBE_AUDITED: 'audited', YOUTUBE_UPLOADS_PER_DAY: String(PER_DAY) });
  const { at } = apart;
  const workers = [apart.worker(), apart.worker()];
  for (const worker of workers) await worker.says(/at work/);
  const customer = await Customer.signUp(at);
  const media = await customer.upload(await readFile(await cached('film', CLIP)), undefined, 'film.mp4');
  const channels: string[] = [];
  for (const person of PEOPLE) channels.push(await customer.connect('youtube', { person }));
  const begun = async (): Promise<RequestRecord[]> => {
    const headers = { authorization: `Bearer ${at.sandboxToken}` };
    const answer = await ask('GET', `${at.sandboxUrl}/_control/requests?platform=youtube`, { headers });
    const all = expectStatus(answer, 200).body.data as RequestRecord[];
    return all.filter(({ method, path }) => method === 'POST' && path === '/upload/videos');
  };
  await new PracticeNetworks(at).fault({ kind: 'accept-then-timeout', operation: 'prepare', platform: 'youtube' });
  const ids: string[] = [];
  for (const id of channels) {
    const settings = { title: 'A film', madeForKids: 'no', privacy: 'public' };
    const { body } = await customer.post({
      content: { text: 'A film' },
      media: [{ id: media }],
      channels: [{ id, settings }],
    });
    ids.push(body.publications[0].id);
  }
  await until(
    async () => ((await begun()).some(({ fault }) => fault !== undefined) ? true : undefined),
    async () => JSON.stringify(await begun()),
    PATIENCE_MS,
  );
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  await apart.worker().says(/at work/);

  for (const id of ids) {
    await until(
      async () => {
        const { state } = await customer.publication(id);
        const why = (await customer.log(id)).at(-1)?.evidence?.why;
        return state === 'published' || /no room for this: 2 of 2 videos/.test(String(why)) ? true : undefined;
      },
      async () => JSON.stringify(await customer.log(id), null, 1),
      PATIENCE_MS,
    );
  }
  // That whose answer nobody heard is one of them.
  expect((await begun()).length).toBeLessThanOrEqual(PER_DAY);
  const usage = expectStatus(await customer.request('GET', `/v1/channels/${channels[0] ?? ''}/usage`), 200).body.data;
  expect(usage[0]).toMatchObject({ used: PER_DAY, limit: PER_DAY });
}, 400_000);
