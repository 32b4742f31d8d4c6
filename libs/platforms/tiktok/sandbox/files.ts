import { readSandboxVideo, REFUSED_LATE, type SandboxVideo } from '#platforms/core';
import { type Person } from './state.js';

const EBML = [0x1a, 0x45, 0xdf, 0xa3];

/**
 * What is wrong with a video, by its beginning: a `fail_reason`. Undefined where nothing is, or where it does not tell, as in a
 * file whose index stands behind its pictures. https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export function problemIn(head: Uint8Array, isWhole: boolean, { maxSeconds }: Person): string | undefined {
  if (EBML.every((byte, index) => head[index] === byte)) return undefined;
  const video = readSandboxVideo(isWhole ? head : upToIndex(head));
  if (!video) return isWhole || !isMp4(head) ? 'file_format_check_failed' : undefined;
  if (!isSized(video)) return 'picture_size_check_failed';
  if (video.frameRate < 22.5 || video.frameRate > 60.5) return 'frame_rate_check_failed';
  return video.durationMs > maxSeconds * 1_000 ? 'duration_check_failed' : undefined;
}

/** Whether a part holds the words by which a file is refused when it is processed. */
export function isRefusedLate(part: Uint8Array): boolean {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes(REFUSED_LATE);
}

function isSized({ width, height }: SandboxVideo): boolean {
  return [width, height].every((side) => side >= 360 && side <= 4_096);
}

function isMp4(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(4, 8)).toString('latin1') === 'ftyp';
}

/** The boxes up to the index, with an empty one for the pictures: as much of a long file as has to be known. */
function upToIndex(head: Uint8Array): Uint8Array {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    const isIndex = bytes.toString('latin1', at + 4, at + 8) === 'moov';
    if (size < 8 || at + size > bytes.length) break;
    at += size;
    if (isIndex) return Buffer.concat([bytes.subarray(0, at), Buffer.from([0, 0, 0, 8]), Buffer.from('mdat')]);
  }
  return new Uint8Array();
}
