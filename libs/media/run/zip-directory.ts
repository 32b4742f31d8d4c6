import { type FileHandle } from 'node:fs/promises';

/** One part of an archive, as its directory lists it. */
export interface ZipEntry {
  name: string;
  /** Bytes in the archive, and unpacked. */
  packed: number;
  unpacked: number;
  encrypted: boolean;
  /** Where it lies. */
  offset: number;
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.16 and 4.3.12 */
const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const ENCRYPTED = 1;
/** A document of a thousand pages has some thousand parts. */
const MAX_ENTRIES = 20_000;
const MAX_DIRECTORY = 8 * 1024 * 1024;

/**
 * The directory of an archive, read from its end and never unpacked. Undefined where the file does not end as an archive,
 * where something lies between its parts and its directory, or where it lists more than any document has.
 */
export async function readDirectory(handle: FileHandle, bytes: number): Promise<ZipEntry[] | undefined> {
  const end = await readEnd(handle, bytes);
  if (!end || end.count > MAX_ENTRIES || end.length > MAX_DIRECTORY) return undefined;
  if (end.start + end.length !== end.at) return undefined;
  const directory = await bytesAt(handle, end.start, end.length);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < end.count) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      encrypted: (directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      offset: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + name + extra + comment;
  }
  return entries;
}

interface End {
  at: number;
  count: number;
  start: number;
  length: number;
}

/** Whether a file ends as an archive does, whatever it begins with. */
export async function endsAsArchive(handle: FileHandle, bytes: number): Promise<boolean> {
  return (await readEnd(handle, bytes)) !== undefined;
}

async function readEnd(handle: FileHandle, bytes: number): Promise<End | undefined> {
  const from = Math.max(0, bytes - END_BYTES - COMMENT_MAX);
  const tail = await bytesAt(handle, from, bytes - from);
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    return {
      at: from + at,
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      start: tail.readUInt32LE(at + 16),
    };
  }
  return undefined;
}

/** As many of the wanted bytes as there are. */
export async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
