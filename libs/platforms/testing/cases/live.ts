import { type CaseInput } from '../conformance.js';
import { type PracticeKit } from '../kit.js';
import { MiniRunner } from '../runner.js';
import { anyDraft } from './expectations.js';

const USAGE_HEADERS = [
  'x-app-usage',
  'x-business-use-case-usage',
  'x-page-usage',
  'ratelimit-remaining',
  'retry-after',
];
const NONSENSE = [
  '',
  'nonsense',
  'null',
  '[]',
  '{}',
  '{"call_count":"many"}',
  '{"1":[{"call_count":null}]}',
  '[[]]',
  '{"1":1}',
];
const MOST_FOUND = 20;
const MOST_LISTED = 250;

/** What is read from the platform while people look on: limits, searches, and what headers say. */
export function liveCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const { manifest } = adapter;

  if (adapter.usage) {
    it(
      'reads how much of its limits is used, and counts what it publishes',
      scene(async (kit) => {
        const before = await adapter.usage?.(kit.account());
        expect(before).not.toEqual([]);
        for (const { what, used, limit, windowMs, docs } of before ?? []) {
          expect(what).not.toBe('');
          expect(used).toBeGreaterThanOrEqual(0);
          expect(limit).toBeGreaterThan(0);
          expect(windowMs).toBeGreaterThan(0);
          expect(URL.canParse(docs)).toBe(true);
        }
        expect(await new MiniRunner(kit, anyDraft(subject)).publish()).toMatchObject({ state: 'published' });
        const after = await adapter.usage?.(kit.account());
        const sum = (usage: typeof after) => (usage ?? []).reduce((total, { used }) => total + used, 0);
        expect(sum(after)).toBeGreaterThan(sum(before));
      }),
    );
  }

  const searched = manifest.settings.filter(({ type }) => type === 'lookup');
  if (searched.length > 0) {
    it.each(searched.map((field) => [field.name, field] as const))('searches for %s', (name, { listed, dependsOn }) =>
      scene(async (kit) => {
        const of = dependsOn === undefined ? undefined : await firstOf(kit, dependsOn);
        const found = (await adapter.lookup?.(kit.account(), name, 'a', of)) ?? [];
        expect(found.length).toBeLessThanOrEqual(listed ? MOST_LISTED : MOST_FOUND);
        for (const { value, label } of found) expect([value, label]).not.toContain('');
        // What is listed is found without a query, and a query finds nothing beyond it.
        const all = listed ? ((await adapter.lookup?.(kit.account(), name, '', of)) ?? []) : found;
        expect(all.length).toBeLessThanOrEqual(MOST_LISTED);
        expect(all.map(({ value }) => value)).toEqual(expect.arrayContaining(found.map(({ value }) => value)));
        kit.sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable' });
        const refused = adapter.lookup?.(kit.account(), name, 'a', of) ?? Promise.resolve();
        expect(await kit.failureOf(refused)).toMatchObject({ kind: 'unavailable' });
      })(),
    );
  }

  if (adapter.pressure) {
    it('makes nothing of usage headers that it does not understand', () => {
      const now = new Date();
      expect(adapter.pressure?.({}, now)).toBeUndefined();
      for (const name of USAGE_HEADERS)
        for (const value of NONSENSE) expect(adapter.pressure?.({ [name]: value }, now)).toBeUndefined();
    });
  }
}

/** The first that is found for a setting, as what another one depends on. */
async function firstOf(kit: PracticeKit, setting: string): Promise<string> {
  const [first] = (await kit.adapter.lookup?.(kit.account(), setting, '')) ?? [];
  if (!first) throw new Error(`The practice account needs something to choose for ${setting}.`);
  return first.value;
}
