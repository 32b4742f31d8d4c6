import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { card } from './card.js';
import { GPS_EXIF } from './corpus.js';
import { adobeRgbProfile } from './icc.js';

/** A picture that people upload, made of the test card. */
export interface Upload {
  name: string;
  /** Of the largest difference in a channel: what the format itself costs. */
  tolerance: number;
  /** @param folder where it may put what it needs */
  make: (folder: string) => Promise<Buffer>;
}

const WIDTH = 640;
const HEIGHT = 480;

const plain = (name: string, store: (image: Sharp) => Sharp, tolerance = 10): Upload => ({
  name,
  tolerance,
  make: () => store(card(WIDTH, HEIGHT)).toBuffer(),
});

/** How a picture is stored so that each EXIF orientation shows it upright. */
const STORED: readonly ((image: Sharp) => Promise<Sharp>)[] = [
  async (image) => image,
  async (image) => image.flop(),
  async (image) => image.rotate(180),
  async (image) => image.flip(),
  async (image) => again(image.rotate(90), (turned) => turned.flop()),
  async (image) => image.rotate(270),
  async (image) => again(image.rotate(270), (turned) => turned.flop()),
  async (image) => image.rotate(90),
];

/** Sharp has an order of its own in which it does what it is told; this keeps ours. */
async function again(image: Sharp, then: (image: Sharp) => Sharp): Promise<Sharp> {
  return then(sharp(await image.png({ compressionLevel: 1 }).toBuffer()));
}

const oriented = (orientation: number): Upload => ({
  name: `JPEG of EXIF orientation ${orientation}`,
  tolerance: 10,
  make: async () => {
    const store = STORED[orientation - 1] ?? (async (image: Sharp) => image);
    return (await store(card(WIDTH, HEIGHT))).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
  },
});

/** The pictures of the corpus. */
export const PICTURES: readonly Upload[] = [
  plain('progressive JPEG', (image) => image.jpeg({ progressive: true, quality: 95 })),
  plain('CMYK JPEG', (image) => image.withIccProfile('cmyk').jpeg({ quality: 95 }), 40),
  plain('JPEG with the place where it was taken', (image) => image.withExif(GPS_EXIF).jpeg({ quality: 95 })),
  plain('P3 PNG of 16 bits', (image) => image.withIccProfile('p3').toColourspace('rgb16').png()),
  plain('AVIF', (image) => image.avif({ effort: 0, quality: 90 }), 16),
  plain('WebP', (image) => image.webp({ quality: 90 }), 14),
  {
    name: 'Adobe RGB JPEG',
    tolerance: 12,
    make: async (folder) => {
      const profile = `${folder}/adobe-rgb.icc`;
      await writeFile(profile, adobeRgbProfile());
      return card(WIDTH, HEIGHT).withIccProfile(profile).jpeg({ quality: 95 }).toBuffer();
    },
  },
  {
    name: 'transparent PNG',
    tolerance: 10,
    make: async () => {
      const hole = { create: { width: 80, height: 160, channels: 4, background: '#ffffff' } } as const;
      return card(WIDTH, HEIGHT)
        .ensureAlpha()
        .composite([{ input: hole, left: 130, top: 160, blend: 'dest-out' }])
        .png()
        .toBuffer();
    },
  },
  { name: 'portrait JPEG', tolerance: 10, make: () => card(400, 800).jpeg({ quality: 95 }).toBuffer() },
  { name: 'small PNG', tolerance: 12, make: () => card(240, 180).png().toBuffer() },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(oriented),
];
