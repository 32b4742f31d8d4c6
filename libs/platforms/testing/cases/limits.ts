import { type SegmentDraft, type Violation } from '#platforms/core';
import { type CaseInput } from '../conformance.js';
import { anyDraft } from './expectations.js';

/** What is refused before anything is sent. */
export function limitCases({ platform, subject, scene }: CaseInput): void {
  const { adapter } = platform;
  const { manifest } = adapter;
  const { draft } = anyDraft(subject);
  const image = {
    kind: 'image' as const,
    contentType: 'image/jpeg',
    bytes: 1000,
    width: 64,
    height: 64,
    digest: '0'.repeat(64),
  };
  const cases: { name: string; draft: SegmentDraft; rule: string; field: string }[] = [
    {
      name: 'a text that is too long',
      draft: { ...draft, text: 'x'.repeat(manifest.limits.text.max + 1) },
      rule: `${manifest.id}.text-too-long`,
      field: 'text',
    },
    {
      name: 'too many images',
      draft: { ...draft, media: Array.from({ length: manifest.limits.media.maxCount + 1 }, () => image) },
      rule: `${manifest.id}.media-too-many`,
      field: 'media',
    },
    ...subject.violations,
  ];

  it.each(cases.map((example) => [example.name, example] as const))('refuses %s', (_name, example) =>
    scene(async (kit) => {
      const violations = adapter.validate(example.draft, manifest.limits);
      kit.said.push(JSON.stringify(violations));
      const found = violations.find(({ rule, field }) => rule === example.rule && field === example.field);
      if (!found) throw new Error(`${example.rule} on ${example.field} is missing in ${JSON.stringify(violations)}`);
      violations.forEach(expectHelpful);
      expect(kit.exchanges).toEqual([]);
    })(),
  );
}

function expectHelpful(violation: Violation): void {
  expect(violation.message).not.toBe('');
  expect(violation.remedy).not.toBe('');
  expect(URL.canParse(violation.docs)).toBe(true);
  expect(violation.verifiedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
}
