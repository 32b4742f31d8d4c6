import { type ReviewChannel, type ReviewComment } from './queries.js';
import { filesInWords, highlightsOf, imagesOf, textsOf } from './review-places.js';

const image = { id: 'm1' } as ReviewChannel['segments'][number]['media'][number];
const segment = (kind: 'post' | 'reply' | 'comment', text: string) => ({ kind, text, link: null, media: [image] });
const channel = (id: string, ...segments: ReviewChannel['segments']) => ({ id, name: id, segments }) as ReviewChannel;
const thread = (anchor: object, resolvedAt: string | null = null) =>
  ({ id: 't', anchor: { type: 'text', outdated: false, part: 0, ...anchor }, resolvedAt }) as ReviewComment;

describe('The places of a post that a client can speak about', () => {
  const channels = [
    channel('a', segment('post', 'Hello'), segment('reply', 'More'), segment('comment', 'Link')),
    channel('b', segment('post', 'Hello'), segment('comment', 'Link')),
    channel('c', segment('post', 'Hi'), segment('comment', '')),
  ];

  it('are each of its texts and images once', () => {
    expect(
      textsOf({ channels }).map(({ part, text, channels: on }) => [part, text, on.map(({ id }) => id).join()]),
    ).toEqual([
      [0, 'Hello', 'a,b'],
      [1, 'More', 'a'],
      ['comment', 'Link', 'a,b'],
      [0, 'Hi', 'c'],
    ]);
    expect(imagesOf({ channels })).toEqual([image]);
  });

  it('are named by what the post holds', () => {
    const holding = (...kinds: ('image' | 'video')[]) => {
      const media = kinds.map((kind, index) => ({ ...image, id: String(index), kind }));
      return filesInWords({ channels: [channel('a', { ...segment('post', 'Hello'), media })] });
    };
    expect([holding(), holding('image'), holding('video'), holding('image', 'video')]).toEqual([
      undefined,
      'an image',
      'a video',
      'an image or a video',
    ]);
  });

  it('are marked where somebody spoke about them, and only there', () => {
    const [hello, , , hi] = textsOf({ channels });
    if (!hello || !hi) throw new Error('The texts are there.');
    const place = { start: 0, end: 4, quote: 'Hell' };
    expect(highlightsOf([thread(place)], hello)).toEqual([{ id: 't', start: 0, end: 4 }]);
    expect(highlightsOf([thread({ ...place, channelId: 'b' })], hello)).toHaveLength(1);
    expect(highlightsOf([thread({ ...place, channelId: 'c' })], hello)).toEqual([]);
    expect(highlightsOf([thread(place)], hi)).toEqual([]);
    expect(highlightsOf([thread(place, '2027-01-01')], hello)).toEqual([]);
    expect(highlightsOf([thread({ ...place, outdated: true })], hello)).toEqual([]);
  });
});
