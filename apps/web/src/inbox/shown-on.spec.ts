import { type Channel } from '../api/queries.js';
import { type Platform } from '../composer/context.js';
import { type Shown, shownOn } from './shown-on.js';

const channel = (id: string, platform: string) => ({ id, platform, name: id }) as Channel;
const platform = (id: string, thread: boolean) =>
  ({ id, settings: [] as Platform['settings'], capabilities: { thread, firstComment: false } }) as Platform;

describe('what each channel of a post in the inbox gets', () => {
  const post: Shown = {
    timeZone: 'UTC',
    content: {
      content: { text: 'For all', link: 'https://example.com', thread: [{ text: 'Part two', media: [{ id: 'cup' }] }] },
      media: [{ id: 'cup' }, { id: 'sun', altText: 'As the post says' }],
      channels: [{ id: 'one' }, { id: 'two', content: { text: 'Only here', link: '' }, media: [] }, { id: 'removed' }],
    },
    media: [
      { id: 'cup', kind: 'image', altText: 'As the file says' },
      { id: 'sun', kind: 'image', altText: 'As the post says' },
    ],
  };
  const channels = [channel('one', 'bluesky'), channel('two', 'mastodon')];

  it('is its own words where there are some, else everybody’s', () => {
    const shown = shownOn(post, channels, [platform('bluesky', true)]);
    expect(shown).toMatchObject([
      { channel: { id: 'one' }, supports: { thread: true }, content: { text: 'For all', link: 'https://example.com' } },
      { channel: { id: 'two' }, supports: { thread: false }, content: { text: 'Only here', media: [] } },
    ]);
    expect(shown[1]?.content.link).toBeUndefined();
  });

  it('is what its format can have: a story has neither a comment nor the limits of a post', () => {
    const limits = (maxCount: number) => ({ media: { maxCount } });
    const network = {
      ...{ id: 'instagram', settings: [], capabilities: { thread: false, firstComment: true } },
      formats: [
        { id: 'post', capabilities: {}, limits: limits(10) },
        { id: 'story', capabilities: { firstComment: false }, limits: limits(1) },
      ],
    } as unknown as Platform;
    const on = { ...channel('one', 'instagram'), limits: limits(10) } as Channel;
    const supported = (format: string) => {
      const channels = [{ id: 'one', settings: { format } }];
      return shownOn({ ...post, content: { ...post.content, channels } }, [on], [network])[0];
    };
    expect(supported('story')).toMatchObject({ supports: { firstComment: false }, channel: { limits: limits(1) } });
    expect(supported('post')).toMatchObject({ supports: { firstComment: true }, channel: { limits: limits(10) } });
  });

  it('is described by the post, or else by the file', () => {
    const [first] = shownOn(post, channels, []);
    expect(first?.content.media.map(({ altText }) => altText)).toEqual(['As the file says', 'As the post says']);
    expect(first?.content.thread[0]?.media[0]?.altText).toBe('As the file says');
  });
});
