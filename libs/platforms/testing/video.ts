import { createHash } from 'node:crypto';
import { type MediaSource, REFUSED_LATE } from '#platforms/core';
import { readable } from './bytes.js';

/** What a practice video is like. */
export interface PracticeVideoOptions {
  altText?: string;
  /** Pixels. */
  width?: number;
  height?: number;
  durationMs?: number;
  /** Frames a second. */
  frameRate?: number;
  /** Four characters; `avc1` is H.264. */
  codec?: string;
  /** Bytes of picture; two of different numbers have different digests. */
  dataBytes?: number;
  /** It looks well when it is uploaded, and is refused when it is processed. */
  refusedLate?: boolean;
}

/** The boxes of an MP4 file as practice networks read them, with noise for a picture: no player shows it. */
export function practiceVideo(options: PracticeVideoOptions = {}): MediaSource {
  const { altText, width = 270, height = 480, durationMs = 2_000, refusedLate = false } = options;
  const bytes = videoBytes({ ...options, width, height, durationMs, refusedLate });
  const { open, address } = readable(bytes, 'video/mp4');
  return {
    kind: 'video',
    contentType: 'video/mp4',
    bytes: bytes.length,
    width,
    height,
    durationMs,
    ...(altText !== undefined && { altText }),
    digest: createHash('sha256').update(bytes).digest('hex'),
    open,
    address,
    read: () => Promise.reject(new Error('A video is streamed, and never read into memory as a whole.')),
  };
}

type Complete = PracticeVideoOptions & Required<Pick<PracticeVideoOptions, 'width' | 'height' | 'durationMs'>>;

function videoBytes(options: Complete): Uint8Array<ArrayBuffer> {
  const { width, height, durationMs, frameRate = 30, codec = 'avc1', dataBytes = 200_000, refusedLate } = options;
  const picture = Buffer.alloc(dataBytes, 0x5a);
  const frames = Math.round((durationMs / 1_000) * frameRate);
  const matrix = numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  const track = box(
    'trak',
    box('tkhd', numbers(0, 0, 0, 1, 0, durationMs, 0, 0, 0, 0), matrix, numbers(width << 16, height << 16)),
    box(
      'mdia',
      box('mdhd', numbers(0, 0, 0, 1_000, durationMs, 0)),
      box('hdlr', numbers(0, 0), Buffer.from('vide'), numbers(0, 0, 0)),
      box(
        'minf',
        box(
          'stbl',
          box('stsd', numbers(0, 1), box(codec, Buffer.alloc(78))),
          box('stts', numbers(0, 1, frames, Math.round(1_000 / frameRate))),
        ),
      ),
    ),
  );
  const late = refusedLate ? [box('free', Buffer.from(REFUSED_LATE))] : [];
  const file = [box('ftyp', Buffer.from('isom'), numbers(512), Buffer.from('isommp42')), box('moov', track), ...late];
  // Not `Uint8Array.from`, which takes seconds for a few megabytes.
  return new Uint8Array(Buffer.concat([...file, box('mdat', picture)]));
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const inner = Buffer.concat(content);
  return Buffer.concat([numbers(inner.length + 8), Buffer.from(type, 'latin1'), inner]);
}

function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value, index * 4));
  return buffer;
}
