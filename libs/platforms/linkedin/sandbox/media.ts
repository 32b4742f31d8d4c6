import { holdsText, placesOf, readSandboxImage, readSandboxVideo, type SandboxFile } from '#platforms/core';

const MEGABYTE = 1_000_000;
const MAX_PIXELS = 36_152_320;
const MAX_FRAMES = 250;

/** What a file is, and why it cannot be worked on. */
export interface Judged {
  contentType: string;
  problem?: string;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api */
export function judgeImage(file: SandboxFile): Judged {
  const image = readSandboxImage(file);
  if (!image || image.contentType === 'image/webp')
    return { contentType: 'application/octet-stream', problem: 'UNSUPPORTED_FORMAT' };
  const { contentType, width, height } = image;
  if (width * height >= MAX_PIXELS) return { contentType, problem: 'TOO_MANY_PIXELS' };
  if (contentType === 'image/gif' && framesOf(file) > MAX_FRAMES) return { contentType, problem: 'TOO_MANY_FRAMES' };
  return { contentType };
}

/** Each picture of a GIF begins with an image descriptor behind a control extension of four bytes. GIF89a, sections 20 and 23. */
function framesOf(file: SandboxFile): number {
  let frames = 0;
  for (const at of placesOf(Buffer.from([0x21, 0xf9, 4]), file)) {
    if (file.read(at + 7, at + 8)[0] === 0) frames += 1;
    if (frames > MAX_FRAMES) break;
  }
  return frames;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
export function judgeVideo(file: SandboxFile): Judged {
  const contentType = 'video/mp4';
  const video = readSandboxVideo(file);
  if (!video || video.contentType !== contentType) return { contentType, problem: 'UNSUPPORTED_FORMAT' };
  const aspect = video.width / video.height;
  const checks: readonly [boolean, string][] = [
    [file.bytes < 75_000 || file.bytes > 500 * MEGABYTE, 'FILE_SIZE'],
    [video.durationMs < 3_000 || video.durationMs > 30 * 60_000, 'DURATION'],
    [!/^(avc1|hvc1|hev1|vp09)$/.test(video.codec), 'CODEC'],
    [aspect < 1 / 2.41 || aspect > 2.41, 'ASPECT_RATIO'],
    [video.frameRate > 60.5, 'FRAME_RATE'],
    [video.refusedLate, 'TRANSCODING'],
  ];
  const problem = checks.find(([broken]) => broken)?.[1];
  return { contentType, ...(problem !== undefined && { problem }) };
}

/** By the first bytes. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api */
export function judgeDocument(file: SandboxFile): Judged {
  const contentType = documentTypeOf(file);
  if (contentType === undefined) return { contentType: 'application/octet-stream', problem: 'UNSUPPORTED_FORMAT' };
  const tooLarge = file.bytes > 100 * MEGABYTE;
  return { contentType, ...(tooLarge && { problem: 'FILE_SIZE' }) };
}

function documentTypeOf(file: SandboxFile): string | undefined {
  const start = file.read(0, 9);
  const head = start.toString('latin1', 0, 5);
  if (head === '%PDF-') return 'application/pdf';
  // Word and PowerPoint of before 2007: https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb
  if (start.length > 8 && start.readUInt32BE(0) === 0xd0cf11e0) return 'application/msword';
  const office = 'application/vnd.openxmlformats-officedocument';
  if (!head.startsWith('PK')) return undefined;
  if (holdsText('word/', file)) return `${office}.wordprocessingml.document`;
  return holdsText('ppt/', file) ? `${office}.presentationml.presentation` : undefined;
}
