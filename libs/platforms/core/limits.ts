import { count, countDraft, countedSettings, sentText } from './counting.js';
import { type SegmentDraft, type Violation } from './draft.js';
import { type PlatformLimits, type PlatformManifest, type TextLimit } from './manifest.js';

/** The rules that every platform has, only with other numbers. An adapter's `validate` starts from these and adds its own. */
export function checkLimits(draft: SegmentDraft, limits: PlatformLimits, manifest: PlatformManifest): Violation[] {
  const violations: Violation[] = [];
  const broken = (rule: string, field: string, message: string, remedy: string) =>
    violations.push({
      rule: `${manifest.id}.${rule}`,
      field,
      message,
      remedy,
      docs: manifest.docs,
      verifiedOn: manifest.verifiedOn,
    });
  checkText(draft, limits, manifest, broken);
  checkLink(draft, limits, manifest.name, broken);
  checkMedia(draft, limits, manifest.name, broken);
  return violations;
}

type Broken = (rule: string, field: string, message: string, remedy: string) => void;

function checkText(draft: SegmentDraft, { text }: PlatformLimits, manifest: PlatformManifest, broken: Broken): void {
  const { name } = manifest;
  const { length, max, bytes, maxBytes } = countDraft(draft, text);
  if (length > max) {
    broken(
      'text-too-long',
      'text',
      `${theText(draft, text, manifest)} is ${length} characters long as ${name} counts; ${max} are allowed.`,
      `Shorten it by ${length - max}, or write a shorter text for ${name}.`,
    );
  }
  if (bytes !== undefined && maxBytes !== undefined && bytes > maxBytes) {
    broken(
      'text-too-many-bytes',
      'text',
      `${theText(draft, text, manifest)} takes ${bytes} bytes; ${name} allows ${maxBytes}.`,
      'Shorten the text; emoji and accents take several bytes each.',
    );
  }
  const attached = draft.media.length > 0 || draft.link !== undefined;
  const mayBeEmpty = attached ? text.emptyWithAttachment : text.emptyAlone;
  if (draft.text.trim() === '' && !mayBeEmpty) {
    broken('text-missing', 'text', `${name} needs a text here.`, 'Write at least one character.');
  }
}

/** What was counted, in words: "The text with its link and content warning". */
function theText(draft: SegmentDraft, limit: TextLimit, { settings }: PlatformManifest): string {
  const counted = countedSettings(draft, limit).map(
    (name) => settings.find((field) => field.name === name)?.label.toLowerCase() ?? name,
  );
  if (sentText(draft, limit) !== draft.text) counted.unshift('link');
  return counted.length === 0 ? 'The text' : `The text with its ${counted.join(' and ')}`;
}

function checkLink(draft: SegmentDraft, { link }: PlatformLimits, name: string, broken: Broken): void {
  if (draft.link === undefined) return;
  if (!link.supported) {
    broken('link-unsupported', 'link', `${name} has no link field.`, 'Put the address into the text.');
    return;
  }
  if (!/^https?:\/\/\S+$/i.test(draft.link) || !URL.canParse(draft.link)) {
    broken('link-invalid', 'link', 'The link is not a web address.', 'Enter an address that starts with https://.');
  }
  if (link.maxLength !== undefined && draft.link.length > link.maxLength) {
    broken(
      'link-too-long',
      'link',
      `The link is ${draft.link.length} characters long; ${name} allows ${link.maxLength}.`,
      'Use a shorter address.',
    );
  }
  if (draft.media.length > 0 && !link.withMedia) {
    broken(
      'link-with-media',
      'link',
      `${name} shows either a link card or images, not both.`,
      'Remove the images, or put the address into the text.',
    );
  }
}

function checkMedia(draft: SegmentDraft, limits: PlatformLimits, name: string, broken: Broken): void {
  if (draft.media.length > limits.media.maxCount) {
    broken(
      'media-too-many',
      'media',
      `${draft.media.length} files are attached; ${name} takes ${limits.media.maxCount}.`,
      `Remove ${draft.media.length - limits.media.maxCount} of them for ${name}.`,
    );
  }
  draft.media.forEach((media, index) => {
    if (!limits.media.image) {
      broken('media-image-unsupported', `media/${index}`, `${name} takes no images here.`, 'Remove the image.');
    }
    const alt = limits.altText;
    if (media.altText === undefined || alt === undefined) return;
    const length = count(media.altText, alt.unit);
    if (length > alt.max) {
      broken(
        'alt-text-too-long',
        `media/${index}/altText`,
        `The description of image ${index + 1} is ${length} characters long; ${name} allows ${alt.max}.`,
        `Shorten it by ${length - alt.max}.`,
      );
    }
  });
}
