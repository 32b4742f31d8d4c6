import fc from 'fast-check';
import {
  ACTIVE_STATES,
  BEFORE_FENCE,
  explainHeld,
  HELD_REASONS,
  mayChange,
  PUBLICATION_STATES,
  type PublicationState,
  TRANSITIONS,
} from './states.js';

const TERMINAL = PUBLICATION_STATES.filter((state) => TRANSITIONS[state].length === 0);

/** Every state that can be reached, however long the way. */
function reachable(from: PublicationState, without?: PublicationState): Set<PublicationState> {
  const seen = new Set<PublicationState>();
  const queue = [from];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const next of TRANSITIONS[state]) {
      if (next === without || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}

/** A walk by choices, each taken from what the state allows. */
function walk(start: PublicationState, choices: readonly number[]): PublicationState[] {
  const path = [start];
  for (const choice of choices) {
    const from = path.at(-1) ?? start;
    const next = TRANSITIONS[from][choice % Math.max(1, TRANSITIONS[from].length)];
    if (next === undefined) break;
    path.push(next);
  }
  return path;
}

const walks = fc.tuple(fc.constantFrom<PublicationState>('scheduled', 'held'), fc.array(fc.nat(), { maxLength: 40 }));

describe('the states of a publication', () => {
  it('has two ends that nothing leads out of', () => {
    expect(TERMINAL.sort()).toEqual(['cancelled', 'published']);
    fc.assert(
      fc.property(walks, ([start, choices]) => {
        const path = walk(start, choices);
        const end = path.findIndex((state) => TERMINAL.includes(state));
        return end === -1 || end === path.length - 1;
      }),
    );
  });

  it('is published only from where a fence was passed, or by a person who looked', () => {
    const into = PUBLICATION_STATES.filter((state) => TRANSITIONS[state].includes('published'));
    // From `preparing`: what a look before another try found.
    expect(into.sort()).toEqual(['committing', 'preparing', 'unconfirmed']);
  });

  it('enters committing only by the fence, from ready', () => {
    const into = PUBLICATION_STATES.filter((state) => TRANSITIONS[state].includes('committing'));
    expect(into).toEqual(['ready']);
  });

  it('never cancels what is between fence and outcome', () => {
    expect(TRANSITIONS.committing).not.toContain('cancelled');
    expect(BEFORE_FENCE).not.toContain('committing');
  });

  it('strands nothing: every state but an end leads to publishing and to cancelling', () => {
    for (const state of PUBLICATION_STATES.filter((candidate) => !TERMINAL.includes(candidate))) {
      expect([...reachable(state)]).toEqual(expect.arrayContaining(['published', 'cancelled']));
    }
  });

  it('lets a state stay what it is, and nothing else beyond the table', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PUBLICATION_STATES), fc.constantFrom(...PUBLICATION_STATES), (from, to) => {
        expect(mayChange(from, to)).toBe(from === to || TRANSITIONS[from].includes(to));
      }),
    );
  });

  it('has the dispatcher look after what is on its way and after nothing that waits for a person', () => {
    expect([...ACTIVE_STATES].sort()).toEqual(['committing', 'preparing', 'ready', 'scheduled']);
  });

  it.each(HELD_REASONS)('says of "%s" what it means and what ends it', (reason) => {
    const { message, remedy } = explainHeld(reason);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});
