import { readSandboxVideo, REFUSED_LATE, type SandboxFile, type SandboxVideo } from '#platforms/core';
import { type Person } from './state.js';

const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

/** So much of a WebM file is looked at, in bytes. */
const HEAD_BYTES = 1024 * 1024;

/**
 * What is wrong with a video: a `fail_reason`. Undefined where nothing is, or where it does not tell, as in a WebM file.
 * https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export function problemIn(file: SandboxFile, { maxSeconds }: Person): string | undefined {
  const head = file.read(0, HEAD_BYTES);
  const isWebm = head.subarray(0, EBML.length).equals(EBML);
  if (isWebm) return head.includes(REFUSED_LATE) ? 'file_format_check_failed' : undefined;
  const video = readSandboxVideo(file);
  if (!video || video.refusedLate) return 'file_format_check_failed';
  if (!isSized(video)) return 'picture_size_check_failed';
  if (video.frameRate < 22.5 || video.frameRate > 60.5) return 'frame_rate_check_failed';
  return video.durationMs > maxSeconds * 1_000 ? 'duration_check_failed' : undefined;
}

function isSized({ width, height }: SandboxVideo): boolean {
  return [width, height].every((side) => side >= 360 && side <= 4_096);
}
