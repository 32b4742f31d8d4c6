import { type CaseInput } from '../conformance.js';
import { type PracticeKit } from '../kit.js';
import { type Ending, MiniRunner } from '../runner.js';
import { anyDraft } from './expectations.js';

/** Longer than any two clocks differ, and well within the time in which a platform knows the same again. */
const EARLIER_MS = 60_000;

/** The platform answers that the same is there already: evidence of something, and no proof that it is this publication. */
export function duplicateCases({ subject, scene }: CaseInput): void {
  it(
    'is published once, by its own id, where it was accepted unseen and sent again',
    scene(async (kit) => {
      const runner = new MiniRunner(kit, anyDraft(subject));
      const prepared = await runner.prepare();
      kit.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
      await kit.failureOf(runner.commit(prepared));
      expect(await kit.failureOf(runner.commit(prepared))).toMatchObject({ kind: 'duplicate', listed: false });
      const looked = await runner.reconcile(prepared);
      expect(looked).toMatchObject({ outcome: 'published', receipt: { id: kit.visibleIds()[0] } });
      expect(kit.visibleIds()).toHaveLength(1);
    }),
  );

  it(
    'is refused in words where somebody published the same before',
    scene(async (kit) => {
      await publish(kit, new MiniRunner(kit, anyDraft(subject)));
      kit.pass(EARLIER_MS);
      expectRefused(await new MiniRunner(kit, anyDraft(subject)).publish());
      expect(kit.visibleIds()).toHaveLength(1);
    }),
  );

  it(
    'is refused in words where another publication owns what is there, be it as new as this one',
    scene(async (kit) => {
      const second = new MiniRunner(kit, anyDraft(subject));
      second.since = kit.now();
      const id = await publish(kit, new MiniRunner(kit, anyDraft(subject)));
      second.claimed = new Set([id]);
      expectRefused(await second.publish());
      expect(kit.visibleIds()).toEqual([id]);
    }),
  );
}

async function publish(kit: PracticeKit, runner: MiniRunner): Promise<string> {
  const ending = await runner.publish();
  if (ending.state !== 'published') throw new Error(`The first ended ${ending.state}.`);
  return ending.receipt.id;
}

function expectRefused(ending: Ending): void {
  if (ending.state !== 'failed') throw new Error(`It ended ${ending.state}: ${JSON.stringify(ending)}`);
  expect(ending.failure.kind).toBe('duplicate');
  expect(ending.failure.message).not.toBe('');
  expect(ending.failure.remedy).not.toBe('');
}
