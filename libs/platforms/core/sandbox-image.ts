/** What a practice network reads of an image, by its own eyes. */
export interface SandboxImage {
  contentType: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  /** Pixels, as stored. */
  width: number;
  height: number;
}

/** Reads kind and size of an image from its first bytes; undefined where it is none. */
export function readSandboxImage(bytes: Uint8Array): SandboxImage | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (file.toString('latin1', 1, 4) === 'PNG') {
      return { contentType: 'image/png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
    }
    if (file.toString('latin1', 0, 3) === 'GIF') {
      return { contentType: 'image/gif', width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
    }
    if (file.toString('latin1', 8, 12) === 'WEBP') return { contentType: 'image/webp', width: 0, height: 0 };
    return file.readUInt16BE(0) === 0xffd8 ? jpegSize(file) : undefined;
  } catch (error) {
    // A number beyond the end: what is not whole is no image.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first frame header says it. ITU-T T.81, B.2.2. @throws RangeError where there is none */
function jpegSize(file: Buffer): SandboxImage {
  for (let at = 2; ; at += 2 + file.readUInt16BE(at + 2)) {
    const marker = file.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      return { contentType: 'image/jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    }
  }
}
