import { type CaseInput } from '../conformance.js';
import { MiniRunner } from '../runner.js';
import { anyDraft, expectOnce, expectShown, onlyVisible } from './expectations.js';

const ACCEPTED = [
  'accept-then-timeout',
  'accept-then-reset',
  'accept-then-error',
  'accept-then-unavailable',
  'nonsense',
] as const;
const NOT_ACCEPTED = ['timeout', 'reset'] as const;
const UNREADABLE = ['refuse-auth', 'refuse-rate-limit', 'refuse-unavailable', 'reset', 'nonsense'] as const;
/** Long enough for a commit to have been reset first. */
const LATE_MS = 100;

/** The commit ends in anything but a receipt or a listed refusal. */
export function unknownOutcomeCases({ platform, subject, scene }: CaseInput): void {
  const { method } = platform.adapter.manifest.reconcile;

  it.each(ACCEPTED.filter((kind) => kind !== 'nonsense' || !subject.anySuccessCounts))(
    '%s: is there, and stays the only one',
    (kind) =>
      scene(async (kit) => {
        kit.sandbox.faults.add({ operation: 'commit', kind });
        const runner = new MiniRunner(kit, anyDraft(subject));
        expectOnce(kit, await runner.publish(), runner, true);
        expectShown(onlyVisible(kit), anyDraft(subject).draft, subject);
      })(),
  );

  it.each(NOT_ACCEPTED)('%s before it was accepted: is not there, and goes out once', (kind) =>
    scene(async (kit) => {
      kit.sandbox.faults.add({ operation: 'commit', kind });
      const runner = new MiniRunner(kit, anyDraft(subject));
      expectOnce(kit, await runner.publish(), runner, false);
    })(),
  );

  it(
    'finds what was applied late, within the settle time',
    scene(async (kit) => {
      kit.sandbox.faults.add({ operation: 'commit', kind: 'apply-late', delayMs: LATE_MS });
      const runner = new MiniRunner(kit, anyDraft(subject));
      const prepared = await runner.prepare();
      await kit.failureOf(runner.commit(prepared));
      await kit.sandbox.waitForVisible(() => true);
      const looked = await runner.reconcile(prepared);
      if (looked.outcome === 'repeatable') await runner.commit(prepared);
      else expect(looked.outcome).toBe(method === 'none' ? 'unknown' : 'published');
      expect(kit.visibleIds()).toHaveLength(1);
    }),
  );

  if (method === 'exact' || method === 'match') {
    it.each(UNREADABLE)('does not take "%s" for an empty platform', (kind) =>
      scene(async (kit) => {
        const runner = new MiniRunner(kit, anyDraft(subject));
        const prepared = await runner.prepare();
        kit.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
        await kit.failureOf(runner.commit(prepared));
        kit.sandbox.faults.add({ operation: 'read', kind, times: 10 });
        const failure = await kit.failureOf(runner.reconcile(prepared));
        expect(failure.kind).not.toBe('content');
        kit.sandbox.faults.clear();
        expect(await runner.reconcile(prepared)).toMatchObject({
          outcome: 'published',
          receipt: { id: kit.visibleIds()[0] },
          // By an id that was known before, or by its content: never more than the manifest promises.
          confidence: (method === 'exact' ? 'certain' : expect.stringMatching(/^(certain|matched)$/)) as string,
        });
      })(),
    );
  }
  twinCases({ platform, subject, scene });
}

/** Two publications say the same on one channel. */
function twinCases({ subject, scene }: CaseInput): void {
  const kinds = subject.refusesDuplicates ? (['reset'] as const) : (['reset', 'accept-then-reset'] as const);
  it.each(kinds)('%s: does not claim the object of another publication with the same text', (kind) =>
    scene(async (kit) => {
      const second = new MiniRunner(kit, anyDraft(subject));
      // Both may have been sent in the same moment: time alone does not tell them apart.
      second.since = kit.now();
      const first = await new MiniRunner(kit, anyDraft(subject)).publish();
      if (first.state !== 'published') throw new Error(`The first ended ${first.state}.`);
      second.claimed = new Set([first.receipt.id]);
      const prepared = await second.prepare();
      kit.sandbox.faults.add({ operation: 'commit', kind });
      await kit.failureOf(second.commit(prepared));
      const looked = await second.reconcile(prepared);
      if (looked.outcome === 'published') {
        expect(kind).toBe('accept-then-reset');
        expect(looked.receipt.id).not.toBe(first.receipt.id);
      } else if (looked.outcome === 'absent') {
        expect(kind).toBe('reset');
      } else if (looked.outcome === 'repeatable') {
        expect((await second.commit(prepared)).id).not.toBe(first.receipt.id);
        expect(new Set(kit.visibleIds()).size).toBe(2);
      }
    })(),
  );
}
