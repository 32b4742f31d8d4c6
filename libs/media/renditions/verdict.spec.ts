import { RenditionError } from '../problem.js';
import { GuardedError } from '../run/guarded.js';
import { MAX_UNKNOWN_FAULTS, StoreFault, TOOK_TOO_LONG, verdictOn } from './verdict.js';

const withCode = (code: string): Error => Object.assign(new Error('a system error'), { code });

describe('verdictOn', () => {
  it.each([
    ['a full disk', withCode('ENOSPC')],
    ['a full disk below another error', new Error('copying failed', { cause: withCode('ENOSPC') })],
    ['a full disk that ffmpeg met', new GuardedError('ffmpeg', 'exit', 'write: No space left on device', 1)],
    ['a full disk behind a rendition error', Object.assign(new RenditionError(['x']), { cause: withCode('EDQUOT') })],
    ['a store that is away', new StoreFault('away', { cause: withCode('ECONNREFUSED') })],
  ])('takes up later, however often it was given back: %s', (_, error) => {
    expect(verdictOn(error, 0)).toEqual({ kind: 'later' });
    expect(verdictOn(error, 1_000)).toEqual({ kind: 'later' });
  });

  it('fails at once what cannot be brought within its limits, in its own words', () => {
    expect(verdictOn(new RenditionError(['It is too wide.']), 0)).toEqual({
      kind: 'failed',
      failure: {
        rule: 'media.rendition-failed',
        message: expect.stringContaining('It is too wide.'),
        remedy: expect.stringMatching(/\S/),
      },
    });
  });

  it('says when it took too long', () => {
    const verdict = verdictOn(new GuardedError('ffmpeg', 'time', '', undefined), 0);
    expect(verdict).toEqual({ kind: 'failed', failure: TOOK_TOO_LONG });
  });

  it('takes what nobody knows for a fault here at first, and for one of the file after a few tries', () => {
    expect(verdictOn(new TypeError('x is undefined'), MAX_UNKNOWN_FAULTS - 1)).toEqual({ kind: 'later' });
    expect(verdictOn(new TypeError('x is undefined'), MAX_UNKNOWN_FAULTS)).toMatchObject({ kind: 'failed' });
  });
});
