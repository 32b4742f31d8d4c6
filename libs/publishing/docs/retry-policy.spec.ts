import { FAILURE_KINDS } from '#platforms/core';
import { nextTry, RETRY_POLICY } from '../rules/index.js';
import { expectCurrent } from './current.fixture.js';
import { duration } from './markdown.js';
import { mostMs, retryPolicyDocument } from './retry-policy.js';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('docs/retry-policy.md', () => {
  it('is what the table says (UPDATE_DOCS=1 writes it anew)', () => {
    expectCurrent('retry-policy.md', retryPolicyDocument());
  });

  it.each(FAILURE_KINDS)('says of %s for how long it is tried, as the engine does', (kind) => {
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      const at = nextTry({ kind, tries, now: NOW, random: 1 });
      if (!at) break;
      waited += at.getTime() - NOW.getTime();
    }
    expect(waited).toBe(mostMs(RETRY_POLICY[kind]));
  });

  it('tells of every kind', () => {
    const document = retryPolicyDocument();
    for (const kind of FAILURE_KINDS) expect(document.split(`| \`${kind}\``)).toHaveLength(3);
  });

  it.each([
    [250, '250 ms'],
    [4_000, '4 s'],
    [64_000, '1 min 4 s'],
    [900_000, '15 min'],
    [3_720_000, '1 h 2 min'],
    [10_800_000, '3 h'],
  ])('says %i ms as %s', (ms, words) => expect(duration(ms)).toBe(words));
});
