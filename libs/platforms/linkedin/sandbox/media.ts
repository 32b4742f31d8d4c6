import { readSandboxImage, readSandboxVideo, REFUSED_LATE } from '#platforms/core';

const MEGABYTE = 1_000_000;
const MAX_PIXELS = 36_152_320;
const MAX_FRAMES = 250;

/** What a file is, and why it cannot be worked on. */
export interface Judged {
  contentType: string;
  problem?: string;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api */
export function judgeImage(bytes: Uint8Array): Judged {
  const image = readSandboxImage(bytes);
  if (!image || image.contentType === 'image/webp')
    return { contentType: 'application/octet-stream', problem: 'UNSUPPORTED_FORMAT' };
  const { contentType, width, height } = image;
  if (width * height >= MAX_PIXELS) return { contentType, problem: 'TOO_MANY_PIXELS' };
  if (contentType === 'image/gif' && framesOf(bytes) > MAX_FRAMES) return { contentType, problem: 'TOO_MANY_FRAMES' };
  return { contentType };
}

/** Each picture of a GIF begins with an image descriptor behind a control extension of four bytes. GIF89a, sections 20 and 23. */
function framesOf(bytes: Uint8Array): number {
  let frames = 0;
  for (let at = 0; at + 8 < bytes.length; at += 1) {
    const isControl = bytes[at] === 0x21 && bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0;
    if (isControl) frames += 1;
  }
  return frames;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
export function judgeVideo(bytes: Uint8Array): Judged {
  const contentType = 'video/mp4';
  const video = readSandboxVideo(bytes);
  if (!video || video.contentType !== contentType) return { contentType, problem: 'UNSUPPORTED_FORMAT' };
  const aspect = video.width / video.height;
  const checks: readonly [boolean, string][] = [
    [bytes.length < 75_000 || bytes.length > 500 * MEGABYTE, 'FILE_SIZE'],
    [video.durationMs < 3_000 || video.durationMs > 30 * 60_000, 'DURATION'],
    [!/^(avc1|hvc1|hev1|vp09)$/.test(video.codec), 'CODEC'],
    [aspect < 1 / 2.41 || aspect > 2.41, 'ASPECT_RATIO'],
    [video.frameRate > 60.5, 'FRAME_RATE'],
    [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(REFUSED_LATE), 'TRANSCODING'],
  ];
  const problem = checks.find(([broken]) => broken)?.[1];
  return { contentType, ...(problem !== undefined && { problem }) };
}

/** By the first bytes. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api */
export function judgeDocument(bytes: Uint8Array): Judged {
  const contentType = documentTypeOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (contentType === undefined) return { contentType: 'application/octet-stream', problem: 'UNSUPPORTED_FORMAT' };
  const tooLarge = bytes.length > 100 * MEGABYTE;
  return { contentType, ...(tooLarge && { problem: 'FILE_SIZE' }) };
}

function documentTypeOf(file: Buffer): string | undefined {
  const head = file.toString('latin1', 0, 5);
  if (head === '%PDF-') return 'application/pdf';
  // Word and PowerPoint of before 2007: https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb
  if (file.length > 8 && file.readUInt32BE(0) === 0xd0cf11e0) return 'application/msword';
  const office = 'application/vnd.openxmlformats-officedocument';
  if (!head.startsWith('PK')) return undefined;
  if (file.includes('word/')) return `${office}.wordprocessingml.document`;
  return file.includes('ppt/') ? `${office}.presentationml.presentation` : undefined;
}
