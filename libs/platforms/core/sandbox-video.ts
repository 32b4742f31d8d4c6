import { type SandboxFile } from './sandbox.js';

/** What a practice network reads of a video, by its own eyes: the boxes of the file and nothing that an upload says of it. */
export interface SandboxVideo {
  contentType: 'video/mp4' | 'video/quicktime';
  /** Pixels, as displayed. */
  width: number;
  height: number;
  durationMs: number;
  /** Four characters: `avc1`, `hvc1`, `hev1`. */
  codec: string;
  /** The same of its sound: `mp4a`. Left out = silent. */
  audioCodec?: string;
  /** Frames a second, on average. */
  frameRate: number;
  /** It holds `REFUSED_LATE`. */
  refusedLate: boolean;
}

/** A video that holds these words looks well when it is uploaded, and is refused when it is processed. */
export const REFUSED_LATE = 'clickpost: refuse when processed';

/** No description of a film is larger, in bytes. */
const MAX_OUTLINE_BYTES = 32 * 1024 * 1024;

interface Box {
  type: string;
  content: Buffer;
}

/**
 * The outline of an MP4 or MOV file that may be larger than memory: its boxes, with an empty one for picture and sound
 * (`mdat`) and for whatever else is too large to describe them. Empty where the file is neither, or is cut off. ISO/IEC 14496-12, 4.2.
 */
export function videoOutline(file: Pick<SandboxFile, 'bytes' | 'read'>): Buffer {
  const { bytes } = file;
  const outline: Buffer[] = [];
  let room = MAX_OUTLINE_BYTES;
  for (let at = 0; at + 8 <= bytes;) {
    const head = headOf(file.read(at, at + 16), bytes - at);
    if (!head || (at === 0 && head.type !== 'ftyp')) return Buffer.alloc(0);
    const isKept = head.type !== 'mdat' && head.size <= room;
    const box = isKept ? file.read(at, at + head.size) : emptyBox(head.type);
    outline.push(box);
    room -= box.length;
    at += head.size;
  }
  return Buffer.concat(outline);
}

function emptyBox(type: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(type, 'latin1')]);
}

/** Reads the outline of an MP4 or MOV file. Undefined where it is none, or is cut off. ISO/IEC 14496-12. */
export function readSandboxVideo(file: Pick<SandboxFile, 'bytes' | 'read'>): SandboxVideo | undefined {
  try {
    const outline = videoOutline(file);
    const boxes = boxesOf(outline);
    const brand = boxes[0]?.type === 'ftyp' ? boxes[0].content.toString('latin1', 0, 4) : undefined;
    const movie = boxes.find(({ type }) => type === 'moov');
    if (brand === undefined || !movie || !boxes.some(({ type }) => type === 'mdat')) return undefined;
    const tracks = boxesOf(movie.content).filter(({ type }) => type === 'trak');
    const video = tracks.find((track) => handlerOf(track) === 'vide');
    if (!video) return undefined;
    const sound = tracks.find((track) => handlerOf(track) === 'soun');
    return {
      contentType: brand === 'qt  ' ? 'video/quicktime' : 'video/mp4',
      ...sizeOf(video),
      ...timesOf(video),
      codec: codecOf(video),
      ...(sound && { audioCodec: codecOf(sound) }),
      refusedLate: outline.includes(REFUSED_LATE),
    };
  } catch (error) {
    // A number or a box beyond the end: what is not whole is no video.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @throws RangeError where one goes beyond the end */
function boxesOf(content: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= content.length;) {
    const head = headOf(content.subarray(at), content.length - at);
    if (!head) throw new RangeError('A box goes beyond the end.');
    boxes.push({ type: head.type, content: content.subarray(at + head.length, at + head.size) });
    at += head.size;
  }
  return boxes;
}

/**
 * Reads the beginning of a box, of which there are 8 bytes at least. `length` is that of the head, `size` that of all.
 * @param left how many bytes there are to the end of what holds it
 */
function headOf(start: Buffer, left: number): { type: string; length: number; size: number } | undefined {
  const short = start.readUInt32BE(0);
  const length = short === 1 ? 16 : 8;
  if (start.length < length) return undefined;
  // 1 = the size is told behind the type, 0 = it goes to the end.
  const size = short === 1 ? Number(start.readBigUInt64BE(8)) : short === 0 ? left : short;
  if (size < length || size > left) return undefined;
  return { type: start.toString('latin1', 4, 8), length, size };
}

/** @throws RangeError where it is not there */
function within({ content }: Box, ...path: string[]): Box {
  return path.reduce<Box>(
    (box, type) => {
      const found = boxesOf(box.content).find((inner) => inner.type === type);
      if (!found) throw new RangeError(`There is no box "${type}".`);
      return found;
    },
    { type: '', content },
  );
}

const handlerOf = (track: Box): string => within(track, 'mdia', 'hdlr').content.toString('latin1', 8, 12);

/** The header of a track says how it is shown: in 16.16 pixels, turned by its matrix. */
function sizeOf(track: Box): { width: number; height: number } {
  const { content } = within(track, 'tkhd');
  const at = content.length - 8;
  const [width, height] = [content.readUInt32BE(at) >>> 16, content.readUInt32BE(at + 4) >>> 16];
  const turned = content.readInt32BE(at - 36) === 0 && content.readInt32BE(at - 32) !== 0;
  return turned ? { width: height, height: width } : { width, height };
}

function timesOf(track: Box): { durationMs: number; frameRate: number } {
  const { content } = within(track, 'mdia', 'mdhd');
  const long = content.readUInt8(0) === 1;
  const scale = content.readUInt32BE(long ? 20 : 12);
  const duration = long ? Number(content.readBigUInt64BE(24)) : content.readUInt32BE(16);
  const seconds = duration / scale;
  if (!(seconds > 0)) throw new RangeError('It has no duration.');
  return { durationMs: Math.round(seconds * 1_000), frameRate: framesOf(track) / seconds };
}

function framesOf(track: Box): number {
  const { content } = within(track, 'mdia', 'minf', 'stbl', 'stts');
  const entries = content.readUInt32BE(4);
  let frames = 0;
  for (let entry = 0; entry < entries; entry += 1) frames += content.readUInt32BE(8 + entry * 8);
  return frames;
}

const codecOf = (track: Box): string =>
  within(track, 'mdia', 'minf', 'stbl', 'stsd').content.toString('latin1', 12, 16);
