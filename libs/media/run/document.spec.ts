import { open, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { type DocumentFacts } from '../plan/facts.js';
import { planPage } from '../plan/page.js';
import { type PreviewWidth } from '../plan/preview.js';
import { Workbench } from '../testing/corpus.js';
import { compound, docx, lockedPdf, pdf, pdfBomb, pptx, zip } from '../testing/documents.js';
import { OFFICE_TYPES } from './office.js';
import { probeMedia } from './probe.js';
import { renderMedia } from './render-media.js';

const PDF = 'application/pdf';
const acceptedDocuments = [PDF, ...Object.values(OFFICE_TYPES)];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

const probe = async (content: Buffer, accepted = acceptedDocuments) =>
  (await probeMedia(await bench.file(content), { acceptedDocuments: accepted })) as DocumentFacts;

const WORD = ['Root Entry', 'WordDocument', '1Table', 'CompObj', 'SummaryInformation'];
const SLIDES = ['Root Entry', 'Current User', 'PowerPoint Document'];
const scripts = '/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>';

describe('a document', () => {
  it.each<[string, () => Buffer, Partial<DocumentFacts>]>([
    ['a PDF', () => pdf({ pages: 3 }), { contentType: PDF, pages: 3, page: { width: 612, height: 792 } }],
    ['10,000 pages', () => pdf({ pages: 10_000 }), { contentType: PDF, pages: 10_000 }],
    ['a page of 100 m', () => pdf({ width: 283_465, height: 283_465 }), { page: { width: 283_465, height: 283_465 } }],
    ['a document of Word', () => docx(), { contentType: OFFICE_TYPES.docx }],
    ['a presentation', () => pptx(12), { contentType: OFFICE_TYPES.pptx, pages: 12 }],
    ['an old document of Word', () => compound(WORD), { contentType: OFFICE_TYPES.doc }],
    ['an old presentation', () => compound(SLIDES), { contentType: OFFICE_TYPES.ppt }],
  ])('is known by its content: %s', async (_, make, facts) => {
    const content = make();
    const found = await probe(content);
    expect(found).toMatchObject({ kind: 'document', width: 0, height: 0, bytes: content.length, ...facts });
    if (!('pages' in facts) && found.contentType !== PDF) expect(found.pages).toBeUndefined();
  });

  const bomb = () => docx({ name: 'word/media/image1.png', claims: 3_000_000_000 });
  const overlapping = () =>
    docx(...Array.from({ length: 300 }, (_, index) => ({ name: `word/media/${index}`, overlaps: true })));
  it.each<[string, () => Buffer, string]>([
    ['a PDF that is cut off', () => pdf({ pages: 50 }).subarray(0, 900), 'media.damaged'],
    ['the head and the end of a PDF', () => Buffer.from('%PDF-1.7\nnothing\n%%EOF\n'), 'media.damaged'],
    ['a PDF behind a password', lockedPdf, 'media.encrypted'],
    ['a PDF with a program', () => pdf({ catalogue: scripts }), 'media.holds-programs'],
    ['a PDF that is an archive too', () => Buffer.concat([pdf(), zip([{ name: 'a.txt' }])]), 'media.two-files-in-one'],
    ['an archive that is a PDF too', () => zip([{ name: 'a', content: pdf() }]), 'media.unsupported-content'],
    [
      'a document of Word that is a PDF too',
      () => zip([{ name: 'a', content: pdf() }, { name: '[Content_Types].xml' }, { name: 'word/document.xml' }]),
      'media.two-files-in-one',
    ],
    ['macros', () => docx({ name: 'word/vbaProject.bin' }), 'media.holds-programs'],
    ['macros in an old file', () => compound([...WORD, 'Macros', 'VBA']), 'media.holds-programs'],
    ['a document of Word behind a password', () => compound(['Root Entry', 'EncryptedPackage']), 'media.encrypted'],
    ['an old document behind a password', () => compound(WORD, { flags: 0x0100 }), 'media.encrypted'],
    ['an archive behind a password', () => docx({ name: 'word/styles.xml', encrypted: true }), 'media.encrypted'],
    ['a part that unpacks to 3 GB', bomb, 'media.too-complex'],
    ['parts that lie on one another', overlapping, 'media.too-complex'],
    ['an archive that is cut off', () => docx().subarray(0, 60), 'media.unsupported-content'],
    [
      'something before the archive',
      () => Buffer.concat([docx().subarray(0, 40), docx()]),
      'media.unsupported-content',
    ],
    ['a directory that never ends', () => compound(WORD, { loop: true }), 'media.damaged'],
    [
      'a spreadsheet',
      () => zip([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]),
      'media.unsupported-content',
    ],
    ['an old spreadsheet', () => compound(['Root Entry', 'Workbook']), 'media.unsupported-content'],
  ])('is refused: %s', async (_, make, rule) => {
    await expect(probe(make())).rejects.toMatchObject({ rule, remedy: expect.stringMatching(/[uU]pload/) });
  });

  it('is refused before it is read where it is larger than any network takes', async () => {
    const path = await bench.file(pdf());
    const file = await open(path, 'r+');
    await file.truncate(400_000_000);
    await file.close();
    await expect(probeMedia(path, { acceptedDocuments })).rejects.toMatchObject({ rule: 'media.too-many-bytes' });
  });

  it('has no picture where its first page unpacks to more than there is memory', async () => {
    const path = await bench.file(pdfBomb());
    const facts = (await probeMedia(path, { acceptedDocuments })) as DocumentFacts;
    const plan = planPage({ ...facts, page: { width: 612, height: 792 } }, 200);
    await expect(renderMedia(plan!, facts, path, bench.path('page'))).rejects.toMatchObject({
      rule: 'media.rendition-failed',
    });
    expect(facts.pages).toBe(1);
  });

  it('is refused where no network takes its type, with what is taken', async () => {
    await expect(probe(docx(), [PDF])).rejects.toMatchObject({ rule: 'media.unsupported-content' });
    await expect(probe(pdf(), [])).rejects.toMatchObject({ message: expect.stringContaining('neither an image nor') });
  });
});

describe('the first page', () => {
  const shown = async (content: Buffer, width: PreviewWidth) => {
    const input = await bench.file(content);
    const facts = (await probeMedia(input, { acceptedDocuments })) as DocumentFacts;
    const output = bench.path('page');
    const plan = planPage(facts, width);
    if (!plan) throw new Error('Nothing to show.');
    const made = await renderMedia(plan, facts, input, output);
    const { data } = await sharp(output)
      .resize(1, 1, { fit: 'fill' })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { facts: made.facts, colour: [...data] };
  };

  it('is a picture in its shape and colours', async () => {
    const { facts, colour } = await shown(pdf({ pages: 2 }), 400);
    expect(facts).toMatchObject({ kind: 'image', width: 400, height: 517 });
    const [red = 255, green = 0, blue = 255] = colour;
    expect([red < 20, Math.abs(green - 153) < 12, blue < 20]).toEqual([true, true, true]);
  });

  it('is white where nothing is drawn', async () => {
    expect((await shown(pdf({ content: '' }), 200)).colour).toEqual([255, 255, 255]);
  });

  it.each<[string, Buffer, object]>([
    ['of 100 m', pdf({ width: 283_465, height: 283_465 }), { width: 200, height: 200 }],
    ['of 100 m and 1 mm', pdf({ width: 283_465, height: 3 }), { width: 200, height: 1 }],
    ['of 10,000', pdf({ pages: 10_000 }), { width: 200 }],
  ])('may be one %s', async (_, content, size) => {
    expect((await shown(content, 200)).facts).toMatchObject(size);
  });

  it('is unknown of documents of Office', async () => {
    expect(planPage(await probe(pptx(3)), 200)).toBeUndefined();
  });

  it('leaves nothing behind where it cannot be drawn', async () => {
    const input = await bench.file(pdf());
    const facts = (await probeMedia(input, { acceptedDocuments })) as DocumentFacts;
    const plan = planPage(facts, 200);
    const broken = await bench.file(Buffer.from('%PDF-1.7\nnothing\n%%EOF\n'));
    const output = bench.path('gone');
    const before = await readdir(dirname(output));
    await expect(renderMedia(plan!, facts, broken, output)).rejects.toMatchObject({
      rule: 'media.rendition-failed',
      message: expect.stringContaining('first page') as string,
    });
    expect(await readdir(dirname(output))).toEqual(before);
  });

  it('stops when nobody waits for it any more', async () => {
    const input = await bench.file(pdf());
    await expect(
      probeMedia(input, { acceptedDocuments, signal: AbortSignal.abort(new Error('gone')) }),
    ).rejects.toThrow('gone');
  });
});
