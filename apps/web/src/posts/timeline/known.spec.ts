import { entryOf, SETTING } from './log.fixture.js';
import { knownAboutOutcome } from './known.js';

test('what is known of an open outcome begins with the last time that it was sent', () => {
  const failure = { kind: 'unavailable' as const, message: 'Not reached.', remedy: '', platformMessage: 'ECONNRESET' };
  const log = [
    entryOf('fenced', { at: '2026-11-24T08:00:00.000Z' }),
    entryOf('reconciled', { evidence: { outcome: 'absent', answer: 'RecordNotFound' } }),
    entryOf('fenced', { at: '2026-11-24T08:01:00.000Z' }),
    entryOf('retry-planned', { at: '2026-11-24T08:01:03.000Z', failure, evidence: { next: 'look' } }),
    entryOf('unconfirmed', {
      at: '2026-11-24T08:01:10.000Z',
      evidence: { looked: 'the newest posts of the account', read: 2, matching: ['1', '2'] },
    }),
  ];
  expect(knownAboutOutcome(log, 'Mastodon', SETTING.instants).map(({ words }) => words)).toEqual([
    'It was sent at 08:01:00.',
    'What came back at 08:01:03: The connection was cut.',
    'ClickPost looked on Mastodon at 08:01:10. It read the newest posts of the account: 2 posts since, 2 of them the same as this one.',
  ]);
});
