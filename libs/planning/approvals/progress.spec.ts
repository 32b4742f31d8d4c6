import fc from 'fast-check';
import { type ApproverKey, type CountedDecision, type OpenStep, progressOf } from './progress.js';

const [ada, ben, cleo]: ApproverKey[] = ['member:ada', 'member:ben', 'client:cleo@example.com'];
const yes = (step: number, approver: ApproverKey): CountedDecision => ({ step, approver, verdict: 'approve' });
const no = (step: number, approver: ApproverKey): CountedDecision => ({ step, approver, verdict: 'request-changes' });

describe('how far an approval is', () => {
  it('waits for the first step, and for nobody behind it', () => {
    const steps: OpenStep[] = [
      { rule: 'any', eligible: [ada!, ben!] },
      { rule: 'all', eligible: [cleo!] },
    ];
    expect(progressOf(steps, [])).toMatchObject({
      state: 'pending',
      current: 0,
      steps: [
        { state: 'open', waitingFor: [ada, ben] },
        { state: 'waiting', waitingFor: [] },
      ],
    });
    expect(progressOf(steps, [yes(0, ben!)])).toMatchObject({ state: 'pending', current: 1 });
    expect(progressOf(steps, [yes(0, ben!), yes(1, cleo!)])).toMatchObject({ state: 'approved' });
  });

  it.each([
    ['any', 1],
    ['all', 3],
    [2, 2],
  ] as const)('%s of three needs %i', (rule, needed) => {
    const steps: OpenStep[] = [{ rule, eligible: [ada!, ben!, cleo!] }];
    const given = [ada!, ben!, cleo!].map((one) => yes(0, one));
    expect(progressOf(steps, given.slice(0, needed - 1)).state).toBe('pending');
    expect(progressOf(steps, given.slice(0, needed)).state).toBe('approved');
  });

  it('ends with the first call for changes, whoever approved before', () => {
    const steps: OpenStep[] = [{ rule: 2, eligible: [ada!, ben!, cleo!] }];
    expect(progressOf(steps, [yes(0, ada!), no(0, ben!)])).toMatchObject({ state: 'changes-requested' });
    expect(progressOf(steps, [yes(0, ada!), no(0, ben!)]).current).toBeUndefined();
  });

  it('counts nobody who may not decide any more, and lets nothing through where nobody is left', () => {
    expect(progressOf([{ rule: 'any', eligible: [ben!] }], [yes(0, ada!)])).toMatchObject({ state: 'pending' });
    for (const rule of ['any', 'all', 2] as const) {
      expect(progressOf([{ rule, eligible: [] }], [yes(0, ada!)])).toMatchObject({
        state: 'pending',
        steps: [{ waitingFor: [] }],
      });
    }
  });

  it('is approved only when every step has as many different people as it needs, by whatever decisions', () => {
    const people = [ada!, ben!, cleo!];
    const step = fc.record({
      rule: fc.oneof(fc.constantFrom('any' as const, 'all' as const), fc.integer({ min: 1, max: 4 })),
      eligible: fc.uniqueArray(fc.constantFrom(...people)),
    });
    const decision = fc.record({
      step: fc.nat(2),
      approver: fc.constantFrom(...people),
      verdict: fc.constantFrom('approve' as const, 'approve' as const, 'request-changes' as const),
    });
    let approved = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), fc.array(decision), (steps, decisions) => {
        if (progressOf(steps, decisions).state !== 'approved') return;
        approved += 1;
        steps.forEach(({ rule, eligible }, index) => {
          const here = decisions.filter((one) => one.step === index && eligible.includes(one.approver));
          expect(here.some(({ verdict }) => verdict === 'request-changes')).toBe(false);
          const different = new Set(here.map(({ approver }) => approver)).size;
          expect(different).toBeGreaterThanOrEqual(rule === 'any' ? 1 : rule === 'all' ? eligible.length : rule);
          expect(different).toBeGreaterThan(0);
        });
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect(approved).toBeGreaterThan(20);
  });
});
