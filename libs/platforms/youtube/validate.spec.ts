import { type SegmentDraft } from '#platforms/core';
import { practiceVideo } from '#platforms/testing';
import { manifest } from './manifest.js';
import { videoPost } from './practice.fixture.js';
import { validate } from './validate.js';

const wide = practiceVideo({ width: 640, height: 360 });
const post = (more: Partial<SegmentDraft> = {}) => videoPost(more.settings, { media: [wide], ...more });
const broken = (draft: SegmentDraft) => validate(draft, manifest.limits).map(({ rule, field }) => `${rule} ${field}`);

describe('a description', () => {
  it('counts in bytes, not in letters', () => {
    expect(broken(post({ text: 'ü'.repeat(2_500) }))).toEqual([]);
    expect(broken(post({ text: 'ü'.repeat(2_501) }))).toEqual(['youtube.text-too-many-bytes text']);
    expect(broken(post({ text: 'x'.repeat(5_000) }))).toEqual([]);
  });

  it('counts with the link that is written behind it', () => {
    const link = 'https://example.com/';
    expect(broken(post({ text: 'x'.repeat(5_000 - link.length - 2), link }))).toEqual([]);
    expect(broken(post({ text: 'x'.repeat(5_000 - link.length - 1), link }))).toEqual([
      'youtube.text-too-long text',
      'youtube.text-too-many-bytes text',
    ]);
  });

  it('has no angle brackets, nor has its link', () => {
    expect(broken(post({ text: 'I <3 rye' }))).toEqual(['youtube.text-angle-brackets text']);
    expect(broken(post({ text: 'x', link: 'https://example.com/<a>' }))).toEqual(['youtube.text-angle-brackets text']);
  });

  it('may be empty', () => expect(broken(post({ text: '' }))).toEqual([]));
});

describe('settings', () => {
  it.each([
    [{ title: '   ' }, ['youtube.title-missing settings/title']],
    [{ title: 'x'.repeat(100) }, []],
    [{ title: '🥖'.repeat(51) }, ['youtube.title-too-long settings/title']],
    [
      { title: `<${'x'.repeat(100)}` },
      ['youtube.title-too-long settings/title', 'youtube.title-angle-brackets settings/title'],
    ],
    [{ tags: ['a<b'] }, ['youtube.tags-angle-brackets settings/tags']],
    [{ tags: [`a ${'b'.repeat(247)}`, 'c'.repeat(248)] }, []],
    [{ tags: [`a ${'b'.repeat(247)}`, 'c'.repeat(249)] }, ['youtube.tags-too-long settings/tags']],
    [{ madeForKids: '' }, ['youtube.made-for-kids-missing settings/madeForKids']],
    [{ madeForKids: 'yes' }, []],
  ])('%j', (settings, rules) => expect(broken(post({ settings }))).toEqual(rules));

  it('ask of every video whether it is made for kids, with no default', () => {
    const field = manifest.settings.find(({ name }) => name === 'madeForKids');
    expect(field).toMatchObject({ type: 'select', required: true });
    expect(field?.default).toBeUndefined();
  });
});

describe('a Short', () => {
  const short = (width: number, height: number) =>
    broken(post({ settings: { format: 'short' }, media: [practiceVideo({ width, height })] }));

  it('is upright or square', () => {
    expect(short(270, 480)).toEqual([]);
    expect(short(480, 480)).toEqual([]);
    expect(short(481, 480)).toEqual(['youtube.short-not-upright media/0']);
  });
});

describe('a comment', () => {
  it('may have angle brackets, and needs a text', () => {
    expect(broken(post({ kind: 'comment', text: '<3', media: [] }))).toEqual([]);
    expect(broken(post({ kind: 'comment', text: ' ', media: [] }))).toEqual(['youtube.comment-empty text']);
  });
});
