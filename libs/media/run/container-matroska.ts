import { damagedVideo, PROBE_LIMITS, tooComplex, tooManyTracks } from './probe-limits.js';
import { type FileReader } from './reader.js';

/** Ids of RFC 9559, with their leading mark. */
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;

/** More elements than that beside each other no honest file has. */
const MAX_ELEMENTS = 200_000;

interface Element {
  id: number;
  /** Offset of its content, and of its end; Infinity where its size is left open, as in a recording of a browser. */
  start: number;
  end: number;
}

/**
 * Walks through the elements of a Matroska or WebM file in bounded memory. Throws {@link UnacceptableMediaError} for one
 * that ends early, claims sizes that it has not, or has more tracks than a video needs.
 */
export async function inspectMatroska(reader: FileReader): Promise<void> {
  const header = await elementAt(reader, 0);
  if (header?.id !== EBML || header.end > reader.size) throw damagedVideo();
  const segment = await elementAt(reader, header.end);
  if (segment?.id !== SEGMENT) throw damagedVideo();
  const end = Math.min(segment.end, reader.size);
  if (Number.isFinite(segment.end) && segment.end > reader.size) throw damagedVideo();
  let tracks = 0;
  for await (const element of elements(reader, segment.start, end)) {
    if (element.id === TRACKS) tracks += await countTracks(reader, element);
  }
  if (tracks === 0) throw damagedVideo();
}

async function countTracks(reader: FileReader, list: Element): Promise<number> {
  if (list.end - list.start > PROBE_LIMITS.indexBytes) throw tooComplex();
  let tracks = 0;
  for await (const { id } of elements(reader, list.start, list.end)) {
    if (id === TRACK_ENTRY) tracks += 1;
    if (tracks > PROBE_LIMITS.tracks) throw tooManyTracks();
  }
  return tracks;
}

/** The elements beside each other, as far as their ends are known. */
async function* elements(reader: FileReader, from: number, end: number): AsyncGenerator<Element> {
  let position = from;
  for (let seen = 0; position < end; seen += 1) {
    if (seen > MAX_ELEMENTS) throw tooComplex();
    const element = await elementAt(reader, position);
    if (element === undefined) throw damagedVideo();
    yield element;
    if (element.end === Infinity) return;
    if (element.end > end) throw damagedVideo();
    position = element.end;
  }
}

async function elementAt(reader: FileReader, position: number): Promise<Element | undefined> {
  const head = await reader.at(position, 12);
  const idLength = Math.clz32(head[0] ?? 0) - 23;
  if (head.length < 2 || idLength < 1 || idLength > 4 || head.length <= idLength) return undefined;
  const sizeLength = Math.clz32(head[idLength] ?? 0) - 23;
  if (sizeLength < 1 || sizeLength > 8 || head.length < idLength + sizeLength) return undefined;
  const bytes = head.subarray(idLength, idLength + sizeLength);
  const mark = 0x100 >> sizeLength;
  const open = (bytes[0] ?? 0) === 0xff >> (sizeLength - 1) && bytes.subarray(1).every((byte) => byte === 0xff);
  const size = bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, (bytes[0] ?? 0) & (mark - 1));
  const start = position + idLength + sizeLength;
  return { id: head.readUIntBE(0, idLength), start, end: open ? Infinity : start + size };
}
