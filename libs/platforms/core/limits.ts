import { count, countDraft, countedSettings, sentText } from './counting.js';
import { type DraftMedia, type DraftMediaKind, type SegmentDraft, type Violation } from './draft.js';
import { formatOf } from './formats.js';
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
  if (max === 0) {
    if (length > 0) broken('text-unsupported', 'text', noText(draft, manifest), 'Give this channel an empty text.');
    return;
  }
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

function noText({ settings }: SegmentDraft, manifest: PlatformManifest): string {
  const format = formatOf(manifest, settings);
  return format
    ? `${manifest.name} shows no text with the format "${format.label}".`
    : `${manifest.name} shows no text.`;
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
      `${name} shows either a link card or media, not both.`,
      'Remove the files, or put the address into the text.',
    );
  }
}

function checkMedia(draft: SegmentDraft, limits: PlatformLimits, name: string, broken: Broken): void {
  const { media } = draft;
  if (media.length > limits.media.maxCount) {
    broken(
      'media-too-many',
      'media',
      `${media.length} files are attached; ${name} takes ${limits.media.maxCount}.`,
      `Remove ${media.length - limits.media.maxCount} of them for ${name}.`,
    );
  }
  checkVideos(draft, limits, name, broken);
  media.forEach((file, index) => {
    const field = `media/${index}`;
    if (!limits.media[file.kind]) broken(...unsupported(file.kind, field, name));
    checkDuration(file, field, limits, name, broken);
    checkAltText(file, index, limits, name, broken);
  });
}

function unsupported(kind: DraftMediaKind, field: string, name: string): Parameters<Broken> {
  switch (kind) {
    case 'image':
      return ['media-image-unsupported', field, `${name} takes no images here.`, 'Remove the image.'];
    case 'video':
      return [
        'media-video-unsupported',
        field,
        `ClickPost publishes no videos on ${name}.`,
        `Remove the video for ${name}, or give this channel images of its own.`,
      ];
    case 'document':
      return [
        'media-document-unsupported',
        field,
        `ClickPost publishes no documents on ${name}.`,
        `Remove the document for ${name}.`,
      ];
  }
}

/** How many, and whether beside images. Where a platform takes no videos at all, that is told of each. */
function checkVideos({ media }: SegmentDraft, { media: limits }: PlatformLimits, name: string, broken: Broken): void {
  const videos = media.filter(({ kind }) => kind === 'video').length;
  if (videos === 0 || !limits.video) return;
  const { maxVideos = 1, mixed = false } = limits;
  if (videos > maxVideos) {
    broken(
      'media-too-many-videos',
      'media',
      `${videos} videos are attached; ${name} takes ${maxVideos} in one post.`,
      `Remove ${videos - maxVideos} of them for ${name}.`,
    );
  }
  if (!mixed && media.length > videos) {
    broken(
      'media-mixed',
      'media',
      `${name} takes either images or a video in one post, not both.`,
      `Remove the images or the video for ${name}.`,
    );
  }
}

function checkDuration(
  { kind, durationMs }: DraftMedia,
  field: string,
  { media: { video } }: PlatformLimits,
  name: string,
  broken: Broken,
): void {
  if (kind !== 'video' || !video || durationMs === undefined) return;
  const { minDurationMs = 0, maxDurationMs = Infinity } = video;
  const long = `The video is ${seconds(durationMs)} long`;
  if (durationMs > maxDurationMs) {
    const words = `${long}; ${name} takes ${seconds(maxDurationMs)} at the most.`;
    broken('media-video-too-long', field, words, 'Choose a shorter part of it.');
  }
  if (durationMs < minDurationMs) {
    const words = `${long}; ${name} wants ${seconds(minDurationMs)} at the least.`;
    broken('media-video-too-short', field, words, 'Use a longer video.');
  }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`;
}

function checkAltText(
  { kind, altText }: DraftMedia,
  index: number,
  { altText: limit }: PlatformLimits,
  name: string,
  broken: Broken,
): void {
  if (altText === undefined || limit === undefined) return;
  const max = kind === 'video' ? (limit.maxForVideo ?? limit.max) : limit.max;
  const length = count(altText, limit.unit);
  // The platform keeps none of such files: it is not sent, and belongs to the file all the same.
  if (max === 0 || length <= max) return;
  broken(
    'alt-text-too-long',
    `media/${index}/altText`,
    `The description of ${kind} ${index + 1} is ${length} characters long; ${name} allows ${max}.`,
    `Shorten it by ${length - max}.`,
  );
}
