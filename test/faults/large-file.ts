import { createCipheriv, createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cached } from '../../libs/media/testing/clips.js';

/** Upright, as long as the shortest video that networks take, and its description in front. */
const CLIP = {
  ...({ width: 720, height: 1280, framesPerSecond: 30, lasting: 5, extension: 'mp4' } as const),
  filters: ['format=yuv420p'],
  file: ['-movflags', '+faststart'],
} as const;
const BLOCK_BYTES = 1024 * 1024;

/** A video on disk. */
export interface LargeFile {
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
}

/** Writes a video of exactly so many bytes, which players show. See `padded`. */
export async function largeVideo(path: string, bytes: number): Promise<LargeFile> {
  return padded(path, bytes, await cached('longForUploads', CLIP));
}

/**
 * Writes a video of exactly so many bytes: a short clip, and behind it a box that players have to pass over, full of noise that
 * is the same in every run and nowhere the same twice. https://www.iso.org/standard/83102.html, 8.1.2 "Free space box"
 * @param bytes less than 4 GB
 */
export async function padded(path: string, bytes: number, clip: string): Promise<LargeFile> {
  const { size } = await stat(clip);
  const hash = createHash('sha256');
  await pipeline(async function* () {
    for await (const part of withPadding(clip, bytes - size)) {
      hash.update(part);
      yield part;
    }
  }, createWriteStream(path));
  return { path, bytes, digest: hash.digest('hex') };
}

async function* withPadding(clip: string, padding: number): AsyncGenerator<Buffer> {
  yield* createReadStream(clip) as AsyncIterable<Buffer>;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(padding, 0);
  head.write('free', 4, 'latin1');
  yield head;
  const noise = createCipheriv('aes-256-ctr', Buffer.alloc(32, 7), Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK_BYTES);
  for (let left = padding - head.length; left > 0; left -= BLOCK_BYTES) {
    yield noise.update(zeros.subarray(0, Math.min(left, BLOCK_BYTES)));
  }
}
