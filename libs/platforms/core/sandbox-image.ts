import { type SandboxFile } from './sandbox.js';

/** What a practice network reads of an image, by its own eyes. */
export interface SandboxImage {
  contentType: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  /** Pixels, as stored. */
  width: number;
  height: number;
}

/** Reads kind and size of an image from its first bytes; undefined where it is none. */
export function readSandboxImage(file: SandboxFile): SandboxImage | undefined {
  const head = file.read(0, 24);
  try {
    if (head.toString('latin1', 1, 4) === 'PNG') {
      return { contentType: 'image/png', width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
    }
    if (head.toString('latin1', 0, 3) === 'GIF') {
      return { contentType: 'image/gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
    }
    if (head.toString('latin1', 8, 12) === 'WEBP') return { contentType: 'image/webp', width: 0, height: 0 };
    return head.readUInt16BE(0) === 0xffd8 ? jpegSize(file) : undefined;
  } catch (error) {
    // A number beyond the end: what is not whole is no image.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first frame header says it. ITU-T T.81, B.2.2. @throws RangeError where there is none */
function jpegSize(file: SandboxFile): SandboxImage {
  for (let at = 2; ;) {
    const segment = file.read(at, at + 9);
    const marker = segment.readUInt16BE(0);
    if (marker < 0xff00) throw new RangeError('There is no marker.');
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      return { contentType: 'image/jpeg', width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) };
    }
    at += 2 + segment.readUInt16BE(2);
  }
}
