import { type SelectedChannel } from '../context.js';
import { previewGroups } from './preview-groups.js';

const item = (id: string, platform: string, text: string) =>
  ({
    channel: { id, platform, limits: { text: { max: 500 } } },
    content: { text, media: [], thread: [], firstComment: '', settings: {} },
    supports: { thread: true, firstComment: true },
  }) as unknown as Pick<SelectedChannel, 'content' | 'supports' | 'channel'>;

describe('previews of many channels', () => {
  const [bakery, bikes, cafe] = [
    item('bakery', 'facebook', 'For all'),
    item('bikes', 'facebook', 'For all'),
    item('cafe', 'facebook', 'Only here'),
  ];
  const threads = item('threads', 'threads', 'For all');
  const all = [bakery, threads, bikes, cafe];

  it('show once what looks the same on several channels of a network', () =>
    expect(previewGroups(all, undefined)).toEqual([
      { item: bakery, others: [bikes] },
      { item: threads, others: [] },
      { item: cafe, others: [] },
    ]));

  it('show the channel that is looked at rather than another one that looks the same', () =>
    expect(previewGroups(all, 'bikes')[0]).toEqual({ item: bikes, others: [bakery] }));
});
