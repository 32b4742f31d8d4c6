import { type Fault } from '#sandbox';
import { type FailureKind } from '#platforms/core';
import { type CaseInput } from '../conformance.js';
import { MiniRunner } from '../runner.js';
import { anyDraft, clears, richDraft } from './expectations.js';

const HINT_SECONDS = 120;
/** Some platforms give their hint in whole minutes. */
const HINT_TOLERANCE_MS = 61_000;

const REFUSALS: readonly [name: string, fault: Omit<Fault, 'operation'>, kind: FailureKind][] = [
  ['a dead token', { kind: 'refuse-auth' }, 'auth'],
  ['a rate limit with a hint', { kind: 'refuse-rate-limit', retryAfterSeconds: HINT_SECONDS }, 'rate-limit'],
  ['a rate limit without a hint', { kind: 'refuse-rate-limit' }, 'rate-limit'],
  ['a fault of its own', { kind: 'refuse-unavailable' }, 'unavailable'],
];

const SILENCES: readonly [name: string, fault: Omit<Fault, 'operation'>, kind: FailureKind][] = [
  ['no answer', { kind: 'timeout' }, 'unavailable'],
  ['a reset', { kind: 'reset' }, 'unavailable'],
];

/** The platform says no, or nothing, before anything became visible. */
export function refusalCases({ platform, subject, scene }: CaseInput): void {
  const { manifest } = platform.adapter;

  if (subject.preparesOverHttp) {
    it.each([...REFUSALS, ...SILENCES])('explains %s while preparing', (_name, fault, kind) =>
      scene(async (kit) => {
        kit.sandbox.faults.add({ operation: 'prepare', ...fault });
        const failure = await kit.failureOf(new MiniRunner(kit, richDraft(subject)).prepare());
        expect(failure.kind).toBe(kind);
        expectHint(failure.retryAt, fault.retryAfterSeconds, kit.now());
        expect(kit.visibleIds()).toEqual([]);
      })(),
    );

    it(
      'publishes once when preparing works at the second try',
      scene(async (kit) => {
        kit.sandbox.faults.add({ operation: 'prepare', kind: 'refuse-unavailable' });
        const runner = new MiniRunner(kit, richDraft(subject));
        await kit.failureOf(runner.prepare());
        expect(await runner.publish()).toMatchObject({ state: 'published' });
        expect(kit.visibleIds()).toHaveLength(1);
      }),
    );
  }

  it.each(REFUSALS)('explains %s at the commit', (_name, fault, kind) =>
    scene(async (kit) => {
      kit.sandbox.faults.add({ operation: 'commit', ...fault });
      const runner = new MiniRunner(kit, anyDraft(subject));
      const ending = await runner.publish();
      const [failure] = runner.refusals;
      expect(failure?.kind).toBe(kind);
      expectHint(failure?.retryAt, fault.retryAfterSeconds, kit.now());
      // A fault of the platform's own says nothing about what it did before.
      if (kind === 'unavailable') expect(failure?.listed).toBe(false);
      expect(ending.state).toBe(failure?.listed ? 'failed' : clears(manifest) ? 'published' : 'unconfirmed');
      expect(kit.visibleIds()).toHaveLength(ending.state === 'published' ? 1 : 0);
    })(),
  );
}

function expectHint(retryAt: string | undefined, seconds: number | undefined, now: Date): void {
  if (seconds === undefined) {
    expect(retryAt).toBeUndefined();
    return;
  }
  const off = Date.parse(retryAt ?? '') - (now.getTime() + seconds * 1000);
  expect(Math.abs(off)).toBeLessThan(HINT_TOLERANCE_MS);
}
