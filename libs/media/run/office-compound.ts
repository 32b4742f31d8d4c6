import { type FileHandle } from 'node:fs/promises';
import { bytesAt } from './zip-directory.js';

/** What a compound file (Office before 2007) lists in its directory. */
export interface Compound {
  names: ReadonlySet<string>;
  /** The document of Word says that it is encrypted. */
  wordIsEncrypted: boolean;
}

/** https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb sections 2.2 to 2.6 */
const MAGIC = 'd0cf11e0a1b11ae1';
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const MAX_REGULAR = 0xfffffffa;
/** Sectors of the directory: of 512 bytes, four entries each. A document has some dozens of entries. */
const MAX_SECTORS = 4_096;

/** https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-doc: FibBase, fEncrypted. */
const FIB_FLAGS = 10;
const FIB_ENCRYPTED = 0x0100;

/** Reads the directory of a compound file. Undefined where it is none, or damaged. */
export async function readCompound(handle: FileHandle): Promise<Compound | undefined> {
  const header = await bytesAt(handle, 0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('hex', 0, 8) !== MAGIC) return undefined;
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return undefined;
  const size = 1 << shift;
  const sectorAt = (sector: number) => bytesAt(handle, (sector + 1) * size, size);
  const names = new Set<string>();
  let wordIsEncrypted = false;
  let sector = header.readUInt32LE(48);
  for (let read = 0; sector < MAX_REGULAR; read += 1) {
    if (read >= MAX_SECTORS) return undefined;
    const part = await sectorAt(sector);
    if (part.length < size) return undefined;
    for (let at = 0; at < size; at += ENTRY_BYTES) {
      const entry = entryAt(part, at);
      if (!entry) continue;
      names.add(entry.name);
      if (entry.name === 'WordDocument') {
        const fib = await bytesAt(handle, (entry.start + 1) * size, FIB_FLAGS + 2);
        wordIsEncrypted = fib.length === FIB_FLAGS + 2 && (fib.readUInt16LE(FIB_FLAGS) & FIB_ENCRYPTED) !== 0;
      }
    }
    const next = await follow(header, sector, size, sectorAt);
    if (next === undefined) return undefined;
    sector = next;
  }
  return { names, wordIsEncrypted };
}

function entryAt(part: Buffer, at: number): { name: string; start: number } | undefined {
  const length = part.readUInt16LE(at + 64);
  if (length < 2 || length > 64) return undefined;
  return { name: part.toString('utf16le', at, at + length - 2), start: part.readUInt32LE(at + 116) };
}

/** The sector after this one, by the table of sectors; the first 109 parts of that table are named in the header. */
async function follow(
  header: Buffer,
  sector: number,
  size: number,
  sectorAt: (sector: number) => Promise<Buffer>,
): Promise<number | undefined> {
  const each = size / 4;
  const part = Math.floor(sector / each);
  if (part >= 109) return undefined;
  const table = await sectorAt(header.readUInt32LE(76 + part * 4));
  const at = (sector % each) * 4;
  return table.length >= at + 4 ? table.readUInt32LE(at) : undefined;
}
