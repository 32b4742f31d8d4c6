import sharp, { type Sharp } from 'sharp';

export type Colour = readonly [red: number, green: number, blue: number];

/** A patch of one colour: its middle, in shares of the width and the height. */
export interface Patch {
  x: number;
  y: number;
  colour: Colour;
}

/** Four in the corners, to see where the top is, and four near the middle, to be left when edges are cut. */
export const PATCHES: readonly Patch[] = [
  { x: 0.1, y: 0.1, colour: [190, 50, 50] },
  { x: 0.9, y: 0.1, colour: [60, 150, 70] },
  { x: 0.1, y: 0.9, colour: [50, 70, 170] },
  { x: 0.9, y: 0.9, colour: [210, 190, 60] },
  { x: 0.42, y: 0.2, colour: [200, 120, 60] },
  { x: 0.58, y: 0.2, colour: [60, 150, 160] },
  { x: 0.42, y: 0.8, colour: [140, 70, 150] },
  { x: 0.58, y: 0.8, colour: [224, 180, 150] },
];

/** Of a patch, in shares of the shorter side. */
const PATCH_SIDE = 0.12;
/** Of the disc in the middle, in shares of the shorter side. */
const DISC_RADIUS = 0.2;
export const DISC: Colour = [235, 235, 235];

const drawn = new Map<string, Buffer>();

/** A picture that shows whether it was turned, stretched, cut or coloured: patches, a disc, and lines on grey. Not to be changed. */
export function cardPixels(width: number, height: number): Buffer {
  const key = `${width} x ${height}`;
  const pixels = drawn.get(key) ?? draw(width, height);
  drawn.set(key, pixels);
  return pixels;
}

function draw(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      [pixels[at], pixels[at + 1], pixels[at + 2]] = colourOf(x + 0.5, y + 0.5, width, height);
    }
  }
  return pixels;
}

/** As {@link cardPixels}, to be worked on or stored. */
export function card(width: number, height: number): Sharp {
  return sharp(cardPixels(width, height), { raw: { width, height, channels: 3 } });
}

function colourOf(x: number, y: number, width: number, height: number): Colour {
  const short = Math.min(width, height);
  if (Math.hypot(x - width / 2, y - height / 2) < short * DISC_RADIUS) return DISC;
  const half = (short * PATCH_SIDE) / 2;
  const patch = PATCHES.find((one) => Math.abs(x - one.x * width) < half && Math.abs(y - one.y * height) < half);
  if (patch) return patch.colour;
  // Slanted lines over a slope: what scaling and compression blur first.
  const line = Math.floor(((x + y) / short) * 24) % 2 === 0 ? 14 : 0;
  const grey = 70 + Math.round((60 * x) / width) + line;
  return [grey, grey, grey];
}
