import { readSandboxVideo, type SandboxFile } from '#platforms/core';
import { GraphRefusal, pullFile, readSandboxImage } from '#platforms/meta/sandbox';
import { type File, type State } from './state.js';

const MEGABYTE = 1_000_000;
const MAX_IMAGE = 8 * MEGABYTE;
const MAX_VIDEO = 1_000 * MEGABYTE;
const MAX_BIT_RATE = 100 * MEGABYTE;

/** What was fetched, and why it will be refused once it is processed. */
export interface Fetched {
  file: File;
  error?: string;
}

/**
 * An image is fetched and looked at while its container is made.
 * https://developers.facebook.com/documentation/threads/posts#image-specifications
 */
export async function fetchImage(state: State, url: string, altText: string | undefined): Promise<Fetched> {
  const pulled = await pullFile(state.world, url);
  if ('problem' in pulled) {
    throw new GraphRefusal({
      code: 1,
      subcode: 2207052,
      message: 'Media download has failed. The media URI does not meet our requirements.',
      user: {
        title: 'Media download has failed',
        message: `The media could not be fetched from this URI. ${pulled.problem}`,
      },
    });
  }
  const { file } = pulled;
  const image = readSandboxImage(file);
  if (!image || !['image/jpeg', 'image/png'].includes(image.contentType)) {
    throw refused(36_001, 2207005, 'The image format is not supported. Supported formats are JPEG and PNG.');
  }
  if (file.bytes > MAX_IMAGE)
    throw refused(36_000, 2207004, 'The image is too large to download. It should be less than 8 MB.');
  const { width, height } = image;
  if (Math.max(width, height) > 10 * Math.min(width, height)) {
    throw refused(36_003, 2207009, `The aspect ratio of the image is not supported: ${width}:${height}.`);
  }
  return { file: kept(state, file, image.contentType, altText) };
}

/**
 * A video is fetched at leisure: whatever is wrong with it shows in the container, in the words of
 * https://developers.facebook.com/documentation/threads/troubleshooting
 */
export async function fetchVideo(state: State, url: string, altText: string | undefined): Promise<Fetched> {
  const pulled = await pullFile(state.world, url);
  const nothing = { contentType: 'video/mp4', bytes: 0, digest: '' };
  if ('problem' in pulled) return { file: nothing, error: 'FAILED_DOWNLOADING_VIDEO' };
  const error = videoError(pulled.file);
  const contentType = readSandboxVideo(pulled.file)?.contentType ?? 'video/mp4';
  return { file: kept(state, pulled.file, contentType, altText), ...(error !== undefined && { error }) };
}

function videoError(file: SandboxFile): string | undefined {
  const video = readSandboxVideo(file);
  if (!video) return 'FAILED_PROCESSING_VIDEO';
  const { width, height, durationMs, frameRate, codec, audioCodec } = video;
  const aspect = width / height;
  const checks: readonly [boolean, string][] = [
    [file.bytes > MAX_VIDEO || width > 1_920, 'FAILED_PROCESSING_VIDEO'],
    [!/^(avc1|hvc1|hev1)$/.test(codec), 'FAILED_PROCESSING_VIDEO'],
    [audioCodec !== undefined && audioCodec !== 'mp4a', 'FAILED_PROCESSING_AUDIO'],
    [aspect < 0.01 || aspect > 10, 'INVALID_ASPEC_RATIO'],
    [durationMs > 300_000, 'INVALID_DURATION'],
    [frameRate < 22.9 || frameRate > 60.5, 'INVALID_FRAME_RATE'],
    [(file.bytes * 8_000) / durationMs > MAX_BIT_RATE, 'INVALID_BIT_RATE'],
    [video.refusedLate, 'FAILED_PROCESSING_VIDEO'],
  ];
  return checks.find(([broken]) => broken)?.[1];
}

function kept(state: State, file: SandboxFile, contentType: string, altText: string | undefined): File {
  const digest = state.world.keep(file, contentType);
  return { contentType, bytes: file.bytes, digest, ...(altText !== undefined && { altText }) };
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes */
function refused(code: number, subcode: number, message: string): GraphRefusal {
  return new GraphRefusal({ code, subcode, message, user: { title: 'Image refused', message } });
}
