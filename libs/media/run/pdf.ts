import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type DocumentFacts } from '../plan/facts.js';
import { damagedDocument, holdsPrograms, locked, tooComplexDocument } from './document-refusals.js';
import { Budget } from './engine.js';
import { GuardedError, runGuarded } from './guarded.js';
import { type PageSize, PDF_PROGRAM, type PdfAnswer } from './pdf-program.js';

/** What pdfium may take of memory, in pages of 64 KiB: 768 MiB. It holds the file, and what it makes of one page. */
const WASM_PAGES = 12_288;
const HEAP_MEGABYTES = 128;
/** WebAssembly reserves 10 GiB of addresses for the memory that is bounded above, without using them. */
const ADDRESSES = 16 * 1024 ** 3;
const COUNTING = { timeMs: 30_000, memoryBytes: ADDRESSES, fileBytes: 0, outputBytes: 64 * 1024 };
/** The picture lies in a file as it is in memory: four bytes a pixel. */
const DRAWING = { ...COUNTING, fileBytes: 64 * 1024 * 1024 };

const PASSWORD = 4;
const SECURITY = 5;

/**
 * Counts the pages of a PDF and measures the first, in a process of its own that is bounded in time and memory.
 * @throws UnacceptableMediaError for one that is damaged, protected by a password, takes too much, or holds programs
 */
export async function readPdf(path: string, signal?: AbortSignal): Promise<Pick<DocumentFacts, 'pages' | 'page'>> {
  const answer = await counted(path, signal);
  if ('error' in answer) throw answer.error === PASSWORD || answer.error === SECURITY ? locked() : damagedDocument();
  if (answer.pages < 1) throw damagedDocument();
  if (answer.scripts !== 0) throw holdsPrograms('JavaScript');
  return { pages: answer.pages, ...(answer.page && { page: answer.page }) };
}

async function counted(path: string, signal?: AbortSignal): Promise<PdfAnswer> {
  try {
    return await ask([path], COUNTING, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof GuardedError)) throw error;
    throw error.end === 'exit' ? damagedDocument(error) : tooComplexDocument(error);
  }
}

/**
 * Draws the first page into a file, as bytes of its pixels. Undefined where there is nothing to draw.
 * @param side pixels of the longer side
 * @throws GuardedError where that takes too much
 */
export async function drawPdf(
  path: string,
  output: string,
  side: number,
  signal?: AbortSignal,
): Promise<PageSize | undefined> {
  const answer = await ask([path, output, String(side)], DRAWING, signal);
  return 'error' in answer ? undefined : answer.picture;
}

/** Each takes a processor, and memory as above. */
const processes = new Budget(2);

let module: string | undefined;

async function ask(args: readonly string[], bounds: typeof COUNTING, signal?: AbortSignal): Promise<PdfAnswer> {
  module ??= pathToFileURL(createRequire(import.meta.url).resolve('@hyzyla/pdfium')).href;
  const address = module;
  const run = () =>
    runGuarded(process.execPath, {
      args: [
        ...[`--wasm-max-mem-pages=${WASM_PAGES}`, `--max-old-space-size=${HEAP_MEGABYTES}`],
        ...['--input-type=module', '--eval', PDF_PROGRAM, '--', address, ...args],
      ],
      bounds,
      ...(signal && { signal }),
    });
  const { stdout } = await processes.run(1, run);
  return JSON.parse(stdout) as PdfAnswer;
}
