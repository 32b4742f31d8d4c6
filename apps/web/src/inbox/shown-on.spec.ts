import { type Channel } from '../api/queries.js';
import { type Platform } from '../composer/context.js';
import { type Shown, shownOn } from './shown-on.js';

const channel = (id: string, platform: string) => ({ id, platform, name: id }) as Channel;
const platform = (id: string, thread: boolean) => ({ id, capabilities: { thread, firstComment: false } }) as Platform;

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

  it('is described by the post, or else by the file', () => {
    const [first] = shownOn(post, channels, []);
    expect(first?.content.media.map(({ altText }) => altText)).toEqual(['As the file says', 'As the post says']);
    expect(first?.content.thread[0]?.media[0]?.altText).toBe('As the file says');
  });
});
