import { choicesOf, earlierDecision, namesOf, stepWords } from './words.js';

const person = (id: string) => ({ type: 'member' as const, id, name: id[0]!.toUpperCase() + id.slice(1) });
const [ada, ben, cleo] = ['ada', 'ben', 'cleo'].map(person) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];
const step = (more: object) => ({
  ...{ name: 'Lead', rule: 'any' as 'any' | 'all' | number, state: 'open' as const, needed: 1 },
  ...{ approvedBy: [] as (typeof ada)[], waitingFor: [] as (typeof ada)[] },
  ...more,
});

describe('the words of an approval', () => {
  it('name people as a sentence does', () => {
    expect(namesOf([], 'or')).toBe('');
    expect(namesOf([ada], 'or')).toBe('Ada');
    expect(namesOf([ada, ben, cleo], 'and')).toBe('Ada, Ben and Cleo');
  });

  it.each([
    [step({ waitingFor: [ada, ben] }), 'Waits for Ada or Ben.'],
    [step({ rule: 'all', needed: 2, waitingFor: [ada, ben] }), 'Waits for Ada and Ben.'],
    [step({ rule: 2, needed: 2, waitingFor: [ada, ben, cleo] }), 'Waits for 2 of Ada, Ben or Cleo.'],
    [step({ rule: 'all', needed: 2, approvedBy: [ada], waitingFor: [ben] }), 'Approved by Ada. Waits for Ben.'],
    [step({ state: 'approved', approvedBy: [ada, ben] }), 'Approved by Ada and Ben.'],
    [
      step({ waitingFor: [{ ...ben, delegate: { id: 'dora', name: 'Dora', until: '2027-05-04T00:00:00Z' } }] }),
      expect.stringMatching(/^Waits for Ben \(away until .*2027: Dora decides\)\.$/),
    ],
    [
      step({ state: 'approved', approvedBy: [ada, { ...ben, delegate: { id: 'dora', name: 'Dora' } }] }),
      'Approved by Ada and Dora for Ben.',
    ],
    [step({}), 'Nobody is left who may approve. Change the workflow in the settings.'],
  ])('say where a step stands (%#)', (given, words) => {
    expect(stepWords(given)).toEqual(words);
  });

  it('offer approving to whoever is asked, and asking for changes to whoever was', () => {
    const pending = { state: 'pending' as const, steps: [step({ approvedBy: [ada], waitingFor: [ben] })] };
    expect(choicesOf(pending, 'ben')).toEqual({ approve: true, refuse: true });
    expect(choicesOf(pending, 'ada')).toEqual({ approve: false, refuse: true });
    const away = { ...ben, delegate: { id: 'dora', name: 'Dora' } };
    const forBen = { ...pending, steps: [step({ waitingFor: [away] })] };
    expect(choicesOf(forBen, 'dora')).toEqual({ approve: true, refuse: true });
    expect(choicesOf(pending, 'cleo')).toEqual({ approve: false, refuse: false });
    const refused = { state: 'changes-requested' as const, steps: [step({ approvedBy: [ada] })] };
    expect(choicesOf(refused, 'ada')).toEqual({ approve: false, refuse: false });
  });

  it('say what a decision was about that the post does not say any more, the person’s own first', () => {
    const by = (who: typeof ada, revision: number, decision: 'approve' | 'request-changes' = 'approve') => ({
      ...{ at: '2026-01-01T00:00:00Z', by: who, decision, revision },
      ...{ comment: null, contentHash: 'x', counts: false },
    });
    const told = (...decisions: ReturnType<typeof by>[]) => earlierDecision(decisions, 3, 'ada');
    expect(told()).toBeUndefined();
    expect(told(by(ada, 3))).toBeUndefined();
    expect(told(by(ada, 1), by(ada, 2), by(ben, 1))).toEqual({
      ...{ revision: 2, title: 'What changed since you approved' },
    });
    expect(told(by(ada, 1), by(ada, 3), by(ben, 1))).toBeUndefined();
    expect(told(by(cleo, 1), by(ben, 2, 'request-changes'))).toEqual({
      ...{ revision: 2, title: 'What changed since Ben asked for changes' },
    });
  });
});
