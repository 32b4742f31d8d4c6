import { type MediaChoices } from './choices.js';
import { CONTENT_TYPES, type ImageFacts, type ImageFormat } from './facts.js';
import { fitWithin, type Size } from './fit.js';
import { type ImageLimit } from './limits.js';
import { aspectReason, fitShape, type Fitting, shapeProblems, sizeReason } from './shape.js';
import { bytesWords, tooManyBytes, typeWords } from './words.js';

/** One thing that is done to an image, and why. */
export type ImageStep = { reason: string } & (
  | { kind: 'orient'; orientation: number }
  | { kind: 'toSrgb' }
  | { kind: 'flatten'; background: string }
  /** Cuts this rectangle out of the picture as displayed, in its pixels. */
  | { kind: 'crop'; x: number; y: number; width: number; height: number }
  | { kind: 'resize'; width: number; height: number }
  /** Puts the picture into the middle of a larger one. */
  | { kind: 'pad'; width: number; height: number; colour: string }
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
  /** The picture is one of a video: at this moment of the original, in milliseconds; left out = one that shows something. */
  still?: { atMs?: number };
  steps: readonly ImageStep[];
}

/** The image cannot go out under this limit. */
export interface RefusePlan {
  output: 'image';
  action: 'refuse';
  limit: ImageLimit;
  rule: 'media.animation-unsupported' | 'media.no-accepted-format' | 'media.image-cannot-fit';
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
export function planImage(facts: ImageFacts, limits: ImageLimit, choices: MediaChoices = {}): ImagePlan {
  const limit = limitFor(facts, limits);
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
  return renderImagePlan(facts, limit, choices);
}

/** What counts for this image: an animation may have a number of bytes of its own. */
function limitFor({ pages }: ImageFacts, { maxAnimationBytes, ...limit }: ImageLimit): ImageLimit {
  return pages > 1 && maxAnimationBytes !== undefined ? { ...limit, maxBytes: maxAnimationBytes } : limit;
}

/** How an image that has to be made anew is made. */
export function renderImagePlan(facts: ImageFacts, limit: ImageLimit, choices: MediaChoices): RenderPlan | RefusePlan {
  const format = chooseFormat(facts, limit);
  if (format === undefined) {
    return {
      output: 'image',
      action: 'refuse',
      limit,
      rule: 'media.no-accepted-format',
      reason: `None of the accepted types (${typesWords(limit)}) can be made from this image.`,
      remedy: 'Upload the image in one of these types.',
    };
  }
  const fitting = fittingOf(facts, limit, choices, format);
  if (fitting) return renderPlan(facts, limit, format, fitting);
  return {
    output: 'image',
    action: 'refuse',
    limit,
    rule: 'media.image-cannot-fit',
    reason: `${sizeReason(facts, limit)} No size of any shape meets that.`,
    remedy: 'Use another image, or leave this one out here.',
  };
}

type Cause = 'type' | 'bytes' | 'size' | 'orientation' | 'colour' | 'metadata';

function problemsOf(facts: ImageFacts, limit: ImageLimit): Cause[] {
  const checks: [Cause, boolean][] = [
    ['type', !limit.types.includes(facts.contentType)],
    ['bytes', facts.bytes > limit.maxBytes],
    ['size', shapeProblems(facts, limit).length > 0],
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
  if (blocking.length === 0 && writable(facts.format)) {
    return renderPlan(facts, limit, facts.format, { content: facts, frame: facts });
  }
  const words: Record<Cause, string> = {
    type: `${typeWords(facts.contentType)} is not among the accepted types (${typesWords(limit)}).`,
    bytes: `${tooManyBytes(facts.bytes, limit.maxBytes)}.`,
    size: shapeWords(facts, limit),
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

/** What is too large only becomes smaller; another shape is a matter of choice. Undefined where no size is allowed. */
function fittingOf(
  facts: ImageFacts,
  limit: ImageLimit,
  choices: MediaChoices,
  format: WritableFormat,
): Fitting | undefined {
  const side = format === 'webp' ? WEBP_MAX_SIDE : Infinity;
  const writable = {
    ...limit,
    maxWidth: Math.min(limit.maxWidth ?? Infinity, side),
    maxHeight: Math.min(limit.maxHeight ?? Infinity, side),
  };
  const smaller = fitWithin(facts, writable);
  if (shapeProblems(smaller, writable).length === 0) return { content: smaller, frame: smaller };
  return fitShape(facts, writable, choices, 1);
}

function renderPlan(facts: ImageFacts, limit: ImageLimit, format: WritableFormat, fitting: Fitting): RenderPlan {
  const steps: (ImageStep | false | undefined)[] = [
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
    ...shapeSteps(facts, limit, fitting, format),
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
    width: fitting.frame.width,
    height: fitting.frame.height,
    steps: steps.filter((step) => step !== false && step !== undefined),
  };
}

/** Bars of an image are of the colour of paper; those of a video are black. */
const BARS = '#ffffff';

function shapeSteps(facts: ImageFacts, limit: ImageLimit, fitting: Fitting, format: WritableFormat): ImageStep[] {
  const { crop, content, frame } = fitting;
  const shown = crop ?? facts;
  const side = format === 'webp' ? WEBP_MAX_SIDE : Infinity;
  const steps: (ImageStep | false | undefined)[] = [
    crop && { kind: 'crop', ...crop, reason: aspectReason(facts, limit, 'crop') },
    (content.width !== shown.width || content.height !== shown.height) && {
      kind: 'resize',
      width: content.width,
      height: content.height,
      reason: resizeReason(shown, content, limit, side),
    },
    (content.width !== frame.width || content.height !== frame.height) && {
      kind: 'pad',
      width: frame.width,
      height: frame.height,
      colour: BARS,
      reason: aspectReason(facts, limit, 'pad'),
    },
  ];
  return steps.filter((step) => step !== false && step !== undefined);
}

function resizeReason(shown: Size, content: Size, limit: ImageLimit, side: number): string {
  if (shapeProblems(shown, limit).includes('too-small'))
    return `${sizeReason(shown, limit).slice(0, -1)}: it is enlarged.`;
  const words = limitWords(limit, side);
  if (words === '')
    return `Its ${sizeWords(shown)} become ${content.width} x ${content.height}, which fit into the frame.`;
  return `It is ${sizeWords(shown)}; allowed is ${words}.`;
}

function shapeWords(facts: ImageFacts, limit: ImageLimit): string {
  const problems = shapeProblems(facts, limit);
  if (problems.includes('too-large')) return `It is ${sizeWords(facts)}; allowed is ${limitWords(limit)}.`;
  if (problems.includes('too-small')) return sizeReason(facts, limit);
  return aspectReason(facts, limit, 'pad').replace(/:[^:]*$/, '.');
}

function formatReason(facts: ImageFacts, limit: ImageLimit, format: WritableFormat): string {
  const [own, target] = [typeWords(facts.contentType), typeWords(CONTENT_TYPES[format])];
  if (!limit.types.includes(facts.contentType)) return `${own} is not accepted; ${target} is.`;
  if (!writable(facts.format)) return `It has to change, and ${own} is read but never written.`;
  return `As ${own} it is too large; ${target} makes it smaller without losing pixels.`;
}

function qualityReason({ bytes }: ImageFacts, { maxBytes }: ImageLimit): string {
  return bytes > maxBytes
    ? `${tooManyBytes(bytes, maxBytes)}: the best quality that fits.`
    : `It is written anew with the best quality that fits into ${bytesWords(maxBytes)}.`;
}

function stripReason({ metadata, hasLocation }: ImageFacts): string {
  if (metadata.length === 0) return 'No metadata may come into the new file.';
  return `It carries ${metadata.join(', ')}${hasLocation ? ' with the place where it was taken' : ''}, which nobody should see.`;
}

const typesWords = ({ types }: ImageLimit): string => types.map(typeWords).join(', ');

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
