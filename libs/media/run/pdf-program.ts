/**
 * The program that meets untrusted PDFs, as the text that a process of its own is given: it has this process's pdfium and
 * nothing else of it. Arguments: address of pdfium's module, path of the PDF, and to draw its first page also the path of the
 * picture and the pixels of its longer side. Prints one line of JSON: {@link PdfAnswer}.
 *
 * What it reads of pdfium beside the published methods: how many programs a document holds, and why it was not opened
 * (https://pdfium.googlesource.com/pdfium/+/main/public/fpdf_javascript.h, .../fpdfview.h).
 */
export const PDF_PROGRAM = `
import { readFileSync, writeFileSync } from 'node:fs';
const [module, path, output, side] = process.argv.slice(1);
const { PDFiumLibrary } = await import(module);
const library = await PDFiumLibrary.init();
const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\\n');
let document;
try {
  document = await library.loadDocument(readFileSync(path));
} catch {
  say({ error: library.module._FPDF_GetLastError() });
}
if (document) {
  const pages = document.getPageCount();
  const scripts = library.module._FPDFDoc_GetJavaScriptActionCount(document.documentIdx);
  let page;
  try {
    page = document.getPage(0);
  } catch {
    page = undefined;
  }
  const { originalWidth: width, originalHeight: height } = page ? page.getOriginalSize() : { originalWidth: 0, originalHeight: 0 };
  const drawable = width > 0 && height > 0;
  if (output && drawable) {
    const scale = Number(side) / Math.max(width, height);
    const wanted = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const picture = await page.render({ ...wanted, render: 'bitmap' });
    writeFileSync(output, picture.data);
    say({ pages, scripts, page: { width, height }, picture: { width: picture.width, height: picture.height } });
  } else {
    say({ pages, scripts, ...(drawable && { page: { width, height } }) });
  }
}
`;

/** What the program says of a PDF. */
export type PdfAnswer =
  | {
      pages: number;
      /** Programs of the document as a whole; -1 where that cannot be said. */
      scripts: number;
      /** The first page in points, 72 to the inch; left out where it cannot be drawn. */
      page?: PageSize;
      /** What was drawn, in pixels of four bytes: blue, green, red, and one for seeing through. */
      picture?: PageSize;
    }
  /** One of `FPDF_ERR_…` in fpdfview.h. */
  | { error: number };

export interface PageSize {
  width: number;
  height: number;
}
