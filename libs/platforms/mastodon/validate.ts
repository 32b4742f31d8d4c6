import { checkLimits, type JsonObject, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { manifest, VISIBILITIES } from './manifest.js';
import { countStatus, withLink } from './text.js';

const DOCS = 'https://docs.joinmastodon.org/methods/statuses/#create';

/** Every broken rule: the common ones, the length as Mastodon counts it, and the settings. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  // Mastodon's own count takes the place of the common one.
  const uncounted = { ...limits, text: { ...limits.text, max: Number.POSITIVE_INFINITY } };
  return [...checkLimits(draft, uncounted, manifest), ...checkLength(draft, limits), ...checkSettings(draft.settings)];
}

function checkLength(draft: SegmentDraft, { text }: PlatformLimits): Violation[] {
  const spoilerText = draft.settings['spoilerText'];
  const warning = typeof spoilerText === 'string' ? spoilerText : '';
  const length = countStatus(withLink(draft.text, draft.link), warning, text);
  if (length <= text.max) return [];
  const counted = [draft.link !== undefined && 'link', warning !== '' && 'content warning'].filter(Boolean);
  return [
    broken(
      'text-too-long',
      'text',
      `The text${counted.length > 0 ? ` with ${counted.join(' and ')}` : ''} is ${length} characters long as Mastodon counts; ${text.max} are allowed.`,
      `Shorten it by ${length - text.max}, or write a shorter text for Mastodon.`,
      'https://docs.joinmastodon.org/user/posting/#text',
    ),
  ];
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

function broken(rule: string, field: string, message: string, remedy: string, docs = DOCS): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
