import { type CreateBody, changeDraft, type Draft, emptyDraft } from './draft.js';
import { combineFindings, type Finding, groupFindings, isMissing, readFindings } from './findings.js';
import { writtenFindings } from './local-findings.js';

const body: CreateBody = {
  content: { text: 'Hello', thread: [{ text: 'Two' }, { text: 'Three', media: [{ id: 'fish' }] }] },
  media: [{ id: 'dog' }, { id: 'cat' }],
  channels: [
    { id: 'a' },
    { id: 'b', media: [{ id: 'bird' }], content: { thread: [{ text: '', media: [{ id: 'cow' }] }] } },
  ],
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
    ['content/thread', 'a', { cause: { part: 'thread' }, own: false }],
    ['content/thread/1/text', 'a', { cause: { part: 'text', at: 1 }, own: false }],
    ['content/thread/1', 'a', { cause: { part: 'text', at: 1 }, own: false }],
    ['content/thread/1/media', 'a', { cause: { part: 'media', at: 1, inAltText: false }, own: false }],
    ['content/thread/1/media/0/altText', 'a', { cause: { part: 'media', at: 1, mediaId: 'fish', inAltText: true } }],
    ['channels/1/content/thread/0/media/0', 'b', { cause: { part: 'media', at: 0, mediaId: 'cow' }, own: true }],
    ['content/firstComment/text', 'a', { cause: { part: 'comment' }, own: false }],
    ['channels/1/content/firstComment', 'b', { cause: { part: 'comment' }, own: true }],
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
  const supports = { thread: true, firstComment: true };
  const channel = {
    id: 'a',
    platform: 'bluesky',
    limits,
    name: 'Bright Agency',
    networkName: 'Bluesky',
    docs: 'https://example.com',
    supports,
  };
  const draft = [
    { type: 'choose-channels' as const, channelIds: ['a'] },
    { type: 'text' as const, value: 'Twelve chars' },
  ].reduce(changeDraft, emptyDraft('UTC'));

  it('are told at once, and not a second time by the server', () => {
    const [found] = writtenFindings(draft, [channel]);
    expect(found).toMatchObject({ rule: 'bluesky.text-too-long', own: false, channelId: 'a' });
    expect(found?.message).toContain('12 characters');
    expect(found?.remedy).toContain('Shorten it by 2');
    const server: Finding[] = [{ ...(found as Finding), message: 'Old.' }];
    expect(combineFindings(server, found ? [found] : []).map(({ message }) => message)).toEqual([found?.message]);
    expect(combineFindings(server, [])).toEqual([]);
  });

  it('are counted in what people see', () => {
    const family = changeDraft(draft, { type: 'text', value: '👨‍👩‍👧‍👦'.repeat(10) });
    expect(writtenFindings(family, [channel])).toEqual([]);
  });
});

describe('a format with limits of its own', () => {
  const story = {
    ...{
      id: 'a',
      platform: 'gallery',
      name: 'Bright Agency',
      networkName: 'Gallery',
      docs: 'https://example.com',
      formatName: 'Story',
    },
    limits: {
      text: { max: 0, unit: 'utf16' as const, emptyWithAttachment: true, emptyAlone: true },
      link: { supported: false, withMedia: false },
      media: { maxCount: 1 },
    },
    supports: { thread: false, firstComment: false },
  };
  const draft = { ...emptyDraft('UTC'), text: 'Hello', firstComment: 'Ask us', channels: [{ id: 'a' }] };

  it('is named with what it does not have', () => {
    expect(writtenFindings(draft, [story]).map(({ rule, message }) => [rule, message])).toEqual([
      [
        'gallery.first-comment-unsupported',
        'ClickPost publishes no first comments on Gallery with the format “Story”.',
      ],
      ['gallery.text-unsupported', 'Gallery shows no text with the format “Story”.'],
    ]);
  });

  it('is named by the channel where only that one does not have it', () => {
    const lacks = { thread: false, firstComment: true };
    const [first] = writtenFindings(draft, [{ ...story, formatName: undefined, lacks }]);
    expect(first?.message).toBe('ClickPost publishes no first comments on the channel Bright Agency.');
  });

  it('without a text breaks no rule about it, and the server is not asked a second time', () => {
    const silent = { ...draft, channels: [{ id: 'a', text: '', firstComment: '' }] };
    const server = readFindings([{ ...error('content/text', 'a'), rule: 'gallery.text-unsupported' }], body);
    expect(combineFindings(server, writtenFindings(silent, [story]))).toEqual([]);
  });
});

describe('threads and first comments', () => {
  const limits = {
    text: { max: 10, unit: 'graphemes' as const, emptyWithAttachment: true, emptyAlone: false },
    link: { supported: true, withMedia: true },
    media: { maxCount: 4 },
  };
  const named = (id: string, isAble: boolean) => ({
    id,
    platform: id,
    limits,
    name: `${id}.example`,
    networkName: id,
    docs: 'https://example.com',
    supports: { thread: isAble, firstComment: isAble },
  });
  const part = (key: string, text: string) => ({ key, text, media: [] });
  const draft: Draft = {
    ...emptyDraft('UTC'),
    text: 'One',
    thread: [part('2', 'Two'), part('3', 'Three is too long'), part('4', ' ')],
    firstComment: 'Longer than ten',
    channels: [{ id: 'able' }, { id: 'unable' }],
  };
  const found = writtenFindings(draft, [named('able', true), named('unable', false)]);
  const of = (channelId: string) => found.filter((finding) => finding.channelId === channelId);

  it('are told at the part that is too long or empty', () => {
    expect(of('able').map(({ rule, cause }) => [rule, cause])).toEqual([
      ['able.text-too-long', { part: 'text', at: 1 }],
      ['able.text-too-long', { part: 'comment' }],
      ['part-missing', { part: 'text', at: 2 }],
    ]);
    expect(of('able')[0]?.message).toContain('Part 3 is 17 characters long');
    expect(of('able')[2]?.message).toBe('Part 4 is empty.');
  });

  it('are told once as a whole where a network has none, and their parts are not counted there', () => {
    expect(of('unable').map(({ rule, cause }) => [rule, cause])).toEqual([
      ['unable.thread-unsupported', { part: 'thread' }],
      ['unable.first-comment-unsupported', { part: 'comment' }],
    ]);
  });

  it('are not told a second time by the server', () => {
    const server = readFindings(
      [
        { ...error('content/thread/2/text', 'able'), rule: 'able.text-missing' },
        { ...error('content/thread', 'unable'), rule: 'unable.thread-unsupported' },
        { ...error('content/text', 'able'), rule: 'able.text-missing' },
      ],
      body,
    );
    const told = combineFindings(server, found).filter((finding) => server.includes(finding));
    expect(told.map(({ cause }) => cause)).toEqual([{ part: 'text' }]);
  });

  it('left out on a channel break no rule there', () => {
    const without = { ...draft, channels: [{ id: 'unable', thread: [], firstComment: '' }] };
    expect(writtenFindings(without, [named('unable', false)])).toEqual([]);
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
