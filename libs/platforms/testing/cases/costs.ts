import { type Cost, pricedCosts, StillProcessing } from '#platforms/core';
import { type CaseInput } from '../conformance.js';
import { MiniRunner } from '../runner.js';

/** What using the platform costs: what was said before is what is charged, and all of it is in the price list. */
export function costCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const { manifest } = adapter;

  it('has a price list whose every price says where it is from', () => {
    const prices = manifest.prices ?? [];
    expect(new Set(prices.map(({ id }) => id)).size).toBe(prices.length);
    for (const { label, usd, asOf, docs } of prices) {
      expect(label).not.toBe('');
      expect(usd).toBeGreaterThanOrEqual(0);
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(URL.canParse(docs)).toBe(true);
    }
  });

  // Where nothing costs anything, one draft shows it.
  const drafts = manifest.prices ? subject.drafts : subject.drafts.slice(0, 1);
  it.each(drafts.map((draft) => [draft.name, draft] as const))(
    'is charged for %s what it said before',
    (_name, practice) =>
      scene(async (kit) => {
        // Connecting may cost as well: whatever was spent has a price.
        pricedCosts(manifest, kit.spent);
        const foreseen = adapter.cost?.(practice.draft) ?? [];
        kit.spent.length = 0;
        const runner = new MiniRunner(kit, practice);
        const prepared = await runner.prepare();
        try {
          await runner.commit(prepared);
        } catch (error) {
          if (!(error instanceof StillProcessing)) throw error;
          kit.waitFor(error.what, error.checkAt, Infinity);
          await runner.reconcile(prepared);
        }
        expect(kit.visibleIds()).toHaveLength(1);
        expect(sums(kit.spent)).toEqual(sums(foreseen));
        expect(pricedCosts(manifest, kit.spent)).toEqual(pricedCosts(manifest, foreseen));
      })(),
  );
}

function sums(costs: readonly Cost[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { price, count } of costs) counts[price] = (counts[price] ?? 0) + count;
  return counts;
}
