import { type AttentionItem } from './queries.js';
import { summaryOf } from './summary.js';

const item: AttentionItem = {
  id: 'pub',
  channelId: 'c',
  channelName: 'Bakery',
  workspaceId: 'w',
  workspaceName: 'North Roast',
  state: 'failed',
  cause: 'failed:content',
  platform: 'bluesky',
  text: 'Fresh bread',
  dueAt: '2026-05-04T09:00:00Z',
  updatedAt: '2026-05-04T09:00:02Z',
  publishedAt: null,
  permalink: null,
  postId: 'post',
  revision: 2,
  timeZone: 'UTC',
  attempts: 1,
  cost: null,
  segments: [],
  failure: { kind: 'content', message: 'Too long.', remedy: 'Shorten it.', platformCode: 'E1', requestId: 'r-9' },
};

test('everything that a support desk asks for stands in it', () => {
  expect(summaryOf(item, 'Bluesky', 'https://clickpost.example/x')).toBe(`Fresh bread

Client: North Roast
Channel: Bakery on Bluesky
State: failed
Due: 2026-05-04 09:00:00 UTC
Since: 2026-05-04 09:00:02 UTC
Attempts: 1
Failure: content: Too long.
What to do: Shorten it.
Code: E1
Request id: r-9
Publication: pub
Post: post, revision 2
Address: https://clickpost.example/x
`);
});
