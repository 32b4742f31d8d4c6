import { loadPlatforms } from '#platforms';
import { type MediaSource } from '#platforms/core';
import { PRACTICE_APP as FACEBOOK_APP } from '../../libs/platforms/facebook/manifest.js';
import {
  FACEBOOK_LOGIN,
  INSTAGRAM_LOGIN,
  PRACTICE_APP as INSTAGRAM_APP,
} from '../../libs/platforms/instagram/manifest.js';
import { type LargeFile } from './large-file.js';
import { LargePractice } from './large-practice.js';
import { MemoryWatch } from './memory.js';

/** Nearly as much as Instagram takes. */
const FILE_BYTES = 299_000_000;
/** How much more memory than when they were idle the practice networks may hold. */
const MOST_GROWTH_BYTES = 100_000_000;
const PATIENCE_MS = 120_000;

const platforms = await loadPlatforms();
let practice: LargePractice;
let video: { file: LargeFile; source: MediaSource };
const memory = new MemoryWatch();

beforeAll(async () => {
  practice = await LargePractice.start();
  video = await practice.video(FILE_BYTES);
  await memory.watch('The practice networks', practice.program.pid);
}, PATIENCE_MS);
afterAll(async () => {
  memory.end();
  await practice?.end();
});

it.each([
  ['Facebook, in one request', { id: 'facebook', app: FACEBOOK_APP, settings: { format: 'reel' } }],
  ['Instagram, in one request', { id: 'instagram', app: INSTAGRAM_APP, way: FACEBOOK_LOGIN, settings: {} }],
  ['Instagram, which fetches it', { id: 'instagram', app: INSTAGRAM_APP, way: INSTAGRAM_LOGIN, settings: {} }],
])(
  'a video of 299 MB reaches practice %s, is shown there, and takes no memory',
  async (text, { id, ...post }) => {
    const { file, source } = video;
    const shown = await practice.publish({ ...post, platform: platforms.get(id), text }, source);
    expect(shown.map(({ media }) => media)).toEqual([
      [expect.objectContaining({ digest: file.digest, bytes: file.bytes, contentType: 'video/mp4' })],
    ]);
    const range = { range: `bytes=${file.bytes - 100}-` };
    const seen = await fetch(`${practice.origin}/media/${file.digest}`, { headers: range });
    expect(seen.status).toBe(206);
    const end = await (await source.open({ start: file.bytes - 100 })).toArray();
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(Buffer.concat(end as Buffer[]));
    process.stdout.write(`The practice networks grew by ${Math.round(memory.growth / 1e6)} MB.\n`);
    expect(memory.growth).toBeLessThan(MOST_GROWTH_BYTES);
  },
  PATIENCE_MS,
);
