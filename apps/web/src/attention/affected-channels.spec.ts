import { channelsOf } from './affected-channels.js';
import { type AttentionItem } from './queries.js';

const item = (id: string, channelId: string): AttentionItem => ({
  id,
  channelId,
  channelName: `Channel ${channelId}`,
  workspaceId: 'w',
  workspaceName: 'Bakery',
  state: 'held',
  cause: 'held:channel-paused',
  platform: 'mastodon',
  text: '',
  dueAt: '',
  updatedAt: '',
  publishedAt: null,
  permalink: null,
  postId: 'post',
  revision: 1,
  timeZone: 'UTC',
  attempts: 0,
  cost: null,
  segments: [],
});

test('each channel is offered once, in the order of what it holds', () => {
  expect(channelsOf([item('1', 'b'), item('2', 'a'), item('3', 'b')])).toEqual([
    { id: 'b', name: 'Channel b', workspaceId: 'w', workspaceName: 'Bakery' },
    { id: 'a', name: 'Channel a', workspaceId: 'w', workspaceName: 'Bakery' },
  ]);
});
