import { type Publication } from '../api/queries.js';
import { mayCancel, mayHold, mayRetry, needsCorrection } from './permitted.js';

const failure = (kind: NonNullable<Publication['failure']>['kind']) => ({ kind, message: '', remedy: '' });

describe('what may be asked for', () => {
  it('is a hold of what would go out by itself', () => {
    expect((['scheduled', 'preparing', 'ready'] as const).map((state) => mayHold({ state }))).toEqual([
      true,
      true,
      true,
    ]);
    expect((['held', 'failed', 'committing', 'published'] as const).some((state) => mayHold({ state }))).toBe(false);
  });

  it('is another try of what failed, of what is too late, and of what waits for its next try', () => {
    expect(mayRetry({ state: 'failed' })).toBe(true);
    expect(mayRetry({ state: 'held', heldReason: 'too-late' })).toBe(true);
    expect(mayRetry({ state: 'held', heldReason: 'channel-paused' })).toBe(false);
    expect(mayRetry({ state: 'scheduled', failure: failure('unavailable') })).toBe(true);
    expect(mayRetry({ state: 'scheduled', failure: failure('rate-limit') })).toBe(false);
    expect(mayRetry({ state: 'scheduled' })).toBe(false);
    expect(mayRetry({ state: 'unconfirmed' })).toBe(false);
  });

  it('is the end of what is not out, never of what may be', () => {
    expect(
      (['scheduled', 'preparing', 'ready', 'held', 'failed'] as const).every((state) => mayCancel({ state })),
    ).toBe(true);
    expect(
      (['committing', 'published', 'unconfirmed', 'cancelled'] as const).some((state) => mayCancel({ state })),
    ).toBe(false);
  });

  it('is a correction where the platform refused the content', () => {
    expect(needsCorrection({ state: 'failed', failure: failure('content') })).toBe(true);
    expect(needsCorrection({ state: 'failed', failure: failure('media') })).toBe(true);
    expect(needsCorrection({ state: 'failed', failure: failure('unavailable') })).toBe(false);
    expect(needsCorrection({ state: 'scheduled', failure: failure('content') })).toBe(false);
  });
});
