import { readSandboxVideo, REFUSED_LATE, type SandboxVideo } from '#platforms/core';

/**
 * What is kept of a file while it arrives in parts: all of its boxes but the picture and the sound, which may be larger than
 * memory. ISO/IEC 14496-12, 4.2.
 */
export type Skeleton = {
  /** The boxes so far, base64; of what is left out there is an empty one. */
  kept: string;
  /** The beginning of a box whose head has not arrived as a whole, base64. */
  head: string;
  /** How many bytes of the present box are still to come. */
  inside: number;
  keeping: boolean;
};

/** No description of a film is larger. */
const MOST_KEPT = 32 * 1024 * 1024;

export const emptySkeleton = (): Skeleton => ({ kept: '', head: '', inside: 0, keeping: false });

/** Reads on in a file. */
export function readOn(before: Skeleton, part: Uint8Array): Skeleton {
  const kept: Buffer[] = [Buffer.from(before.kept, 'base64')];
  let head = Buffer.from(before.head, 'base64');
  let { inside, keeping } = before;
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (inside > 0) {
      const end = Math.min(bytes.length, at + inside);
      if (keeping) kept.push(bytes.subarray(at, end));
      inside -= end - at;
      at = end;
      continue;
    }
    const wanted = head.length >= 8 && head.readUInt32BE(0) === 1 ? 16 : 8;
    const end = Math.min(bytes.length, at + wanted - head.length);
    head = Buffer.concat([head, bytes.subarray(at, end)]);
    at = end;
    const box = headOf(head);
    if (!box) continue;
    ({ inside, keeping } = box);
    kept.push(keeping ? head : emptyBox(head));
    head = Buffer.alloc(0);
  }
  return { kept: Buffer.concat(kept).toString('base64'), head: head.toString('base64'), inside, keeping };
}

/** What the file is; undefined where it is no video. */
export function videoIn({ kept, head, inside }: Skeleton): (SandboxVideo & { refusedLate: boolean }) | undefined {
  // A last box that ends nowhere goes to the end of the file; any other that lacks bytes was cut off.
  if (head !== '' || (inside > 0 && inside !== Number.MAX_SAFE_INTEGER)) return undefined;
  const bytes = Buffer.from(kept, 'base64');
  const video = readSandboxVideo(bytes);
  return video && { ...video, refusedLate: bytes.includes(REFUSED_LATE) };
}

function headOf(head: Buffer): Pick<Skeleton, 'inside' | 'keeping'> | undefined {
  if (head.length < 8) return undefined;
  const size = head.readUInt32BE(0);
  if (size === 1 && head.length < 16) return undefined;
  const whole = size === 1 ? Number(head.readBigUInt64BE(8)) : size;
  const type = head.toString('latin1', 4, 8);
  const inside = size === 0 ? Number.MAX_SAFE_INTEGER : Math.max(0, whole - head.length);
  return { inside, keeping: type !== 'mdat' && inside <= MOST_KEPT };
}

function emptyBox(head: Buffer): Buffer {
  const box = Buffer.from(head.subarray(0, 8));
  box.writeUInt32BE(8, 0);
  return box;
}
