import sharp from 'sharp';
import { type Colour } from './card.js';

/** Bytes of red, green and blue, line by line. */
export interface Picture {
  width: number;
  height: number;
  pixels: Buffer;
}

/** Whatever sharp reads, as it is displayed, in sRGB on white. */
export async function readPicture(source: string | Buffer): Promise<Picture> {
  const { data, info } = await sharp(source)
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** What a picture is made into where the same is done to it that a plan does, by other means than the product's. */
export interface Geometry {
  crop?: { x: number; y: number; width: number; height: number };
  scale?: { width: number; height: number };
  pad?: { width: number; height: number; colour: string };
}

/** Cuts, scales and pads, in this order. */
export async function fitted(picture: Picture, { crop, scale, pad }: Geometry): Promise<Picture> {
  let { pixels } = picture;
  let size = { width: picture.width, height: picture.height };
  const open = () => sharp(pixels, { raw: { ...size, channels: 3 } });
  if (crop) {
    pixels = await open()
      .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
      .raw()
      .toBuffer();
    size = { width: crop.width, height: crop.height };
  }
  if (scale) {
    pixels = await open()
      .resize({ ...scale, fit: 'fill' })
      .raw()
      .toBuffer();
    size = { width: scale.width, height: scale.height };
  }
  if (pad) {
    const left = Math.floor((pad.width - size.width) / 2);
    const top = Math.floor((pad.height - size.height) / 2);
    const around = { left, top, right: pad.width - size.width - left, bottom: pad.height - size.height - top };
    pixels = await open()
      .extend({ ...around, background: pad.colour })
      .raw()
      .toBuffer();
    size = { width: pad.width, height: pad.height };
  }
  return { ...size, pixels };
}

/** The colour around a place, in shares of the size: the mean of some pixels, as compression blurs each. */
export function colourAt({ width, height, pixels }: Picture, x: number, y: number): Colour {
  const reach = Math.max(1, Math.floor(Math.min(width, height) * 0.015));
  const sum = [0, 0, 0];
  let count = 0;
  const [middleX, middleY] = [Math.floor(x * width), Math.floor(y * height)];
  for (let row = middleY - reach; row <= middleY + reach; row += 1) {
    for (let column = middleX - reach; column <= middleX + reach; column += 1) {
      if (row < 0 || column < 0 || row >= height || column >= width) continue;
      count += 1;
      for (let channel = 0; channel < 3; channel += 1) {
        sum[channel] = (sum[channel] ?? 0) + (pixels[(row * width + column) * 3 + channel] ?? 0);
      }
    }
  }
  const [red = 0, green = 0, blue = 0] = sum.map((value) => Math.round(value / Math.max(1, count)));
  return [red, green, blue];
}

/** The largest difference in a channel. */
export function distance(a: Colour, b: Colour): number {
  return Math.max(...a.map((value, channel) => Math.abs(value - (b[channel] ?? 0))));
}

const BLOCK = 8;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Structural similarity of the brightness, 1 = the same: the mean over blocks of 8 x 8 pixels.
 * https://ece.uwaterloo.ca/~z70wang/publications/ssim.pdf
 */
export function similarity(a: Picture, b: Picture): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`${a.width} x ${a.height} is not ${b.width} x ${b.height}.`);
  }
  let sum = 0;
  let blocks = 0;
  for (let y = 0; y + BLOCK <= a.height; y += BLOCK) {
    for (let x = 0; x + BLOCK <= a.width; x += BLOCK) {
      sum += blockSimilarity(a, b, x, y);
      blocks += 1;
    }
  }
  return sum / Math.max(1, blocks);
}

function blockSimilarity(a: Picture, b: Picture, left: number, top: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + BLOCK; y += 1) {
    for (let x = left; x < left + BLOCK; x += 1) {
      const [lumaA, lumaB] = [luma(a, x, y), luma(b, x, y)];
      sumA += lumaA;
      sumB += lumaB;
      squaresA += lumaA * lumaA;
      squaresB += lumaB * lumaB;
      products += lumaA * lumaB;
    }
  }
  const count = BLOCK * BLOCK;
  const [meanA, meanB] = [sumA / count, sumB / count];
  const [varianceA, varianceB] = [squaresA / count - meanA ** 2, squaresB / count - meanB ** 2];
  const covariance = products / count - meanA * meanB;
  return (
    ((2 * meanA * meanB + C1) * (2 * covariance + C2)) / ((meanA ** 2 + meanB ** 2 + C1) * (varianceA + varianceB + C2))
  );
}

function luma({ width, pixels }: Picture, x: number, y: number): number {
  const at = (y * width + x) * 3;
  return 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
}

/** Width and height of the disc of the test card, measured along the lines through its middle. Equal = nothing is stretched. */
export function discSize(picture: Picture, centre: { x: number; y: number }): { width: number; height: number } {
  const column = Math.floor(centre.x * picture.width);
  const row = Math.floor(centre.y * picture.height);
  const threshold = luma(picture, column, row) * 0.82;
  const bright = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < picture.width && y < picture.height && luma(picture, x, y) > threshold;
  const reach = (dx: number, dy: number): number => {
    let steps = 0;
    while (bright(column + dx * (steps + 1), row + dy * (steps + 1))) steps += 1;
    return steps;
  };
  return { width: reach(-1, 0) + reach(1, 0) + 1, height: reach(0, -1) + reach(0, 1) + 1 };
}
