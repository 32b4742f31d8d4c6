import { type Schema } from '../api/client.js';
import { durationInWords } from '../media/words.js';

type Limits = Schema<'PlatformLimitsDto'>;
type Capabilities = Schema<'CapabilitiesDto'>;

/** One thing that a post may have, in words. */
export interface Ability {
  label: string;
  value: string;
}

const count = new Intl.NumberFormat('en');

const UNITS: Record<Limits['text']['unit'], string> = {
  graphemes: 'characters',
  'code-points': 'characters',
  utf16: 'characters; an emoji counts as two or more',
  bytes: 'bytes',
  weighted: 'characters; those of Asian scripts and emoji count as two',
};

/** `image/jpeg` as people call it. */
function typeName(type: string): string {
  const name = type.split('/').at(-1) ?? type;
  return name === 'webp' ? 'WebP' : name.toUpperCase();
}

/** `2 MB`, `750 kB`, in units of a thousand. */
export function sizeOf(bytes: number): string {
  if (bytes >= 1e9) return `${count.format(Math.floor(bytes / 1e8) / 10)} GB`;
  const [value, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : [bytes / 1000, 'kB'];
  return `${count.format(Math.floor(value * 10) / 10)} ${unit}`;
}

/** What a post may have on a channel, one line for each. */
export function abilitiesOf(limits: Limits, capabilities: Capabilities): Ability[] {
  return [
    { label: 'Text', value: textAbility(limits.text) },
    { label: 'Images', value: imageAbility(limits) },
    { label: 'Videos', value: videoAbility(limits) },
    ...(limits.altText && limits.media.image
      ? [
          {
            label: 'Image descriptions',
            value: `Up to ${count.format(limits.altText.max)} ${UNITS[limits.altText.unit]}`,
          },
        ]
      : []),
    ...(limits.media.document ? [{ label: 'Documents', value: documentAbility(limits.media.document) }] : []),
    { label: 'Link', value: linkAbility(limits) },
    { label: 'Thread', value: capabilities.thread ? 'Several messages, each below the one before' : 'No' },
    { label: 'First comment', value: capabilities.firstComment ? 'Yes' : 'No' },
    { label: 'Removing', value: capabilities.remove ? 'A published post can be removed' : 'Not possible from here' },
  ];
}

/** The same in a few words. */
export function abilitySummary({ text, media, link }: Limits): string {
  const files = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  const images =
    media.image && media.maxCount > 0
      ? files(media.maxCount, 'image')
      : media.video && media.maxCount > 0
        ? files(media.maxVideos ?? 1, 'video')
        : 'no images';
  return [
    `${count.format(text.max)} ${text.unit === 'bytes' ? 'bytes' : 'characters'}`,
    images,
    link.supported ? 'link' : 'no link',
  ].join(' · ');
}

function textAbility({ max, unit, maxBytes, urlLength }: Limits['text']): string {
  return [
    `Up to ${count.format(max)} ${UNITS[unit]}`,
    ...(maxBytes ? [`at most ${count.format(maxBytes)} bytes`] : []),
    ...(urlLength ? [`every link counts as ${urlLength}`] : []),
  ].join('; ');
}

function imageAbility({ media: { maxCount, image } }: Limits): string {
  if (!image || maxCount === 0) return 'No';
  const kinds = image.types.map(typeName).join(', ');
  const { maxBytes, maxAnimationBytes: moving = maxBytes } = image;
  const animations = moving === maxBytes ? '' : `, ${sizeOf(moving)} if it moves`;
  return `Up to ${maxCount}: ${kinds}, ${sizeOf(maxBytes)} each${animations}; larger ones are made smaller`;
}

function videoAbility({ media: { maxCount, maxVideos = 1, video } }: Limits): string {
  if (!video || maxCount === 0) return 'No';
  const { maxDurationMs: longest, maxBytes } = video;
  const length = longest === undefined ? '' : `, ${durationInWords(longest)} long`;
  return `Up to ${maxVideos}: ${sizeOf(maxBytes)}${length} each; larger ones are made smaller`;
}

function documentAbility({ maxBytes, maxPages }: NonNullable<Limits['media']['document']>): string {
  const pages = maxPages === undefined ? '' : ` and ${count.format(maxPages)} pages`;
  return `One of up to ${sizeOf(maxBytes)}${pages}`;
}

/** What other channels of the network may be told with a post, and this one not. Nothing where it lacks nothing. */
export function missingSettings(
  settings: readonly { name: string; label: string }[],
  without: readonly string[],
): Ability[] {
  const labels = settings.filter(({ name }) => without.includes(name)).map(({ label }) => label);
  return labels.length > 0 ? [{ label: 'Not on this channel', value: labels.join(', ') }] : [];
}

function linkAbility({ link, media }: Limits): string {
  if (!link.supported) return 'No';
  return link.withMedia || !media.image ? 'Yes' : 'Yes, but not together with images';
}
