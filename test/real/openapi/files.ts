import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type MediaSource } from '#platforms/core';
import { practiceImage, practiceVideo, readable } from '#platforms/testing';

let drawn = 0;

/** An image as no other: another colour each time. */
export function image(altText?: string, size: { width?: number; height?: number } = {}): Promise<MediaSource> {
  drawn += 1;
  const color = `#${(drawn * 7_919).toString(16).padStart(6, '0').slice(-6)}`;
  return practiceImage({ width: 600, height: 800, ...size, color, ...(altText !== undefined && { altText }) });
}

/** A video as no other. @param durationMs in milliseconds */
export function video(durationMs = 5_000, more: { refusedLate?: boolean } = {}): MediaSource {
  drawn += 1;
  return practiceVideo({ width: 1_080, height: 1_080, durationMs, dataBytes: 200_000 + drawn, ...more });
}

/** An animation of two frames. */
export async function animation(): Promise<MediaSource> {
  const [width, height] = [64, 48];
  const frames = await Promise.all(
    ['#a03020', '#206080'].map((background) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return fileOf(
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    'image/gif',
    width,
    height,
  );
}

/** An image of more bytes than most: noise cannot be made small. */
export async function largeImage(): Promise<MediaSource> {
  const [width, height] = [1_500, 1_500];
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#000', noise } })
    .jpeg({ quality: 100 })
    .toBuffer();
  return fileOf(bytes, 'image/jpeg', width, height);
}

function fileOf(buffer: Buffer, contentType: string, width: number, height: number): MediaSource {
  const bytes = Uint8Array.from(buffer);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'image', contentType, bytes: bytes.length, width, height, digest, ...readable(bytes, contentType) };
}
