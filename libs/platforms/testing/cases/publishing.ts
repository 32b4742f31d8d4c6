import { type Receipt } from '#platforms/core';
import { type CaseInput } from '../conformance.js';
import { practiceDraft } from '../drafts.js';
import { type PracticeKit } from '../kit.js';
import { MiniRunner } from '../runner.js';
import { anyDraft, draftThat, expectShown, onlyVisible, richDraft } from './expectations.js';

/** The way on which nothing goes wrong. */
export function publishingCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;

  it.each(subject.drafts.map((draft) => [draft.name, draft] as const))('publishes %s exactly once', (_name, practice) =>
    scene(async (kit) => {
      expect(adapter.validate(practice.draft, kit.limits(practice.draft))).toEqual([]);
      const runner = new MiniRunner(kit, practice);
      const prepared = await runner.prepare();
      expect(kit.visibleIds()).toEqual([]);
      const ending = await runner.finish(prepared);
      if (ending.state !== 'published') throw new Error(`It ended ${ending.state}.`);
      expect(ending.reconciled).toBe(false);
      expect(runner.commits.map((exchanges) => exchanges.length)).toEqual([1]);
      expect(kit.sandbox.requests().filter((request) => request.operation === 'commit')).toHaveLength(1);
      const post = onlyVisible(kit);
      expect(ending.receipt.id).toBe(post.id);
      expectShown(post, practice.draft, subject);
      await expectPermalink(kit, ending.receipt);
    })(),
  );

  it(
    'prepares over HTTP only where it says so',
    scene(async (kit) => {
      await new MiniRunner(kit, richDraft(subject)).prepare();
      expect(kit.sandbox.requests().some((request) => request.operation === 'prepare')).toBe(subject.preparesOverHttp);
    }),
  );

  if (adapter.remove) {
    it(
      'removes what it published, and is content when it is gone already',
      scene(async (kit) => {
        const receipt = await publish(kit, new MiniRunner(kit, draftThat(adapter, subject, 'remove')));
        await adapter.remove?.(kit.account(), receipt);
        expect(kit.visibleIds()).toEqual([]);
        await adapter.remove?.(kit.account(), receipt);
      }),
    );
  }
  if (adapter.edit) {
    it(
      'changes the text of what it published',
      scene(async (kit) => {
        const receipt = await publish(kit, new MiniRunner(kit, draftThat(adapter, subject, 'edit')));
        const moved = await adapter.edit?.(kit.account(), receipt, 'Put better.');
        expect(onlyVisible(kit)).toMatchObject({ id: (moved ?? receipt).id, text: 'Put better.' });
        if (moved) await expectPermalink(kit, moved);
      }),
    );
  }
  if (adapter.discard) {
    it(
      'discards what was prepared, and nothing becomes visible',
      scene(async (kit) => {
        const prepared = await new MiniRunner(kit, richDraft(subject)).prepare();
        await adapter.discard?.(kit.account(), prepared);
        expect(kit.visibleIds()).toEqual([]);
      }),
    );
  }
  threadCases({ platform, subject, scene });
}

function threadCases({ platform, subject, scene }: CaseInput): void {
  const { thread, firstComment } = platform.adapter.manifest.capabilities;
  const kinds = [...(thread ? ['reply' as const] : []), ...(firstComment ? ['comment' as const] : [])];
  if (kinds.length === 0) return;
  it.each(kinds)('hangs a %s below its post', (kind) =>
    scene(async (kit) => {
      const root = await publish(kit, new MiniRunner(kit, anyDraft(subject)));
      const { settings } = anyDraft(subject).draft;
      const below = practiceDraft({ kind, text: 'And one more thing.', settings, replyTo: { root, parent: root } });
      const receipt = await publish(kit, new MiniRunner(kit, below));
      const post = kit.sandbox.visible().find((candidate) => candidate.id === receipt.id);
      expect(post).toMatchObject({ text: 'And one more thing.', replyTo: root.id });
    })(),
  );
}

async function publish(kit: PracticeKit, runner: MiniRunner): Promise<Receipt> {
  const ending = await runner.publish();
  if (ending.state !== 'published') throw new Error(`It ended ${ending.state}.`);
  return ending.receipt;
}

/** A permalink leads somewhere. A platform whose posts have no page gives none. */
async function expectPermalink(kit: PracticeKit, receipt: Receipt): Promise<void> {
  const expected = onlyVisible(kit).permalink;
  if (expected === undefined && receipt.permalink === undefined) return;
  expect(receipt.permalink).toMatch(/^https?:\/\//);
  expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
}
