import { placesOf, readSandboxImage, readSandboxVideo, type SandboxFile } from '#platforms/core';

/** What X reads of a file by its own eyes, and what is wrong with it. */
export interface Judged {
  contentType: string;
  width: number;
  height: number;
  error?: string;
}

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** Looks at a file as https://docs.x.com/x-api/media/quickstart/best-practices describes it. */
export function judge(file: SandboxFile, category: string): Judged {
  return category.endsWith('_video') ? judgeVideo(file) : judgeImage(file, category);
}

function judgeImage(file: SandboxFile, category: string): Judged {
  const image = readSandboxImage(file);
  const nothing = { contentType: 'application/octet-stream', width: 0, height: 0 };
  if (!image || !IMAGES.includes(image.contentType)) return { ...nothing, error: 'The file is no image.' };
  const { contentType, width, height } = image;
  if (category !== 'tweet_gif') return { contentType, width, height };
  const frames = framesOf(file);
  const checks: readonly [boolean, string][] = [
    [contentType !== 'image/gif', 'The file is no GIF.'],
    [width > 1_280 || height > 1_080, 'The GIF is larger than 1280x1080.'],
    [frames > 350, 'The GIF has more than 350 frames.'],
    [width * height * frames > 300_000_000, 'The GIF has more than 300 million pixels.'],
  ];
  const error = checks.find(([broken]) => broken)?.[1];
  return { contentType, width, height, ...(error !== undefined && { error }) };
}

/** Each picture of a GIF begins with a block of its own; what controls it comes just before. GIF89a, 23. */
function framesOf(file: SandboxFile): number {
  return Math.max(1, [...placesOf(CONTROL, file)].length);
}

const CONTROL = Buffer.from([0x21, 0xf9, 0x04]);

function judgeVideo(file: SandboxFile): Judged {
  const video = readSandboxVideo(file);
  if (!video) return { contentType: 'video/mp4', width: 0, height: 0, error: 'InvalidMedia' };
  const { contentType, width, height, durationMs, frameRate, codec, audioCodec, refusedLate } = video;
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const checks: readonly [boolean, string][] = [
    [codec !== 'avc1', 'The video is not H.264.'],
    [audioCodec !== undefined && audioCodec !== 'mp4a', 'The sound is not AAC.'],
    [durationMs < 500 || durationMs > 140_000, 'The video does not last 0.5 to 140 seconds.'],
    [frameRate > 60.5, 'The video has more than 60 frames a second.'],
    // Subscribers may send 1080p; what they get to see is not told apart here.
    [short < 32 || long > 1_920 || short > 1_080, 'The video has too few or too many pixels.'],
    [long / short > 3.01, 'The shape of the video is not between 1:3 and 3:1.'],
    [refusedLate, 'The video could not be processed.'],
  ];
  const error = checks.find(([broken]) => broken)?.[1];
  return { contentType, width, height, ...(error !== undefined && { error }) };
}
