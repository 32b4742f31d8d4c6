import { type PostContent } from '../post-content.js';
import { type Anchor, type Place, presentPlace, textOf, withoutPoint, wrongPlace } from './anchor.js';

const post: PostContent = {
  content: {
    text: 'Good morning',
    thread: [{ text: 'two', media: [{ id: 'm2' }] }],
    firstComment: { text: 'by the way' },
  },
  media: [{ id: 'm1' }],
  channels: [{ id: 'x' }, { id: 'y', content: { text: 'Hello', thread: [] } }],
};
const words = (quote: string, start: number, more: object = {}): Place => ({
  ...{ type: 'text', part: 0, start, end: start + quote.length, quote },
  ...more,
});

it.each([
  [undefined, 0, 'Good morning'],
  [undefined, 1, 'two'],
  [undefined, 2, undefined],
  [undefined, 'comment', 'by the way'],
  ['x', 0, 'Good morning'],
  ['y', 0, 'Hello'],
  ['y', 1, undefined],
  ['y', 'comment', 'by the way'],
  ['z', 0, undefined],
] as const)('of %s the text %s is %s', (channelId, part, text) => expect(textOf(post, channelId, part)).toBe(text));

it.each([
  ['words that stand there', words('morning', 5), undefined],
  ['words of a channel', words('Hello', 0, { channelId: 'y' }), undefined],
  ['words that stand elsewhere', words('morning', 4), 'anchor/quote'],
  ['other words', words('evening', 5), 'anchor/quote'],
  ['no words', words('', 5), 'anchor/quote'],
  ['an end before its quote', { ...words('morning', 5), end: 8 } as Place, 'anchor/quote'],
  ['an end behind the text', { ...words('morning', 5), end: 90 } as Place, 'anchor/quote'],
  ['a part that is not there', words('two', 0, { part: 2 }), 'anchor/part'],
  ['a channel that is not there', words('Hello', 0, { channelId: 'z' }), 'anchor/part'],
  ['an image of the post', { type: 'image', mediaId: 'm1', x: 0, y: 1 }, undefined],
  ['an image of the thread', { type: 'image', mediaId: 'm2', x: 0, y: 1 }, undefined],
  ['another image', { type: 'image', mediaId: 'm3', x: 0, y: 1 }, 'anchor/mediaId'],
] as [string, Place, string | undefined][])('%s', (_, place, field) => {
  expect(wrongPlace(place, post)?.field).toBe(field);
});

it.each([
  ['image', { x: 0.2, y: 0.9 }],
  ['document', { x: 0.2, y: 0.9 }],
  [undefined, { x: 0.2, y: 0.9 }],
  ['video', { x: 0.5, y: 0.5 }],
] as const)('a point of a file of the kind %s is kept as %o', (kind, point) => {
  const anchor = { type: 'image', mediaId: 'm1', x: 0.2, y: 0.9, revision: 3 } as const;
  expect(withoutPoint(anchor, kind)).toEqual({ ...anchor, ...point });
});

describe('the place of words in what the post says now', () => {
  const anchor = { ...words('morning', 5), revision: 1 };
  const now = (text: string) => presentPlace(anchor, { ...post, content: { text } });
  it.each([
    ['is where it was', 'Good morning, all', { start: 5, end: 12, outdated: false }],
    ['moves with them', 'A very good morning', { start: 12, end: 19, outdated: false }],
    ['stays where it was, however often they stand there', 'Good morning, morning', { start: 5, outdated: false }],
    ['is unknown where they stand there twice', 'A morning is a morning', { start: 5, outdated: true }],
    ['is gone with them', 'Good evening', { start: 5, end: 12, quote: 'morning', outdated: true }],
  ])('%s', (_, text, expected) => expect(now(text)).toMatchObject(expected));

  it('is gone with its channel or its image', () => {
    const there = { ...anchor, channelId: 'y' };
    expect(presentPlace(there, { ...post, channels: [] }).outdated).toBe(true);
    const point: Anchor = { type: 'image', mediaId: 'm1', x: 0, y: 0, revision: 1 };
    expect(presentPlace(point, post).outdated).toBe(false);
    expect(presentPlace(point, { ...post, media: [] }).outdated).toBe(true);
  });
});
