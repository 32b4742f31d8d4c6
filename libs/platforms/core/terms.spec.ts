import { type SegmentDraft } from './draft.js';
import { type PlatformManifest } from './manifest.js';
import { type ChannelTerms, checkTerms, fieldsByTerms } from './terms.js';

const manifest = {
  id: 'net',
  name: 'Net',
  docs: 'https://example.com/docs',
  verifiedOn: '2026-11-23',
  settings: [
    { name: 'privacy', label: 'Who can see it', type: 'select', required: true },
    { name: 'comments', label: 'Allow comments', type: 'boolean', required: false },
  ],
} as unknown as PlatformManifest;

const terms: ChannelTerms = {
  maxVideoMs: 60_000,
  settings: {
    privacy: { options: [{ value: 'SELF', label: 'Only you' }] },
    comments: { unavailable: 'This account has switched comments off.' },
  },
};

const draft = (change: Partial<SegmentDraft>): SegmentDraft => ({
  ...{ kind: 'post', text: 'x', media: [], settings: {} },
  ...change,
});

const video = (durationMs: number) =>
  ({ kind: 'video', contentType: 'video/mp4', bytes: 1, width: 1, height: 1, durationMs, digest: 'a' }) as const;

describe('what a platform says right now', () => {
  it('allows what it offers, and what was left open', () => {
    expect(checkTerms(draft({ settings: { privacy: 'SELF', comments: false } }), terms, manifest)).toEqual([]);
    expect(checkTerms(draft({ media: [video(60_000)] }), terms, manifest)).toEqual([]);
  });

  it.each([
    [{ settings: { privacy: 'ALL' } }, 'net.setting-not-offered', 'settings/privacy'],
    [{ settings: { comments: true } }, 'net.setting-unavailable', 'settings/comments'],
    [{ media: [video(60_001)] }, 'net.video-too-long-for-account', 'media/0'],
  ])('refuses %j', (change, rule, field) => {
    const [broken, ...more] = checkTerms(draft(change), terms, manifest);
    expect(more).toEqual([]);
    expect(broken).toMatchObject({ rule, field, docs: manifest.docs });
  });

  it('narrows the choices of a form', () => {
    expect(fieldsByTerms(manifest.settings, terms).map(({ options }) => options)).toEqual([
      [{ value: 'SELF', label: 'Only you' }],
      undefined,
    ]);
  });

  it('keeps what bars a choice', () => {
    const barred = { setting: 'branded', values: [true], why: 'That cannot be private.' };
    const options = [
      { value: 'ALL', label: 'Everyone' },
      { value: 'SELF', label: 'Only me', barred },
    ];
    const [privacy] = fieldsByTerms([{ ...manifest.settings[0]!, options }], terms);
    expect(privacy?.options).toEqual([{ value: 'SELF', label: 'Only you', barred }]);
  });
});
