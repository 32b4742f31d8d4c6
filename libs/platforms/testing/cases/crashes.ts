import { type CaseInput } from '../conformance.js';
import { type PracticeKit } from '../kit.js';
import { Crash, MiniRunner } from '../runner.js';
import { expectShown, onlyVisible, richDraft } from './expectations.js';

/** The worker dies between two steps, and another one goes on from what is stored. */
export function crashCases({ subject, scene }: CaseInput): void {
  it.each(subject.drafts.map((draft) => [draft.name, draft] as const))(
    'resumes %s at every checkpoint without doing a step twice',
    async (_name, practice) => {
      const clean = { steps: 0, changes: 0 };
      await scene(async (kit) => {
        const runner = new MiniRunner(kit, practice);
        await runner.prepare();
        clean.steps = runner.stored.size;
        clean.changes = changesWhilePreparing(kit);
      })();
      for (let dieAfter = 1; dieAfter <= clean.steps; dieAfter += 1) {
        await scene(async (kit) => {
          const runner = new MiniRunner(kit, practice);
          await expect(runner.prepare({ dieAfter })).rejects.toThrow(Crash);
          const ending = await runner.finish(await runner.prepare());
          expect(ending.state).toBe('published');
          expect(new Set(runner.done).size).toBe(runner.done.length);
          expect(changesWhilePreparing(kit)).toBe(clean.changes);
          expectShown(onlyVisible(kit), practice.draft, subject);
        })();
      }
    },
  );

  it(
    'prepares anew under the same checkpoints without sending anything',
    scene(async (kit) => {
      const runner = new MiniRunner(kit, richDraft(subject));
      const first = await runner.prepare();
      const changes = changesWhilePreparing(kit);
      expect(await runner.prepare()).toEqual(first);
      expect(changesWhilePreparing(kit)).toBe(changes);
    }),
  );
}

/** Requests that left something on the platform. Looks at it (GET) may be repeated. */
function changesWhilePreparing(kit: PracticeKit): number {
  return kit.sandbox.requests().filter(({ operation, method }) => operation === 'prepare' && method !== 'GET').length;
}
