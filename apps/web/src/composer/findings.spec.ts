import { type CreateBody, changeDraft, emptyDraft } from './draft.js';
import { combineFindings, type Finding, groupFindings, isMissing, lengthFindings, readFindings } from './findings.js';

const body: CreateBody = {
  content: { text: 'Hello' },
  media: [{ id: 'dog' }, { id: 'cat' }],
  channels: [{ id: 'a' }, { id: 'b', media: [{ id: 'bird' }] }],
  schedule: null,
};
const error = (field: string, channelId?: string) => ({
  field,
  rule: 'x.rule',
  message: 'Wrong.',
  remedy: 'Mend it.',
  ...(channelId && { channelId }),
});

describe('readFindings', () => {
  it.each([
    ['content/text', 'a', { cause: { part: 'text' }, own: false, channelId: 'a' }],
    ['channels/1/content/text', 'b', { cause: { part: 'text' }, own: true, channelId: 'b' }],
    ['channels/1/content/link', undefined, { cause: { part: 'link' }, own: true, channelId: 'b' }],
    ['media/1', 'a', { cause: { part: 'media', mediaId: 'cat', inAltText: false }, own: false }],
    ['media/0/altText', 'a', { cause: { part: 'media', mediaId: 'dog', inAltText: true }, own: false }],
    ['media', 'a', { cause: { part: 'media', inAltText: false }, own: false }],
    ['channels/1/media/0', 'b', { cause: { part: 'media', mediaId: 'bird', inAltText: false }, own: true }],
    ['channels/0/settings/visibility', 'a', { cause: { part: 'setting', name: 'visibility' }, own: true }],
    ['channels/0/id', undefined, { cause: { part: 'channels' }, channelId: 'a' }],
    ['channels', undefined, { cause: { part: 'channels' }, own: false }],
    ['schedule/at', undefined, { cause: { part: 'schedule' }, own: false }],
  ])('finds the cause of %s', (field, channelId, expected) => {
    expect(readFindings([error(field, channelId)], body)).toMatchObject([expected]);
  });
});

describe('lengths', () => {
  const limits = {
    text: { max: 10, unit: 'graphemes' as const, emptyWithAttachment: true, emptyAlone: false },
    link: { supported: true, withMedia: true },
    media: { maxCount: 4 },
  };
  const channel = { id: 'a', platform: 'bluesky', limits, networkName: 'Bluesky', docs: 'https://example.com' };
  const draft = [
    { type: 'choose-channels' as const, channelIds: ['a'] },
    { type: 'text' as const, value: 'Twelve chars' },
  ].reduce(changeDraft, emptyDraft('UTC'));

  it('are told at once, and not a second time by the server', () => {
    const [found] = lengthFindings(draft, [channel]);
    expect(found).toMatchObject({ rule: 'bluesky.text-too-long', own: false, channelId: 'a' });
    expect(found?.message).toContain('12 characters');
    expect(found?.remedy).toContain('Shorten it by 2');
    const server: Finding[] = [{ ...(found as Finding), message: 'Old.' }];
    expect(combineFindings(server, found ? [found] : []).map(({ message }) => message)).toEqual([found?.message]);
    expect(combineFindings(server, [])).toEqual([]);
  });

  it('are counted in what people see', () => {
    const family = changeDraft(draft, { type: 'text', value: '👨‍👩‍👧‍👦'.repeat(10) });
    expect(lengthFindings(family, [channel])).toEqual([]);
  });
});

it('says once what is true of several channels', () => {
  const same = (channelId: string) => readFindings([error('content/text', channelId)], body)[0] as Finding;
  expect(groupFindings([same('a'), same('b')])).toMatchObject([{ channelIds: ['a', 'b'] }]);
});

it('keeps apart what is written for one channel each', () => {
  const found = readFindings([error('channels/0/content/text', 'a'), error('channels/1/content/text', 'b')], body);
  expect(groupFindings(found)).toHaveLength(2);
});

it.each([
  ['bluesky.text-missing', true],
  ['no-channel', true],
  ['setting-required', true],
  ['bluesky.text-too-long', false],
])('knows whether %s only says that something is not written yet', (rule, expected) => {
  expect(isMissing({ rule })).toBe(expected);
});
