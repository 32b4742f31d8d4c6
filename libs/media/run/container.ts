import { open } from 'node:fs/promises';
import { type ImageFormat } from '../plan/facts.js';
import { PROBE_LIMITS, refuse } from './probe-limits.js';
import { FileReader } from './reader.js';

/** What a file holds besides the picture itself. */
export interface Container {
  /** By name, each once: `EXIF`, `comment`, `data after the image`. */
  extras: readonly string[];
  /** Does the file reach its own end mark? libvips does not tell for an animated GIF that lost its last frames. */
  complete: boolean;
  /** Of an animation, counted by its blocks; 0 = not counted. */
  frames: number;
}

/**
 * Walks through the blocks of an image file without decoding it. Whatever is not known to be part of the picture counts
 * as an extra: a list of the harmless is finished some day, a list of the harmful is not. Needs 64 KiB of memory. Throws
 * {@link UnacceptableMediaError} for an animation of more frames than anybody watches.
 */
export async function inspectContainer(path: string, format: ImageFormat): Promise<Container> {
  const handle = await open(path);
  try {
    const reader = new FileReader(handle, (await handle.stat()).size);
    const extras = new Set<string>();
    let frames = 0;
    const end = await WALKERS[format](
      reader,
      (name) => extras.add(name),
      () => {
        if ((frames += 1) > PROBE_LIMITS.frames) throw tooManyFrames();
      },
    );
    if (end < reader.size) extras.add('data after the image');
    return { extras: [...extras], complete: end <= reader.size, frames };
  } finally {
    await handle.close();
  }
}

/** Reports extras and frames, and answers the offset behind the end mark; beyond the file's size when that is missing. */
type Walker = (reader: FileReader, extra: (name: string) => void, frame: () => void) => Promise<number>;

const WALKERS: Readonly<Record<ImageFormat, Walker>> = {
  jpeg: walkJpeg,
  png: walkPng,
  webp: walkWebp,
  gif: walkGif,
  avif: walkAvif,
  heic: walkAvif,
};

const tooManyFrames = (): Error =>
  refuse(
    'media.too-many-frames',
    `The animation has more than ${PROBE_LIMITS.frames} frames.`,
    'Upload a shorter animation, or a video.',
  );

/** Markers: https://www.w3.org/Graphics/JPEG/itu-t81.pdf table B.1 */
async function walkJpeg(reader: FileReader, extra: (name: string) => void): Promise<number> {
  let position = 2;
  while (position + 2 <= reader.size) {
    const head = await reader.at(position, 48);
    const marker = head[1] ?? 0;
    if (head[0] !== 0xff) {
      extra('unknown data');
      position = await reader.indexOf(0xff, position);
    } else if (marker === 0xff) {
      position += 1;
    } else if (marker === 0xd9) {
      return position + 2;
    } else if (marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      position += 2;
    } else {
      const name = jpegExtra(marker, head.toString('latin1', 4));
      if (name !== undefined) extra(name);
      position += 2 + (head.length >= 4 ? head.readUInt16BE(2) : reader.size);
      if (marker === 0xda) position = await endOfScan(reader, position);
    }
  }
  return Infinity;
}

/** Inside a scan 0xFF is followed by 0x00 (a stuffed byte), a restart marker or fill bytes. */
async function endOfScan(reader: FileReader, start: number): Promise<number> {
  let position = await reader.indexOf(0xff, start);
  while (position < reader.size) {
    const next = (await reader.at(position, 2))[1] ?? 0;
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return position;
    position = await reader.indexOf(0xff, position + (next === 0xff ? 1 : 2));
  }
  return position;
}

function jpegExtra(marker: number, content: string): string | undefined {
  if (marker === 0xe0 || (marker >= 0xc0 && marker <= 0xcf)) return undefined;
  if (marker >= 0xda && marker <= 0xdf) return undefined;
  if (marker === 0xe2 && content.startsWith('ICC_PROFILE')) return undefined;
  if (marker === 0xee && content.startsWith('Adobe')) return undefined;
  if (marker === 0xe1 && content.startsWith('Exif')) return 'EXIF';
  if (marker === 0xe1 && content.startsWith('http://ns.adobe.com/')) return 'XMP';
  if (marker === 0xe2 && content.startsWith('MPF')) return 'further pictures';
  if (marker === 0xed) return 'IPTC';
  if (marker === 0xfe) return 'comment';
  return 'application data';
}

/** Chunks that say how the picture looks: https://www.w3.org/TR/png-3/#11Chunks */
const PNG_PICTURE = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT'.split(' '),
);
const PNG_EXTRAS = new Map([
  ['eXIf', 'EXIF'],
  ['tEXt', 'comment'],
  ['zTXt', 'comment'],
  ['iTXt', 'comment'],
  ['tIME', 'time of change'],
]);

async function walkPng(reader: FileReader, extra: (name: string) => void): Promise<number> {
  let position = 8;
  while (position + 12 <= reader.size) {
    const head = await reader.at(position, 8);
    const type = head.toString('latin1', 4);
    if (!PNG_PICTURE.has(type)) extra(PNG_EXTRAS.get(type) ?? 'application data');
    position += 12 + head.readUInt32BE(0);
    if (type === 'IEND') return position;
  }
  return Infinity;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
const WEBP_PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP']);
const WEBP_EXTRAS = new Map([
  ['EXIF', 'EXIF'],
  ['XMP ', 'XMP'],
]);

async function walkWebp(reader: FileReader, extra: (name: string) => void, frame: () => void): Promise<number> {
  const size = (await reader.at(4, 4)).readUInt32LE(0);
  const end = 8 + size + (size % 2);
  let position = 12;
  while (position + 8 <= Math.min(end, reader.size)) {
    const head = await reader.at(position, 8);
    const type = head.toString('latin1', 0, 4);
    if (type === 'ANMF') frame();
    if (!WEBP_PICTURE.has(type)) extra(WEBP_EXTRAS.get(type) ?? 'application data');
    const length = head.readUInt32LE(4);
    position += 8 + length + (length % 2);
  }
  return end;
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
async function walkGif(reader: FileReader, extra: (name: string) => void, frame: () => void): Promise<number> {
  let position = 13 + colourTableSize((await reader.at(10, 1))[0] ?? 0);
  while (position < reader.size) {
    const head = await reader.at(position, 16);
    switch (head[0]) {
      case 0x3b:
        return position + 1;
      case 0x2c:
        frame();
        position = await endOfSubBlocks(reader, position + 11 + colourTableSize(head[9] ?? 0));
        break;
      case 0x21: {
        const name = gifExtra(head[1] ?? 0, head.toString('latin1', 3, 14));
        if (name !== undefined) extra(name);
        position = await endOfSubBlocks(reader, position + 2);
        break;
      }
      default:
        extra('unknown data');
        position += 1;
    }
  }
  return Infinity;
}

const colourTableSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

async function endOfSubBlocks(reader: FileReader, start: number): Promise<number> {
  let position = start;
  for (;;) {
    const [length = 0] = await reader.at(position, 1);
    position += 1 + length;
    if (length === 0 || position > reader.size) return position;
  }
}

function gifExtra(label: number, application: string): string | undefined {
  if (label === 0xf9) return undefined;
  if (label === 0xff && ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'].includes(application)) return undefined;
  if (label === 0xff && application === 'XMP DataXMP') return 'XMP';
  return label === 0xfe || label === 0x01 ? 'comment' : 'application data';
}

/** The top boxes of ISO 14496-12; EXIF and XMP lie inside `meta`, where libheif finds them. */
const AVIF_PICTURE = new Set(['ftyp', 'meta', 'mdat', 'free']);

async function walkAvif(reader: FileReader, extra: (name: string) => void): Promise<number> {
  let position = 0;
  while (position + 8 <= reader.size) {
    const head = await reader.at(position, 16);
    const known = AVIF_PICTURE.has(head.toString('latin1', 4, 8));
    if (!known) extra('application data');
    const short = head.readUInt32BE(0);
    const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    // What is no box at all has no length to trust.
    if (length === 0 || (!known && position + length > reader.size)) return reader.size;
    position += Math.max(8, length);
  }
  return position;
}
