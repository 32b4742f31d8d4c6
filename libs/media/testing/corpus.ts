import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A folder for one spec's files. */
export class Workbench {
  #files = 0;
  private constructor(readonly directory: string) {}

  static async open(): Promise<Workbench> {
    return new Workbench(await mkdtemp(join(tmpdir(), 'clickpost-media-')));
  }

  /** A path in it that is not taken yet. */
  path(name = 'file'): string {
    return join(this.directory, `${(this.#files += 1)}-${name}`);
  }

  async file(content: Buffer | string, name?: string): Promise<string> {
    const path = this.path(name);
    await writeFile(path, content);
    return path;
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** An opaque photo-like picture: noise, so that its bytes depend on size and quality. */
export function photo(width: number, height: number): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise } });
}

/** Half transparent red. */
export function translucent(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } });
}

/** One frame a colour, with its own delays and loop count. */
export async function animation(format: 'gif' | 'webp', width: number, height: number): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(format, { delay: [100, 200, 300], loop: 2 })
    .toBuffer();
}

export const GPS_EXIF = {
  IFD0: { Make: 'ClickCam', Model: 'One' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '51/1 30/1 3230/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '0/1 7/1 4366/100',
  },
} as const;

/** A blue picture whose top left quarter is red, as displayed once the orientation is applied. */
export async function oriented(orientation: number, width: number, height: number): Promise<Buffer> {
  const red = { width: width / 2, height: height / 2, channels: 3, background: '#f00' } as const;
  let image = await sharp({ create: { ...red, width, height, background: '#00f' } })
    .composite([{ input: { create: red }, left: 0, top: 0 }])
    .png()
    .toBuffer();
  for (const undo of UNDO[orientation - 1] ?? []) image = await undo(sharp(image)).toBuffer();
  return sharp(image).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
}

/** What undoes each EXIF orientation, one after the other. */
const UNDO: readonly ((image: Sharp) => Sharp)[][] = [
  [],
  [(image) => image.flop()],
  [(image) => image.rotate(180)],
  [(image) => image.flip()],
  [(image) => image.rotate(90), (image) => image.flop()],
  [(image) => image.rotate(270)],
  [(image) => image.rotate(270), (image) => image.flop()],
  [(image) => image.rotate(90)],
];

/** A PNG of 70 bytes or so whose header claims any size. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(100))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** An empty zip archive. */
export const EMPTY_ZIP = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>';

export const SVG_WITH_ENTITY = `<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><text y="20">&secret;</text></svg>`;

export const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

/** The first boxes of an ISO media file of a brand. */
export function isoMedia(brand: string): Buffer {
  const box = Buffer.alloc(24);
  box.writeUInt32BE(24, 0);
  box.write(`ftyp${brand}`, 4, 'latin1');
  box.write(`${brand}mif1`, 16, 'latin1');
  return Buffer.concat([box, Buffer.alloc(64)]);
}
