import fc from 'fast-check';
import { cursorOf, parseCursor } from './position.js';

const known = fc.record({
  xid: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
  publicationId: fc.uuid(),
  version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});

describe('a cursor', () => {
  it('leads back to its position', () => {
    fc.assert(fc.property(known, (position) => expect(parseCursor(cursorOf(position))).toEqual(position)));
    expect(parseCursor(cursorOf('start'))).toBe('start');
  });

  it.each([
    '',
    'now',
    '1.2.3',
    'start ',
    '18446744073709551616.0197a1b2-0000-7000-8000-000000000001.1',
    '1.0197a1b2-0000-7000-8000-000000000001.0',
    '1.0197a1b2-0000-7000-8000-000000000001.2147483648',
    "1.0197a1b2-0000-7000-8000-000000000001.1'",
    '-1.0197a1b2-0000-7000-8000-000000000001.1',
    '1.0197a1b2-0000-7000-8000-00000000000-.1',
  ])('is not %j', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });

  it('is nothing that the database would refuse', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const position = parseCursor(text);
        return position === undefined || cursorOf(position) === text;
      }),
    );
  });
});
