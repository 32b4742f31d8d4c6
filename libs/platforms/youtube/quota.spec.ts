import { practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { manifest } from './manifest.js';
import { configured } from './options.js';
import { videoPost } from './practice.fixture.js';
import { needs, nextQuotaDay } from './quota.js';

describe('the day of the quota', () => {
  it.each([
    ['in winter', '2026-11-23T15:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['in summer', '2026-07-01T15:00:00Z', '2026-07-02T07:00:00.000Z'],
    ['a moment before midnight', '2026-07-02T06:59:59.500Z', '2026-07-02T07:00:00.000Z'],
    ['at midnight', '2026-07-02T07:00:00Z', '2026-07-03T07:00:00.000Z'],
    ['on the day of 23 hours', '2026-03-08T09:00:00Z', '2026-03-09T07:00:00.000Z'],
    ['on the day of 25 hours', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00.000Z'],
  ])('ends at midnight in California, %s', (_when, now, end) => {
    expect(nextQuotaDay(new Date(now)).toISOString()).toBe(end);
  });
});

describe('what a post needs', () => {
  const playlist = { value: 'PL1', label: 'Cakes' };
  const video = practiceVideo();
  it.each([
    ['a video', videoPost({}, { media: [video] }), { uploads: 1, units: 51 }],
    ['one with a thumbnail', videoPost({}, { media: [{ ...video, coverAtMs: 1 }] }), { uploads: 1, units: 101 }],
    [
      'one with an image of its own',
      videoPost({}, { media: [{ ...video, ownCover: true }] }),
      { uploads: 1, units: 101 },
    ],
    [
      'a Short, which has none',
      videoPost({ format: 'short' }, { media: [{ ...video, coverAtMs: 1 }] }),
      { uploads: 1, units: 51 },
    ],
    ['one on a playlist', videoPost({ playlist }, { media: [video] }), { uploads: 1, units: 102 }],
    ['a comment', videoPost({}, { kind: 'comment' }), { units: 50 }],
  ])('%s', (_name, draft, wanted) => expect(needs(draft)).toEqual(wanted));
});

describe('what operators say about the project', () => {
  const settingOf = (changes: ReturnType<typeof configured>) =>
    (changes.settings ?? manifest.settings).find(({ name }) => name === 'privacy');

  it('offers private alone until Google has audited it, and tells everybody', () => {
    const changes = configured({ audited: 'unaudited', publishing: 'production' }, manifest);
    expect(settingOf(changes)).toMatchObject({ default: 'private', options: [{ value: 'private' }] });
    expect(changes.capabilities).toMatchObject({ firstComment: false, edit: true });
    expect(changes.notice).toMatch(/seen by nobody but their owner/);
    expect(changes.notice).not.toMatch(/7 days/);
  });

  it('offers everything afterwards, public first', () => {
    const changes = configured({ audited: 'audited', publishing: 'production' }, manifest);
    expect(settingOf(changes)).toMatchObject({ default: 'public', options: [{}, {}, {}] });
    expect(changes.notice).toBeUndefined();
    expect(changes.capabilities).toBeUndefined();
  });

  it('tells of the 7 days while the app is in testing', () => {
    expect(configured({ audited: 'audited', publishing: 'testing' }, manifest).notice).toMatch(/every 7 days/);
  });

  it('counts by what Google granted', () => {
    const changes = adapter.configured?.({ uploadsPerDay: 500, unitsPerDay: 50_000 });
    expect(changes?.budgets).toMatchObject([
      { id: 'uploads', limit: 500, timeZone: 'America/Los_Angeles' },
      { id: 'units', limit: 50_000, timeZone: 'America/Los_Angeles' },
    ]);
    expect(adapter.configured?.({})?.budgets).toMatchObject([{ limit: 100 }, { limit: 10_000 }]);
  });
});
