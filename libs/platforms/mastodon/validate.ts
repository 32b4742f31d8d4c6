import { checkLimits, type JsonObject, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { manifest, VISIBILITIES } from './manifest.js';

const DOCS = 'https://docs.joinmastodon.org/methods/statuses/#create';

/** Every broken rule: the common ones, and those of the settings. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  return [...checkLimits(draft, limits, manifest), ...checkSettings(draft.settings)];
}

function checkSettings({ visibility, spoilerText, sensitive, language }: JsonObject): Violation[] {
  const violations: Violation[] = [];
  if (visibility !== undefined && !VISIBILITIES.some((known) => known === visibility)) {
    violations.push(
      broken(
        'visibility-invalid',
        'settings/visibility',
        'Mastodon has no such visibility for a published post.',
        `Choose one of ${VISIBILITIES.join(', ')}.`,
      ),
    );
  }
  if (spoilerText !== undefined && typeof spoilerText !== 'string') {
    violations.push(
      broken('spoiler-text-invalid', 'settings/spoilerText', 'The content warning is not a text.', 'Enter a text.'),
    );
  }
  if (sensitive !== undefined && typeof sensitive !== 'boolean') {
    violations.push(
      broken('sensitive-invalid', 'settings/sensitive', '"sensitive" is neither true nor false.', 'Set or clear it.'),
    );
  }
  if (language !== undefined && language !== '' && !(typeof language === 'string' && /^[a-z]{2,3}$/.test(language))) {
    violations.push(
      broken(
        'language-invalid',
        'settings/language',
        'The language is not an ISO 639 code.',
        'Enter two or three small letters, such as en or de, or leave it empty.',
      ),
    );
  }
  return violations;
}

function broken(rule: string, field: string, message: string, remedy: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs: DOCS, verifiedOn: manifest.verifiedOn };
}
