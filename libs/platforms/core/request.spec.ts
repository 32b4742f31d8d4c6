import { retryAfter } from './request.js';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['30', '2026-03-01T12:00:30.000Z'],
    ['0.5', '2026-03-01T12:00:00.500Z'],
    ['Sun, 01 Mar 2026 12:05:00 GMT', '2026-03-01T12:05:00.000Z'],
  ])('reads %s', (value, at) => {
    expect(retryAfter(new Headers({ 'retry-after': value }), NOW)?.toISOString()).toBe(at);
  });

  it.each(['', 'soon', '-5x', '99999999999999999999', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'takes no hint from %j',
    (value) => {
      expect(retryAfter(new Headers({ 'retry-after': value }), NOW)).toBeUndefined();
    },
  );
});
