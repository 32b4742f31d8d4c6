import { type Publication } from '../../api/queries.js';
import { storyAsText } from './as-text.js';
import { ADA, DUE, entryOf } from './log.fixture.js';

const publication: Publication = {
  id: 'the-publication',
  postId: 'the-post',
  workspaceId: 'the-workspace',
  channelId: 'the-channel',
  state: 'failed',
  dueAt: DUE,
  timeZone: 'Europe/Berlin',
  publishedAt: null,
  permalink: null,
  revision: 2,
  attempts: 1,
  cost: null,
  segments: [],
  failure: { kind: 'content', message: 'It was refused.', remedy: 'Change the text.' },
};

test('the story as text names what a support person asks for, in order and in one zone', () => {
  const exchange = {
    method: 'POST',
    host: 'example.social',
    path: '/api/v1/statuses',
    startedAt: DUE,
    durationMs: 12,
    status: 422,
    requestId: 'req-7',
  };
  const failure = {
    kind: 'content' as const,
    message: 'It was refused.',
    remedy: 'Change the text.',
    platformCode: '422/too-long',
    platformMessage: 'Text is too long',
  };
  const costs = [{ price: 'post', label: 'a post', count: 1, usd: 0.015 }];
  const log = [
    entryOf('scheduled', { actor: ADA, at: '2026-11-23T08:00:00.000Z', evidence: { dueAt: DUE } }),
    entryOf('attempt-started'),
    entryOf('failed', { at: '2026-11-24T08:00:03.000Z', failure, evidence: { exchanges: [exchange], costs } }),
  ];
  const text = storyAsText({ publication, channelName: '@bakery', platformName: 'Mastodon', now: 0 }, log);
  // Money looks different in other languages.
  expect(text.replace(/(US)?\$\s?0[.,]015|0[.,]015\s?\$/, '$0.015')).toBe(`Mastodon: @bakery
Failed: It was refused.
Change the text.

Publication  the-publication
Post         the-post, revision 2
Due          2026-11-24 08:00:00 UTC (chosen in Europe/Berlin)

Before the first attempt
  2026-11-23 08:00:00 UTC (1 day before its time)  Ada scheduled it for 2026-11-24 08:00:00 UTC.

Attempt 1
  2026-11-24 08:00:00 UTC  ClickPost took it in hand.
  2026-11-24 08:00:03 UTC (3 seconds after its time)  Failed: It was refused.
    Change the text.
    Code: 422/too-long
    What came back: Text is too long
    Cost: $0.015 for a post
    POST example.social/api/v1/statuses: 422 in 12 ms, request id req-7
`);
});
