import {
  afterReached,
  afterUnavailable,
  allowance,
  type Breaker,
  FAILURES_TO_OPEN,
  isOver,
  phaseOf,
} from './breaker.js';

const START = Date.parse('2026-11-01T12:00:00Z');
const at = (seconds: number): Date => new Date(START + seconds * 1000);

/** A server that fails so many publications in a row, a second apart from second 0 on. */
function failing(times: number, first = 1): Breaker | undefined {
  let breaker: Breaker | undefined;
  for (let i = 0; i < times; i += 1) breaker = fail(breaker, i, `p${first + i}`);
  return breaker;
}
const fail = (breaker: Breaker | undefined, second: number, publicationId = 'px', began = second): Breaker =>
  afterUnavailable(breaker, { publicationId, startedAt: at(began) }, at(second));
const reach = (breaker: Breaker | undefined, second: number, began = second): Breaker | undefined =>
  afterReached(breaker, { startedAt: at(began) }, at(second));

/** Opened at second 4 for five seconds. */
const opened = (): Breaker => failing(FAILURES_TO_OPEN)!;

describe('a breaker', () => {
  it('opens after five publications in a row', () => {
    expect(phaseOf(failing(4), at(4))).toBe('closed');
    expect(phaseOf(opened(), at(4))).toBe('open');
    expect(opened()).toMatchObject({ openedAt: at(4), openUntil: at(9), opened: 1 });
  });

  it('does not open for one publication that fails again and again', () => {
    let breaker = fail(undefined, 0, 'p1');
    for (let i = 1; i < 20; i += 1) breaker = fail(breaker, i, 'p1');
    expect(phaseOf(breaker, at(20))).toBe('closed');
  });

  it('does not open for failures with an answer between them', () => {
    const answered = reach(failing(4), 4);
    expect(answered).toBeUndefined();
    expect(phaseOf(fail(answered, 5), at(5))).toBe('closed');
  });

  it('does not open for failures far apart', () => {
    expect(phaseOf(fail(failing(4), 64), at(64))).toBe('closed');
    expect(fail(failing(4), 64).failed).toEqual(['px']);
  });

  it.each([
    ['closed', undefined, 0, undefined],
    ['open', opened(), 8.9, 0],
    ['half-open', opened(), 9, 1],
    ['draining, second 0', reach(opened(), 9), 9.9, 1],
    ['draining, second 1', reach(opened(), 9), 10, 3],
    ['draining, second 2', reach(opened(), 9), 11, 7],
    ['draining, last second', reach(opened(), 9), 16.9, 255],
    ['drained', reach(opened(), 9), 17, undefined],
  ])('%s: lets out as many as it should', (_name, breaker, second, expected) => {
    expect(allowance(breaker, at(second), false)).toBe(expected);
  });

  it('has one probe at a time', () => {
    expect(allowance(opened(), at(10), true)).toBe(0);
  });

  it('counts what was let out while it drains', () => {
    const draining = { ...reach(opened(), 9)!, drained: 5 };
    expect(allowance(draining, at(9), false)).toBe(0);
    expect(allowance(draining, at(11), false)).toBe(2);
  });

  it('stays open longer each time that the probe fails, to a minute', () => {
    let breaker = opened();
    const lengths = [];
    for (let i = 0; i < 8; i += 1) {
      const end = (breaker.openUntil!.getTime() - START) / 1000;
      breaker = fail(breaker, end);
      lengths.push((breaker.openUntil!.getTime() - START) / 1000 - end);
    }
    expect(lengths).toEqual([10, 20, 40, 60, 60, 60, 60, 60]);
    expect(breaker.openedAt).toEqual(at(4));
  });

  it('opens again, and for longer, when five in a row fail while draining', () => {
    let breaker = reach(opened(), 9);
    for (const id of ['a', 'b', 'c', 'd']) breaker = fail(breaker, 10, id);
    expect(phaseOf(breaker, at(10))).toBe('draining');
    expect(fail(breaker, 10, 'e')).toMatchObject({ opened: 2, openUntil: at(20), openedAt: at(4) });
  });

  it('goes on draining where some fail and others do not', () => {
    let breaker = reach(opened(), 9);
    for (const second of [10, 11, 12, 13]) {
      for (const id of ['a', 'b', 'c', 'd']) breaker = fail(breaker, second, id);
      breaker = reach(breaker, second);
    }
    expect(phaseOf(breaker, at(16))).toBe('draining');
    expect(phaseOf(breaker, at(17))).toBe('closed');
  });

  it('forgets how often it opened as soon as it answers', () => {
    const long = fail(fail(opened(), 9), 19);
    expect(long).toMatchObject({ opened: 3 });
    expect(reach(long, 39)).toMatchObject({ opened: 1 });
  });

  it('begins anew once it has drained', () => {
    expect(fail(reach(opened(), 9), 18)).toMatchObject({ opened: 0, openedAt: null, failed: ['px'] });
  });

  it.each([
    ['a failure while it is open', () => opened(), (b: Breaker) => fail(b, 6)],
    ['a failure that began while it was open', () => opened(), (b: Breaker) => fail(b, 12, 'px', 8)],
    ['a failure that began before it came back', () => reach(opened(), 9)!, (b: Breaker) => fail(b, 10, 'px', 8)],
    ['an answer to what began before it opened', () => opened(), (b: Breaker) => reach(b, 10, 3)],
    ['an answer while it drains', () => reach(opened(), 9)!, (b: Breaker) => reach(b, 10)],
  ])('%s changes nothing', (_name, given, when) => {
    const breaker = given();
    expect(when(breaker)).toBe(breaker);
  });

  it('comes back with a look that is answered while it is open', () => {
    expect(phaseOf(reach(opened(), 6), at(6))).toBe('draining');
  });

  it.each([
    ['a few failures', failing(3), 30, false],
    ['old failures', failing(3), 63, true],
    ['open', opened(), 500, false],
    ['draining', reach(opened(), 9), 16, false],
    ['drained', reach(opened(), 9), 17, true],
  ])('%s: is forgotten when it is over', (_name, breaker, second, expected) => {
    expect(isOver(breaker!, at(second))).toBe(expected);
  });
});
