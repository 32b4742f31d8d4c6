import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type MediaSource, type OAuthApp } from '#platforms/core';
import { platform } from '#platforms/google-business';
import { MiniRunner, practiceDraft, type PracticeDraft, type PracticeKit, readable } from '#platforms/testing';
import { UNCHECKED } from '../../support/google-unchecked.js';
import { type Exchange } from '../openapi/ear.js';
import { Comparison, refused, rehearseHeard } from '../openapi/hearing.js';
import { GoogleOfficial, isInstalled } from './official.js';

const { manifest } = platform.adapter;
const app = manifest.extra?.['practiceApp'] as unknown as OAuthApp;
const EVENING = {
  ...{ format: 'event', title: 'An evening of bread', startDate: '2026-12-31', startTime: '18:00' },
  ...{ endDate: '2026-12-31', endTime: '21:30' },
};

(isInstalled ? describe : describe.skip)("Google Business Profile, by Google's own packages", () => {
  it('is asked what they describe, and answers as they describe', async () => {
    const { published, exchanges } = await rehearseHeard({ platform, app, drafts: ofGoogle, beside });
    expect(published).toEqual(['an update', 'an update with a photo and a button', 'an event']);
    const accounts = new GoogleOfficial('mybusinessaccountmanagement', 'v1');
    const places = new GoogleOfficial('mybusinessbusinessinformation', 'v1');
    const official = {
      check: (url: string, exchange: Exchange) => {
        const found = accounts.check(url, exchange);
        return found.operation === undefined ? places.check(url, exchange) : found;
      },
    };
    const comparison = new Comparison(official, manifest, {}, 'accounts');
    for (const exchange of exchanges) comparison.compare(exchange);
    expect([...comparison.problems]).toEqual([]);
    expect([...comparison.unchecked].sort()).toEqual(Object.keys(UNCHECKED['google-business']).sort());
    const answered = [...comparison.checked].map(([name, statuses]) => `${name} ${[...statuses].sort().join(' ')}`);
    expect(answered.sort()).toEqual(['GET /v1/accounts 200 401 409 429 503', 'GET /v1/{+parent}/locations 200']);
  }, 120_000);
});

async function ofGoogle(): Promise<Record<string, PracticeDraft>> {
  const link = 'https://example.com/bread';
  return {
    'an update': practiceDraft({ text: 'Fresh bread' }),
    'an update with a photo and a button': practiceDraft(
      { text: 'Order it', link, settings: { callToAction: 'ORDER' } },
      [await photo()],
    ),
    'an event': practiceDraft({ text: 'Come in', settings: EVENING }),
  };
}

/** Smaller files are refused: noise cannot be made small. */
async function photo(): Promise<MediaSource> {
  const [width, height] = [400, 300];
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const drawn = await sharp({ create: { width, height, channels: 3, background: '#369', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const bytes = Uint8Array.from(drawn);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const contentType = 'image/jpeg';
  return { kind: 'image', contentType, bytes: bytes.length, width, height, digest, ...readable(bytes, contentType) };
}

async function beside(kit: PracticeKit): Promise<void> {
  const { adapter, sandbox } = kit;
  for (const kind of ['refuse-auth', 'refuse-rate-limit', 'refuse-unavailable', 'refuse-bad-request'] as const) {
    sandbox.faults.add({ kind, operation: 'connect' });
    await refused(adapter.listChannels(kit.account()), `the list of places: ${kind}`);
    sandbox.faults.add({ kind, operation: 'commit' });
    const runner = new MiniRunner(kit, practiceDraft({ text: `Once more: ${kind}` }));
    await refused(runner.commit(await runner.prepare()), `the commit: ${kind}`);
    sandbox.faults.clear();
  }
  const account = kit.account();
  const strange = { ...account, credentials: { ...account.credentials, accessToken: 'wrong' } };
  await refused(adapter.listChannels(strange), 'a wrong token');
}
