import fc from 'fast-check';
import {
  type ApproverKey,
  type CountedDecision,
  delegateIn,
  type OpenStep,
  progressOf,
  seatsToApprove,
  seatToRefuse,
  whoMayApprove,
} from './progress.js';

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

describe('deciding in the place of somebody who is away', () => {
  const [dora, emil]: ApproverKey[] = ['member:dora', 'member:emil'];
  const standIns = new Set([ada!, ben!, dora!, emil!]);
  const step = (rule: OpenStep['rule'], eligible: ApproverKey[], more: Partial<OpenStep> = {}): OpenStep => ({
    ...{ rule, eligible, standIns, delegates: new Map([[ben!, dora!]]) },
    ...more,
  });
  const inPlaceOf = (approver: ApproverKey, delegate: ApproverKey): CountedDecision => ({
    ...{ step: 0, approver, delegate, verdict: 'approve' },
  });
  /** What somebody who approves does to a step. */
  const approving = (person: ApproverKey, at: OpenStep, before: CountedDecision[] = []) => {
    const [stands] = progressOf([at], before).steps;
    const given = seatsToApprove(person, at, stands!).map((seat): CountedDecision =>
      seat === person ? yes(0, seat) : inPlaceOf(seat, person),
    );
    return [...before, ...given];
  };

  it.each([
    ['one who is asked too, where all have to agree', step('all', [ben!, dora!]), 'approved', [ben, dora]],
    ['one who is asked too, where one is enough', step('any', [ben!, dora!]), 'approved', [ben, dora]],
    ['one who is asked too, where two have to agree', step(2, [ben!, dora!]), 'pending', [dora]],
    ['one who is not asked, where two have to agree', step(2, [ben!, ada!]), 'pending', [ben]],
    ['one who is not asked, where one is enough', step('any', [ben!, ada!]), 'approved', [ben]],
  ] as const)('%s', (_, at, state, approvedBy) => {
    const progress = progressOf([at], approving(dora!, at));
    expect(progress.state).toBe(state);
    expect(progress.steps[0]).toMatchObject({ people: [dora] });
    expect([...progress.steps[0]!.approvedBy].sort()).toEqual([...approvedBy].sort());
    // One person is asked once.
    expect(approving(dora!, at, approving(dora!, at))).toHaveLength(approvedBy.length);
  });

  it('takes two people where two have to agree, whomever they stand for', () => {
    const both = new Map([
      [ben!, dora!],
      [ada!, dora!],
    ]);
    const at = step(2, [ada!, ben!, emil!], { delegates: both });
    const once = approving(dora!, at);
    expect(progressOf([at], once).state).toBe('pending');
    expect(progressOf([at], [...once, inPlaceOf(ben!, dora!)]).state).toBe('pending');
    expect(progressOf([at], approving(emil!, at, once)).state).toBe('approved');
  });

  it('counts on when the absence is over, as long as who decided may decide', () => {
    const over = step('any', [ben!], { delegates: new Map() });
    expect(progressOf([over], [inPlaceOf(ben!, dora!)]).state).toBe('approved');
    expect(seatsToApprove(dora!, over, progressOf([over], []).steps[0]!)).toEqual([]);
    expect(progressOf([{ ...over, standIns: new Set([ben!]) }], [inPlaceOf(ben!, dora!)]).state).toBe('pending');
    expect(progressOf([{ ...over, eligible: [ada!] }], [inPlaceOf(ben!, dora!)]).state).toBe('pending');
  });

  it('says who decides for whom only as long as it is of use', () => {
    const at = step(2, [ben!, dora!]);
    const [before, after] = [progressOf([at], []), progressOf([at], approving(dora!, at))];
    expect(delegateIn(ben!, at, { ...before.steps[0]!, waitingFor: [ben!] })).toBe(dora);
    expect(delegateIn(ben!, at, after.steps[0]!)).toBeUndefined();
    expect([...whoMayApprove(at, after.steps[0]!).keys()]).toEqual([ben]);
  });

  it('lets a delegate ask for changes, also after all agreed', () => {
    const at = step('all', [ben!, ada!]);
    const [open] = progressOf([at], []).steps;
    expect(seatToRefuse(dora!, at, open!)).toBe(ben);
    expect(seatToRefuse(emil!, at, open!)).toBeUndefined();
    const [done] = progressOf([at], [yes(0, ben!), yes(0, ada!)]).steps;
    expect(seatToRefuse(dora!, at, done!)).toBe(ben);
    expect(seatToRefuse(dora!, at, { ...done!, state: 'waiting' })).toBeUndefined();
  });

  describe('and whoever is asked when time runs short', () => {
    const late = (rule: OpenStep['rule'], escalated: boolean) =>
      step(rule, [ada!, ben!], { reserve: [emil!], escalated });
    const asked = (approver: ApproverKey): CountedDecision => ({ ...yes(0, approver), escalated: true });

    it('may decide from then on, and not before', () => {
      expect(progressOf([late('any', false)], []).steps[0]?.waitingFor).toEqual([ada, ben]);
      expect(progressOf([late('any', true)], []).steps[0]?.waitingFor).toEqual([ada, ben, emil]);
      expect(progressOf([late('any', true)], [yes(0, emil!)]).state).toBe('pending');
    });

    it('has decided for good, also where the time was moved afterwards', () => {
      for (const escalated of [true, false]) {
        expect(progressOf([late('any', escalated)], [asked(emil!)]).state).toBe('approved');
      }
    });

    it('agrees in the place of one where all have to, and makes them no more', () => {
      expect(progressOf([late('all', true)], [asked(emil!)])).toMatchObject({
        state: 'pending',
        steps: [{ needed: 2 }],
      });
      expect(progressOf([late('all', true)], [asked(emil!), yes(0, ada!)]).state).toBe('approved');
      expect(progressOf([late('all', true)], [yes(0, ben!), yes(0, ada!)]).state).toBe('approved');
      const twice = [asked(emil!), { ...inPlaceOf(ben!, emil!) }];
      expect(progressOf([late('all', true)], twice).state).toBe('pending');
    });

    it('passes a step in which nobody else is left', () => {
      expect(progressOf([{ ...late('all', true), eligible: [] }], [asked(emil!)]).state).toBe('approved');
    });
  });

  it('never counts more people than decided, nor anybody who may not, by whatever decisions', () => {
    const people = [ada!, ben!, cleo!, dora!, emil!];
    const some = fc.uniqueArray(fc.constantFrom(...people));
    const at = fc
      .record({
        rule: fc.oneof(fc.constantFrom('any' as const, 'all' as const), fc.integer({ min: 1, max: 4 })),
        eligible: some,
        named: some,
        escalated: fc.boolean(),
        standIns: some,
      })
      .map(({ rule, eligible, named, escalated, standIns: allowed }): OpenStep => ({
        ...{ rule, eligible, escalated, reserve: named.filter((one) => !eligible.includes(one)) },
        standIns: new Set(allowed),
      }));
    const decision = fc.record({
      ...{ step: fc.constant(0), verdict: fc.constant('approve' as const), escalated: fc.boolean() },
      ...{ approver: fc.constantFrom(...people), delegate: fc.option(fc.constantFrom(...people), { nil: undefined }) },
    });
    let approved = 0;
    fc.assert(
      fc.property(at, fc.array(decision, { maxLength: 8 }), (open, decisions) => {
        const { state, steps } = progressOf([open], decisions);
        const said = new Set(decisions.map(({ approver, delegate }) => delegate ?? approver));
        const stands = steps[0]!;
        expect(stands.people.every((one) => said.has(one))).toBe(true);
        for (const one of stands.people) {
          const rights = [...open.eligible, ...(open.reserve ?? []), ...(open.standIns ?? [])];
          expect(rights).toContain(one);
        }
        if (state !== 'approved') return;
        approved += 1;
        if (typeof open.rule === 'number') expect(stands.people.length).toBeGreaterThanOrEqual(open.rule);
        expect(stands.people.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect(approved).toBeGreaterThan(100);
  });
});
