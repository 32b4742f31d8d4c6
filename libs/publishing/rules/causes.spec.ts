import { FAILURE_KINDS, genericFailure } from '#platforms/core';
import { ATTENTION_STATES, CAUSES, explainCause, finalFailure, partialFailure, partsOf } from './causes.js';
import { explainHeld, HELD_REASONS } from './states.js';

describe('causes', () => {
  it('are one for each failure and each hold, and one for each other state, all of one state together', () => {
    expect(new Set(CAUSES).size).toBe(CAUSES.length);
    expect(CAUSES).toHaveLength(2 + FAILURE_KINDS.length + HELD_REASONS.length);
    const states = CAUSES.map((cause) => partsOf(cause).state);
    expect([...new Set(states)]).toEqual([...ATTENTION_STATES]);
    expect(states).toEqual(states.toSorted((a, b) => ATTENTION_STATES.indexOf(a) - ATTENTION_STATES.indexOf(b)));
  });

  it.each(CAUSES)('%s says in whole sentences what is wrong and what to do', (cause) => {
    const { title, remedy } = explainCause(cause);
    for (const text of [title, remedy]) expect(text).toMatch(/^[A-Z][^!]{10,150}\.$/);
  });

  it('say of a hold what is said everywhere', () => {
    const { message, remedy } = explainHeld('channel-disconnected');
    expect(explainCause('held:channel-disconnected')).toEqual({ title: message, remedy });
  });

  it.each(FAILURE_KINDS)('of a final failure never say that it is tried again by itself: %s', (kind) => {
    const failure = genericFailure(kind, 'Mastodon');
    const told = finalFailure(failure);
    expect(told).toEqual({ ...failure, remedy: expect.not.stringMatching(/by itself|is tried again/) });
  });

  it('of a thread that is out in part say how much is, and never to correct what is frozen', () => {
    const failure = { ...genericFailure('content', 'Mastodon'), message: 'Too long.', remedy: 'Shorten it by 3.' };
    expect(partialFailure(failure, { published: 0, of: 3 })).toEqual(failure);
    const told = (published: number) => partialFailure(failure, { published, of: 3 });
    expect(told(1)).toMatchObject({ kind: 'content', message: 'Too long. 1 of 3 parts is out.' });
    expect(told(2).message).toBe('Too long. 2 of 3 parts are out.');
    expect(told(2).remedy).toMatch(/^Retry sends the missing parts as they are\..*cancel/);
  });

  it('are never mixed up: no two have the same words', () => {
    const titles = CAUSES.map((cause) => explainCause(cause).title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
