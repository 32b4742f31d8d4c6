import { type MediaChoices } from './choices.js';
import { type Size } from './fit.js';
import { type AspectRange } from './limits.js';
import { ratioWords } from './words.js';

/** What a picture may measure, in pixels. */
export interface ShapeLimit {
  minWidth?: number;
  minHeight?: number;
  maxWidth?: number;
  maxHeight?: number;
  /** Of the longer and of the shorter side, whichever way it stands. */
  maxLongSide?: number;
  maxShortSide?: number;
  maxPixels?: number;
  aspect?: AspectRange;
}

export interface Rectangle extends Size {
  x: number;
  y: number;
}

/** How a picture comes into a frame that is allowed, in this order; what is left out does not happen. */
export interface Fitting {
  /** What is cut out of the original. */
  crop?: Rectangle;
  /** The size of what is shown of it. */
  content: Size;
  /** The whole, with bars where it is larger than the content. */
  frame: Size;
}

/** Sides of a picture are multiples of this. */
export type Unit = 1 | 2;

/**
 * Finds the frame nearest to the picture that is allowed, and how the picture comes into it: never stretched, enlarged
 * only up to a minimum. Undefined where no frame is allowed at all. Pure.
 */
export function fitShape(picture: Size, limit: ShapeLimit, choices: MediaChoices, unit: Unit): Fitting | undefined {
  const range = aspectRange(limit);
  if (range.min > range.max * (1 + EPSILON)) return undefined;
  const ratio = picture.width / picture.height;
  const aspect = Math.min(Math.max(ratio, range.min), range.max);
  const reshaped = Math.abs(aspect / ratio - 1) > UNSEEN;
  const crop = reshaped && choices.fit === 'crop' ? cropTo(picture, aspect, choices.focus, unit) : undefined;
  const shown = crop ?? picture;
  const frame = allowedFrame(around(shown, aspect), limit, unit);
  if (!frame) return undefined;
  const barred = reshaped && !crop;
  const content = barred ? inside(shown, frame, unit) : frame;
  return { ...(crop && { crop }), content, frame };
}

/** What is wrong with a size, one id each; none = it is allowed. */
export function shapeProblems(size: Size, limit: ShapeLimit): ('too-small' | 'too-large' | 'aspect')[] {
  const { width, height } = size;
  const { minWidth = 1, minHeight = 1, maxWidth = Infinity, maxHeight = Infinity, maxPixels = Infinity } = limit;
  const { maxLongSide = Infinity, maxShortSide = Infinity, aspect } = limit;
  const tooLarge =
    width > maxWidth ||
    height > maxHeight ||
    Math.max(width, height) > maxLongSide ||
    Math.min(width, height) > maxShortSide ||
    width * height > maxPixels;
  const problems = {
    'too-small': width < minWidth || height < minHeight,
    'too-large': tooLarge,
    aspect: aspect !== undefined && !hasAspect(size, aspect),
  };
  return (['too-small', 'too-large', 'aspect'] as const).filter((name) => problems[name]);
}

/** `1:2 is taller than 4:5: bars are added at the sides.` */
export function aspectReason(picture: Size, limit: ShapeLimit, fit: 'pad' | 'crop'): string {
  const ratio = picture.width / picture.height;
  const { min, max } = aspectRange(limit);
  const taller = ratio < min;
  const comparison = `${ratioWords(ratio)} is ${taller ? 'taller' : 'wider'} than ${ratioWords(taller ? min : max)}`;
  const change =
    fit === 'crop'
      ? `${taller ? 'the top and the bottom' : 'the sides'} are cut`
      : `bars are added ${taller ? 'at the sides' : 'above and below'}`;
  return `${comparison}: ${change}.`;
}

/** `It is 4000 x 3000 pixels; allowed is a width of 1440.` */
export function sizeReason(picture: Size, limit: ShapeLimit): string {
  const { width, height } = picture;
  const small = shapeProblems(picture, limit).includes('too-small');
  const bounds: [value: number, bound: number | undefined, words: (bound: number) => string][] = small
    ? [
        [-width, limit.minWidth, (bound) => `a width of ${bound}`],
        [-height, limit.minHeight, (bound) => `a height of ${bound}`],
      ]
    : [
        [width, limit.maxWidth, (bound) => `a width of ${bound}`],
        [height, limit.maxHeight, (bound) => `a height of ${bound}`],
        [Math.max(width, height), limit.maxLongSide, (bound) => `${bound} for the longer side`],
        [Math.min(width, height), limit.maxShortSide, (bound) => `${bound} for the shorter side`],
        [width * height, limit.maxPixels, (bound) => `${bound} pixels in all`],
      ];
  const named = bounds.flatMap(([value, bound, words]) =>
    bound === undefined || bound === Infinity ? [] : [{ broken: value > (small ? -bound : bound), text: words(bound) }],
  );
  const broken = named.filter((one) => one.broken);
  const words = (broken.length > 0 ? broken : named).map(({ text }) => text).join(', ');
  return `It is ${width} x ${height} pixels; ${small ? 'needed' : 'allowed'} is ${words}.`;
}

const EPSILON = 1e-9;
/** A shape that differs by less is stretched to what is allowed: nobody sees it, and bars of a pixel look like a mistake. */
const UNSEEN = 0.005;

/** The shapes that are accepted, and that sizes allow: nothing is both a hundred times as wide as high and small. */
function aspectRange(limit: ShapeLimit): AspectRange {
  const { minWidth = 1, minHeight = 1, maxWidth = Infinity, maxHeight = Infinity, aspect } = limit;
  const { maxLongSide = Infinity, maxShortSide = Infinity, maxPixels = Infinity } = limit;
  const highest = Math.min(
    maxHeight,
    maxLongSide,
    minWidth > maxShortSide ? maxShortSide : Infinity,
    maxPixels / minWidth,
  );
  const widest = Math.min(
    maxWidth,
    maxLongSide,
    minHeight > maxShortSide ? maxShortSide : Infinity,
    maxPixels / minHeight,
  );
  return {
    min: Math.max(aspect?.min ?? 0, minWidth / highest),
    max: Math.min(aspect?.max ?? Infinity, widest / minHeight),
  };
}

/** To within a pixel, which no shape of whole pixels can avoid. */
function hasAspect({ width, height }: Size, { min, max }: AspectRange): boolean {
  return (width + 1) / height >= min - EPSILON && (width - 1) / height <= max + EPSILON;
}

function cropTo({ width, height }: Size, aspect: number, focus = { x: 0.5, y: 0.5 }, unit: Unit): Rectangle {
  const across = Math.min(width, height * aspect);
  const down = Math.min(height, width / aspect);
  const size = { width: toUnit(across, unit, width), height: toUnit(down, unit, height) };
  return {
    ...size,
    x: place(focus.x, size.width, width, unit),
    y: place(focus.y, size.height, height, unit),
  };
}

/** Where a part begins, so that the focus lies in its middle as far as that goes. */
function place(focus: number, part: number, whole: number, unit: Unit): number {
  const start = Math.min(Math.max(focus * whole - part / 2, 0), whole - part);
  return Math.floor(start / unit) * unit;
}

/** The smallest frame of a shape around a size. */
function around({ width, height }: Size, aspect: number): Size {
  return width / height < aspect ? { width: height * aspect, height } : { width, height: width / aspect };
}

/** The largest size of its own shape that fits into a frame. */
function inside({ width, height }: Size, frame: Size, unit: Unit): Size {
  const scale = Math.min(frame.width / width, frame.height / height);
  return {
    width: toUnit(width * scale, unit, frame.width),
    height: toUnit(height * scale, unit, frame.height),
  };
}

/** The nearest multiple; at least one of it, and not beyond the most. */
function toUnit(value: number, unit: Unit, most: number): number {
  const nearest = Math.round(value / unit) * unit;
  return Math.max(unit, nearest > most ? Math.floor(most / unit) * unit : nearest);
}

/** Scales as little as possible, then looks around for whole numbers that are allowed. */
function allowedFrame(ideal: Size, limit: ShapeLimit, unit: Unit): Size | undefined {
  const scale = scaleOf(ideal, limit);
  const width = ideal.width * scale;
  const height = ideal.height * scale;
  const near = candidates(width, unit).flatMap((across) =>
    candidates(height, unit).map((down) => ({ width: across, height: down })),
  );
  const distance = (size: Size): number => {
    const shape = Math.abs(size.width / size.height / (width / height) - 1);
    const area = Math.abs((size.width * size.height) / (width * height) - 1);
    // Nothing is enlarged for the sake of a shape that is hardly nearer.
    const larger = size.width > width + EPSILON || size.height > height + EPSILON;
    return shape * 4 + area + (larger ? 0.1 : 0);
  };
  return near.filter((size) => shapeProblems(size, limit).length === 0).sort((a, b) => distance(a) - distance(b))[0];
}

const REACH = 2;

function candidates(value: number, unit: Unit): number[] {
  const middle = Math.round(value / unit);
  const all = Array.from({ length: 2 * REACH + 1 }, (_, index) => (middle - REACH + index) * unit);
  return all.filter((candidate) => candidate >= unit);
}

function scaleOf({ width, height }: Size, limit: ShapeLimit): number {
  const { minWidth = 1, minHeight = 1, maxWidth = Infinity, maxHeight = Infinity, maxPixels = Infinity } = limit;
  const { maxLongSide = Infinity, maxShortSide = Infinity } = limit;
  const most = Math.min(
    maxWidth / width,
    maxHeight / height,
    maxLongSide / Math.max(width, height),
    maxShortSide / Math.min(width, height),
    Math.sqrt(maxPixels / (width * height)),
  );
  const least = Math.max(minWidth / width, minHeight / height);
  return Math.min(Math.max(1, least), most);
}
