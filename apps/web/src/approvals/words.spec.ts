import { choicesOf, namesOf, stepWords } from './words.js';

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
    [step({}), 'Nobody is left who may approve. Change the workflow in the settings.'],
  ])('say where a step stands (%#)', (given, words) => {
    expect(stepWords(given)).toBe(words);
  });

  it('offer approving to whoever is asked, and asking for changes to whoever was', () => {
    const pending = { state: 'pending' as const, steps: [step({ approvedBy: [ada], waitingFor: [ben] })] };
    expect(choicesOf(pending, 'ben')).toEqual({ approve: true, refuse: true });
    expect(choicesOf(pending, 'ada')).toEqual({ approve: false, refuse: true });
    expect(choicesOf(pending, 'cleo')).toEqual({ approve: false, refuse: false });
    const refused = { state: 'changes-requested' as const, steps: [step({ approvedBy: [ada] })] };
    expect(choicesOf(refused, 'ada')).toEqual({ approve: false, refuse: false });
  });
});
