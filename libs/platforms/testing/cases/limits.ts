import { FORMAT_SETTING, limitsFor, type Violation } from '#platforms/core';
import { type CaseInput } from '../conformance.js';
import { type Subject } from '../kit.js';
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
  const formats = manifest.formats ?? [undefined];
  const cases: Subject['violations'] = [
    ...formats.flatMap((format) => {
      const settings = { ...draft.settings, ...(format && { [FORMAT_SETTING]: format.id }) };
      const limits = limitsFor(manifest, manifest.limits, settings);
      const of = format ? ` of ${format.label}` : '';
      const media = Array.from({ length: limits.media.maxCount + 1 }, () => image);
      const long = { ...draft, settings, text: 'x'.repeat(limits.text.max + 1) };
      const text = limits.text.max === 0 ? 'text-unsupported' : 'text-too-long';
      return [
        { name: `a text${of} that is too long`, draft: long, rule: `${manifest.id}.${text}`, field: 'text' },
        {
          name: `too many images${of}`,
          draft: { ...draft, settings, media },
          rule: `${manifest.id}.media-too-many`,
          field: 'media',
        },
      ];
    }),
    ...subject.violations,
  ];

  it.each(cases.map((example) => [example.name, example] as const))('refuses %s', (_name, example) =>
    scene(async (kit) => {
      const violations = adapter.validate(example.draft, limitsFor(manifest, manifest.limits, example.draft.settings));
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
