import { CONTENT_TYPES, type ImageFacts, type ImageFormat } from './facts.js';
import { fitWithin, type Size } from './fit.js';
import { type ImageLimit } from './limits.js';

/** One thing that is done to an image, and why. */
export type ImageStep = { reason: string } & (
  | { kind: 'orient'; orientation: number }
  | { kind: 'toSrgb' }
  | { kind: 'flatten'; background: string }
  | { kind: 'resize'; width: number; height: number }
  | { kind: 'format'; format: WritableFormat }
  | { kind: 'quality'; best: number; worst: number; maxBytes: number }
  | { kind: 'strip' }
);

/** The formats that are written. AVIF and HEIC are only read: encoding takes seconds, and what accepts them accepts others too. */
export type WritableFormat = Exclude<ImageFormat, 'avif' | 'heic'>;

/** The file goes out untouched, byte for byte. */
export interface KeepPlan {
  output: 'image';
  action: 'keep';
  limit: ImageLimit;
  reason: string;
}

/** A new file is made. Width and height are the largest the result can have; meeting `maxBytes` may take it below. */
export interface RenderPlan extends Size {
  output: 'image';
  action: 'render';
  limit: ImageLimit;
  format: WritableFormat;
  animated: boolean;
  steps: readonly ImageStep[];
}

/** The image cannot go out under this limit. */
export interface RefusePlan {
  output: 'image';
  action: 'refuse';
  limit: ImageLimit;
  rule: 'media.animation-unsupported' | 'media.no-accepted-format';
  reason: string;
  remedy: string;
}

export type ImagePlan = KeepPlan | RenderPlan | RefusePlan;

/** The range in which the quality of JPEG and WebP is searched. */
export const QUALITY = { best: 95, worst: 40 } as const;

/** libwebp takes no more a side: https://developers.google.com/speed/webp/faq#what_is_the_maximum_size_a_webp_image_can_be */
const WEBP_MAX_SIDE = 16_383;

/**
 * Decides what has to be done so that an image meets a limit. Pure. Metadata (location, camera, comments) always goes;
 * an image that conforms and carries none is kept untouched. Planning the planned result is always `keep`.
 */
export function planImage(facts: ImageFacts, limit: ImageLimit): ImagePlan {
  const causes = problemsOf(facts, limit);
  if (causes.length === 0) {
    return {
      output: 'image',
      action: 'keep',
      limit,
      reason: 'Passed through: it meets every limit and carries no metadata.',
    };
  }
  if (facts.pages > 1) return planAnimation(facts, limit, causes);
  const format = chooseFormat(facts, limit);
  if (format === undefined) {
    return {
      output: 'image',
      action: 'refuse',
      limit,
      rule: 'media.no-accepted-format',
      reason: `None of the accepted types (${limit.types.join(', ')}) can be made from this image.`,
      remedy: 'Upload the image in one of these types.',
    };
  }
  return renderPlan(facts, limit, format);
}

type Cause = 'type' | 'bytes' | 'size' | 'orientation' | 'colour' | 'metadata';

function problemsOf(facts: ImageFacts, limit: ImageLimit): Cause[] {
  const size = fitWithin(facts, limit);
  const checks: [Cause, boolean][] = [
    ['type', !limit.types.includes(facts.contentType)],
    ['bytes', facts.bytes > limit.maxBytes],
    ['size', size.width !== facts.width || size.height !== facts.height],
    ['orientation', facts.orientation !== 1],
    ['colour', needsSrgb(facts)],
    ['metadata', facts.metadata.length > 0],
  ];
  return checks.filter(([, broken]) => broken).map(([cause]) => cause);
}

const needsSrgb = (facts: ImageFacts): boolean => facts.hasProfile || !['srgb', 'b-w'].includes(facts.colourSpace);

/** An animation may lose its metadata; anything more would change every frame, so it is refused with the reason. */
function planAnimation(facts: ImageFacts, limit: ImageLimit, causes: readonly Cause[]): ImagePlan {
  const blocking = causes.filter((cause) => cause !== 'metadata' && cause !== 'colour');
  if (blocking.length === 0 && writable(facts.format)) return renderPlan(facts, limit, facts.format);
  const words: Record<Cause, string> = {
    type: `${facts.contentType} is not among the accepted types (${limit.types.join(', ')}).`,
    bytes: `It has ${facts.bytes} bytes; ${limit.maxBytes} are allowed.`,
    size: `It is ${sizeWords(facts)}; allowed is ${limitWords(limit)}.`,
    orientation: 'Its frames are stored rotated.',
    colour: 'Its colours are not sRGB.',
    metadata: `It carries ${facts.metadata.join(', ')}.`,
  };
  return {
    output: 'image',
    action: 'refuse',
    limit,
    rule: 'media.animation-unsupported',
    reason: `The animation cannot be used as it is. ${causes.map((cause) => words[cause]).join(' ')}`,
    remedy: 'Upload an animation within these limits, or a still image.',
  };
}

const FORMAT_OF = new Map(Object.entries(CONTENT_TYPES).map(([format, type]) => [type, format as ImageFormat]));
const writable = (format: ImageFormat): format is WritableFormat => format !== 'avif' && format !== 'heic';
const lossy = (format: ImageFormat): boolean => format === 'jpeg' || format === 'webp';

function chooseFormat(facts: ImageFacts, limit: ImageLimit): WritableFormat | undefined {
  const accepted = limit.types.flatMap((type) => FORMAT_OF.get(type) ?? []).filter(writable);
  const own = accepted.find((format) => format === facts.format);
  if (own === undefined) return accepted[0];
  if (facts.bytes <= limit.maxBytes || lossy(own)) return own;
  // A PNG or GIF that is too large would have to lose pixels; a lossy type keeps them.
  const smaller = accepted.filter(lossy);
  return smaller.find((format) => !facts.hasAlpha || format !== 'jpeg') ?? smaller[0] ?? own;
}

function renderPlan(facts: ImageFacts, limit: ImageLimit, format: WritableFormat): RenderPlan {
  const side = format === 'webp' ? WEBP_MAX_SIDE : Infinity;
  const size = fitWithin(facts, {
    ...limit,
    maxWidth: Math.min(limit.maxWidth ?? Infinity, side),
    maxHeight: Math.min(limit.maxHeight ?? Infinity, side),
  });
  const resized = size.width !== facts.width || size.height !== facts.height;
  const steps: (ImageStep | false)[] = [
    facts.orientation !== 1 && {
      kind: 'orient',
      orientation: facts.orientation,
      reason: 'It is stored rotated or mirrored, and not every network turns it.',
    },
    needsSrgb(facts) && {
      kind: 'toSrgb',
      reason: `Its colours (${facts.hasProfile ? 'an embedded profile' : facts.colourSpace}) would look different elsewhere.`,
    },
    format === 'jpeg' &&
      facts.hasAlpha && {
        kind: 'flatten',
        background: '#ffffff',
        reason: 'JPEG has no transparency: it becomes white.',
      },
    resized && {
      kind: 'resize',
      ...size,
      reason: `It is ${sizeWords(facts)}; allowed is ${limitWords(limit, side)}.`,
    },
    format !== facts.format && {
      kind: 'format',
      format,
      reason: formatReason(facts, limit, format),
    },
    { kind: 'quality', ...QUALITY, maxBytes: limit.maxBytes, reason: qualityReason(facts, limit) },
    { kind: 'strip', reason: stripReason(facts) },
  ];
  return {
    output: 'image',
    action: 'render',
    limit,
    format,
    animated: facts.pages > 1,
    ...size,
    steps: steps.filter((step) => step !== false),
  };
}

function formatReason(facts: ImageFacts, limit: ImageLimit, format: WritableFormat): string {
  const target = CONTENT_TYPES[format];
  if (!limit.types.includes(facts.contentType)) return `${facts.contentType} is not accepted; ${target} is.`;
  if (!writable(facts.format)) return `It has to change, and ${facts.contentType} is read but never written.`;
  return `As ${facts.contentType} it is too large; ${target} makes it smaller without losing pixels.`;
}

function qualityReason({ bytes }: ImageFacts, { maxBytes }: ImageLimit): string {
  return bytes > maxBytes
    ? `It has ${bytes} bytes; ${maxBytes} are allowed: the best quality that fits.`
    : `It is written anew with the best quality that fits into ${maxBytes} bytes.`;
}

function stripReason({ metadata, hasLocation }: ImageFacts): string {
  if (metadata.length === 0) return 'No metadata may come into the new file.';
  return `It carries ${metadata.join(', ')}${hasLocation ? ' with the place where it was taken' : ''}, which nobody should see.`;
}

const sizeWords = ({ width, height }: Size): string => `${width} x ${height} pixels`;

function limitWords({ maxWidth, maxHeight, maxPixels }: ImageLimit, side = Infinity): string {
  const width = Math.min(maxWidth ?? Infinity, side);
  const height = Math.min(maxHeight ?? Infinity, side);
  const parts = [
    width < Infinity && `a width of ${width}`,
    height < Infinity && `a height of ${height}`,
    maxPixels !== undefined && `${maxPixels} pixels in all`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}
