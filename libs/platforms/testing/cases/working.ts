import { type CaseInput } from '../conformance.js';
import { MiniRunner } from '../runner.js';
import { anyDraft, onlyVisible, richDraft } from './expectations.js';

const HALF_AN_HOUR_MS = 30 * 60_000;
const CALLS_OF_A_DAY = 48;

/** What a platform takes its time for. */
export function workingCases({ subject, scene }: CaseInput): void {
  it.each(subject.drafts.map((draft) => [draft.name, draft] as const))(
    'gives up on a platform that comes to no end with %s',
    (_name, practice) =>
      scene(async (kit) => {
        kit.standStill();
        const runner = new MiniRunner(kit, practice, { addedWaitMs: HALF_AN_HOUR_MS });
        const prepared = await runner.prepare().catch((error: unknown) => kit.explain(error));
        // Whatever waits is over within the day; what does not wait is prepared.
        expect(runner.waits).toBeLessThan(CALLS_OF_A_DAY);
        if (runner.waits > 0)
          expect(prepared).toMatchObject({ kind: expect.stringMatching(/^(media|unavailable)$/) as string });
        expect(kit.visibleIds()).toEqual([]);
      })(),
  );

  if (richDraft(subject) === anyDraft(subject)) return;
  it(
    'finds the draft with the most to prepare, too, where the answer to it was lost',
    scene(async (kit) => {
      const runner = new MiniRunner(kit, richDraft(subject));
      const prepared = await runner.prepare();
      kit.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
      const ending = await runner.finish(prepared);
      if (kit.adapter.manifest.reconcile.method === 'none') return expect(ending.state).toBe('unconfirmed');
      expect(ending).toMatchObject({ state: 'published', receipt: { id: onlyVisible(kit).id } });
    }),
  );
}
