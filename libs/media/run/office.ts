import { type FileHandle, open } from 'node:fs/promises';
import { type DocumentFacts } from '../plan/facts.js';
import { damagedDocument, holdsPrograms, locked, tooComplexDocument } from './document-refusals.js';
import { readCompound } from './office-compound.js';
import { readDirectory, type ZipEntry } from './zip-directory.js';

/** Documents of Office by their MIME type. */
export const OFFICE_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  ppt: 'application/vnd.ms-powerpoint',
} as const;

/** Unpacked; a presentation full of films stays below. */
const MAX_UNPACKED = 2_000_000_000;
/** What text compresses to at best, many times over; a file that unpacks to more is made to do harm. */
const MAX_RATIO = 500;
const SMALL = 50_000_000;

/**
 * What an archive is as a document: by the parts that it lists, without unpacking any. Undefined where it is none of ours.
 * @throws UnacceptableMediaError for one that is damaged, encrypted, holds macros, or unpacks to far more than it is
 */
export async function readArchive(
  path: string,
  bytes: number,
): Promise<Pick<DocumentFacts, 'contentType' | 'pages'> | undefined> {
  return reading(path, async (handle) => {
    const entries = await readDirectory(handle, bytes);
    if (entries === undefined) return undefined;
    if (!entries.some(({ name }) => name === '[Content_Types].xml')) return undefined;
    const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
    const word = has(/^word\/document\d*\.xml$/i);
    const slides = has(/^ppt\/presentation\d*\.xml$/i);
    if (word === slides) return undefined;
    requireHarmless(entries, bytes);
    if (has(/(^|\/)vbaProject\.bin$/i)) throw holdsPrograms('macros');
    if (word) return { contentType: OFFICE_TYPES.docx };
    const pages = entries.filter(({ name }) => /^ppt\/slides\/slide\d+\.xml$/i.test(name)).length;
    return { contentType: OFFICE_TYPES.pptx, ...(pages > 0 && { pages }) };
  });
}

function requireHarmless(entries: readonly ZipEntry[], bytes: number): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  const places = new Set(entries.map(({ offset }) => offset));
  // Parts that lie on one another unpack to more than the file looks like.
  if (places.size < entries.length || packed > bytes) throw tooComplexDocument();
  if (unpacked > MAX_UNPACKED || (unpacked > SMALL && unpacked > MAX_RATIO * bytes)) throw tooComplexDocument();
  if (entries.some(({ encrypted }) => encrypted)) throw locked();
}

/** The same of a file in the format of Office before 2007. */
export async function readOldOffice(path: string): Promise<Pick<DocumentFacts, 'contentType'> | undefined> {
  return reading(path, async (handle) => {
    const compound = await readCompound(handle);
    if (!compound) throw damagedDocument();
    const has = (name: string) => compound.names.has(name);
    if (has('EncryptedPackage') || has('EncryptedSummary') || compound.wordIsEncrypted) throw locked();
    const word = has('WordDocument');
    if (word === has('PowerPoint Document')) return undefined;
    if (has('VBA') || has('Macros') || has('_VBA_PROJECT') || has('_VBA_PROJECT_CUR')) throw holdsPrograms('macros');
    return { contentType: word ? OFFICE_TYPES.doc : OFFICE_TYPES.ppt };
  });
}

async function reading<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path);
  try {
    return await read(handle);
  } finally {
    await handle.close();
  }
}
