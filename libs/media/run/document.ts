import { open } from 'node:fs/promises';
import { type DocumentFacts } from '../plan/facts.js';
import { damagedDocument } from './document-refusals.js';
import { readArchive, readOldOffice } from './office.js';
import { readPdf } from './pdf.js';
import { PROBE_LIMITS, refuse, tooManyBytes } from './probe-limits.js';
import { bytesAt, endsAsArchive } from './zip-directory.js';

const PDF = 'application/pdf';

/** What a file begins as, that may be a document. */
export type DocumentShape = 'pdf' | 'archive' | 'compound';

/** Readers of PDF look for its end mark in the last kilobyte; some files carry a few lines behind it. */
const PDF_END = 4096;
/** Some readers take a file for a PDF whose mark is anywhere in so many bytes. */
const PDF_START = 1024;

const SIGNATURES: readonly [DocumentShape, Buffer][] = [
  ['pdf', Buffer.from('%PDF-', 'latin1')],
  ['archive', Buffer.from('504b0304', 'hex')],
  ['compound', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
];

/** What a file begins as. Undefined where it is surely no document. */
export async function documentShape(path: string): Promise<DocumentShape | undefined> {
  const handle = await open(path);
  try {
    const start = await bytesAt(handle, 0, 8);
    return SIGNATURES.find(([, signature]) => start.subarray(0, signature.length).equals(signature))?.[0];
  } finally {
    await handle.close();
  }
}

/**
 * Finds out what a document is, by its content: nothing is unpacked, and what has to be read into is read in a process of its
 * own. Undefined where it is none that `accepted` names.
 * @throws UnacceptableMediaError with why it cannot go out
 */
export async function probeDocument(
  path: string,
  shape: DocumentShape,
  { bytes, accepted, signal }: { bytes: number; accepted: readonly string[]; signal?: AbortSignal | undefined },
): Promise<DocumentFacts | undefined> {
  if (accepted.length === 0 || (shape === 'pdf' && !accepted.includes(PDF))) return undefined;
  if (bytes > PROBE_LIMITS.documentBytes) throw tooManyBytes('document', bytes, PROBE_LIMITS.documentBytes);
  const document = await contentOf(path, shape, bytes, signal);
  if (!document || !accepted.includes(document.contentType)) return undefined;
  return { kind: 'document', width: 0, height: 0, bytes, ...document };
}

async function contentOf(
  path: string,
  shape: DocumentShape,
  bytes: number,
  signal: AbortSignal | undefined,
): Promise<Pick<DocumentFacts, 'contentType' | 'pages' | 'page'> | undefined> {
  switch (shape) {
    case 'pdf':
      await requireOneFile(path, bytes);
      return { contentType: PDF, ...(await readPdf(path, signal)) };
    case 'archive': {
      const document = await readArchive(path, bytes);
      if (document && (await saysPdf(path))) throw twoFiles();
      return document;
    }
    case 'compound':
      return readOldOffice(path);
  }
}

/** What a network takes for something else than people see is not published. */
async function requireOneFile(path: string, bytes: number): Promise<void> {
  const handle = await open(path);
  try {
    const end = await bytesAt(handle, Math.max(0, bytes - PDF_END), PDF_END);
    if (await endsAsArchive(handle, bytes)) throw twoFiles();
    if (!end.includes('%%EOF')) throw damagedDocument();
  } finally {
    await handle.close();
  }
}

async function saysPdf(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    return (await bytesAt(handle, 0, PDF_START)).includes('%PDF-');
  } finally {
    await handle.close();
  }
}

const twoFiles = () =>
  refuse(
    'media.two-files-in-one',
    'The file is a document and an archive at the same time: programs would not agree on what it shows.',
    'Open the original, export it again, and upload that.',
  );
