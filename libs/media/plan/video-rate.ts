import { type Size } from './fit.js';
import { type VideoLimit } from './limits.js';

/** Kept free of what a file may have: heads, and what an encoder spends beyond what it was told. */
const SHARE = 0.95;
/** Bits for each pixel of each frame: more is not seen, less is seen clearly, and with the last one nothing else is. */
const MOST_BITS = 0.2;
const LEAST_BITS = 0.02;
/** Bits a second that even the smallest picture may take. */
const MOST_AT_LEAST = 500_000;
const LEAST_AT_LEAST = 40_000;
/** Pixels of the shorter side, in steps, where a picture has to become smaller to fit into few bits. */
const SHORT_SIDES = [1080, 720, 540, 480, 360, 240] as const;

/** Bits a second of a picture of this size that look good, and that look just bearable. */
export function goodBitRate(size: Size, framesPerSecond: number): number {
  return Math.max(MOST_AT_LEAST, Math.round(size.width * size.height * framesPerSecond * MOST_BITS));
}
export function leastBitRate(size: Size, framesPerSecond: number): number {
  return Math.max(LEAST_AT_LEAST, Math.round(size.width * size.height * framesPerSecond * LEAST_BITS));
}

/** Bits a second that are left for the picture, so that the whole meets its size. */
export function bitRateToFit(limit: VideoLimit, durationMs: number, audioBitRate: number): number {
  const all = (limit.maxBytes * 8 * SHARE) / (durationMs / 1000);
  return Math.floor(Math.min(all - audioBitRate, (limit.maxVideoBitRate ?? Infinity) * SHARE));
}

/** How long a video of the smallest bearable picture may be to meet the size, in milliseconds. */
export function longestToFit(limit: VideoLimit, bitRate: number, audioBitRate: number): number {
  return Math.floor((limit.maxBytes * 8 * SHARE * 1000) / (bitRate + audioBitRate));
}

/** The steps below a size in which a picture is made smaller: the longest that its shorter side may be. */
export function smallerShortSides(size: Size): number[] {
  return SHORT_SIDES.filter((side) => side < Math.min(size.width, size.height));
}

/** Table A-1 of ITU-T H.264: level times ten, macroblocks of a frame and a second, and bits a second of profile High. */
const LEVELS = [
  [10, 99, 1_485, 80_000],
  [11, 396, 3_000, 240_000],
  [12, 396, 6_000, 480_000],
  [13, 396, 11_880, 960_000],
  [20, 396, 11_880, 2_500_000],
  [21, 792, 19_800, 5_000_000],
  [22, 1_620, 20_250, 5_000_000],
  [30, 1_620, 40_500, 12_500_000],
  [31, 3_600, 108_000, 17_500_000],
  [32, 5_120, 216_000, 25_000_000],
  [40, 8_192, 245_760, 25_000_000],
  [41, 8_192, 245_760, 62_500_000],
  [42, 8_704, 522_240, 62_500_000],
  [50, 22_080, 589_824, 168_750_000],
  [51, 36_864, 983_040, 300_000_000],
  [52, 36_864, 2_073_600, 300_000_000],
] as const;

/** The most that is written: what level 5.2 holds, which is what players can. */
export const ENCODED = { longSide: 4096, pixels: 4096 * 2304, macroblocksPerSecond: 2_073_600 } as const;

const macroblocks = ({ width, height }: Size): number => Math.ceil(width / 16) * Math.ceil(height / 16);

/** Frames a second that the highest level allows at a size. */
export const mostFrames = (size: Size): number => ENCODED.macroblocksPerSecond / macroblocks(size);

/** The lowest level that holds a picture, times ten; not below 3.0, which everything plays. */
export function levelFor(size: Size, framesPerSecond: number, bitRate: number): number {
  const blocks = macroblocks(size);
  const side = Math.max(Math.ceil(size.width / 16), Math.ceil(size.height / 16));
  const found = LEVELS.find(
    ([, frame, second, bits]) =>
      blocks <= frame && side <= Math.sqrt(frame * 8) && blocks * framesPerSecond <= second && bitRate <= bits,
  );
  return Math.max(30, found?.[0] ?? 52);
}

/** Rates a little beyond a limit are rounding, not another rate. */
const NEARLY = 1.05;
/** What screens and phones record unevenly is shown evenly at this rate at least. */
const USUAL_RATE = 30;

/** The limits of frames that a rate is chosen for. */
export interface FrameRateLimit {
  min?: number;
  max?: number;
}

/**
 * The rate at which a video is shown: its own where that is allowed, else one that drops or doubles frames evenly, so
 * that movement stays smooth. Pure.
 */
export function frameRateFor(rate: number, uneven: boolean, { min = 0, max = Infinity }: FrameRateLimit): number {
  const base = uneven ? Math.min(60, Math.max(USUAL_RATE, Math.round(rate))) : rate;
  if (base > max) {
    if (base <= max * NEARLY) return max;
    const part = base / Math.ceil(base / max - 1e-9);
    return part >= min ? part : max;
  }
  if (base >= min) return base;
  const whole = base * Math.ceil(min / base - 1e-9);
  return whole <= max ? whole : min;
}
