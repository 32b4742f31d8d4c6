import { type ReviewChannel } from './queries.js';
import { isMaking, madeVideosOf, plansOf, videoWords } from './sent-videos.js';

type Media = ReviewChannel['segments'][number]['media'][number];
type Rendition = NonNullable<NonNullable<Media['sent']>['rendition']>;

const rendition = (state: Rendition['state']): Rendition => ({ id: `r-${state}`, state });
const file = (id: string, sent: Media['sent']): Media => ({
  ...{
    id,
    kind: 'video',
    contentType: 'video/mp4',
    picture: true,
    width: 1_920,
    height: 1_080,
    altText: null,
    changes: [],
    sent,
  },
});
const video = (id: string, made: Rendition | null, action: 'keep' | 'transcode' = 'transcode') =>
  file(id, { output: 'video', action, width: 720, height: 900, durationMs: 2_000, rendition: made });
const channel = (id: string, ...messages: Media[][]) =>
  ({
    id,
    segments: messages.map((media) => ({ kind: 'post', text: '', link: null, media })),
  }) as unknown as ReviewChannel;

describe('Videos in a review', () => {
  it('are drawn in the shape that each channel gets, message by message', () => {
    const channels = [
      channel('one', [video('a', rendition('ready')), file('b', null)], [video('a', null, 'keep')]),
      channel('two', [video('a', rendition('waiting'))]),
    ];
    const shape = { output: 'video', width: 720, height: 900, durationMs: 2_000 };
    expect(plansOf({ channels })).toEqual([
      { ...shape, channelId: 'one', segment: 0, mediaId: 'a', action: 'transcode', rendition: rendition('ready') },
      { ...shape, channelId: 'one', segment: 1, mediaId: 'a', action: 'keep', rendition: null },
      { ...shape, channelId: 'two', segment: 0, mediaId: 'a', action: 'transcode', rendition: rendition('waiting') },
    ]);
  });

  it('are covered by the image or the moment that was chosen, where the network takes it', () => {
    const sent = video('a', null, 'keep');
    const media = [{ ...sent, cover: { imageId: 'i' } }, { ...sent, cover: { atMs: 0 } }, sent];
    const covers = plansOf({ channels: [channel('one', media)] }).map(({ cover }) => cover?.action);
    expect(covers).toEqual(['keep', 'moment', undefined]);
  });

  it('have a number where there are several, and nothing to tell where they go out as they are', () => {
    const names = (...media: Media[]) => madeVideosOf(channel('one', media)).map(({ name }) => name);
    expect(names(video('a', null))).toEqual(['The video']);
    expect(names(video('a', null, 'keep'), video('b', null))).toEqual(['Video 2']);
    expect(names(video('a', null, 'keep'), file('b', null))).toEqual([]);
  });

  it('are looked at more often while one is made', () => {
    const making = (made: Rendition | null) => isMaking({ channels: [channel('one', [video('a', made)])] });
    const states = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const;
    expect(states.filter((state) => making(rendition(state)))).toEqual(['waiting', 'running']);
    expect(making(null)).toBe(false);
  });

  it.each([
    ['waiting', /waits to be made for Mastodon/],
    ['running', /is being made for Mastodon/],
    ['ready', /ready to be played/],
    ['failed', /could not be made for Mastodon\. Whoever sent you this link can see why/],
    ['cancelled', /not being made for Mastodon at the moment/],
  ] as const)('tell that they are %s', (state, words) => {
    expect(videoWords({ name: 'The video', rendition: rendition(state) }, 'Mastodon', true)).toMatch(words);
  });

  it('tell before the post has a time when they are made', () => {
    const unmade = { name: 'The video', rendition: null };
    expect(videoWords(unmade, 'Mastodon', false)).toMatch(/when the post has a time/);
    expect(videoWords(unmade, 'Mastodon', true)).toBeUndefined();
  });
});
