/** What a PDF is made with. */
export interface PdfOptions {
  pages?: number;
  /** Points, 72 to the inch. */
  width?: number;
  height?: number;
  /** What each page draws: operators of PDF. */
  content?: string;
  /** How often the content is packed by deflate. */
  packed?: number;
  /** More entries of the catalogue, and of the trailer. */
  catalogue?: string;
  trailer?: string;
}

/** A green field, which cannot be taken for an empty page. */
const GREEN = '0 0.6 0 rg 0 0 100000 100000 re f';

/** A PDF with pages that are all alike. */
export function pdf(options: PdfOptions = {}): Buffer {
  const { pages = 1, width = 612, height = 792, content = GREEN, packed = 0, catalogue = '', trailer = '' } = options;
  const filters = packed > 0 ? `/Filter [${'/FlateDecode '.repeat(packed)}]` : '';
  const kids = Array.from({ length: pages }, (_, index) => `${index + 4} 0 R`).join(' ');
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 3 0 R >>`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    `<< /Length ${content.length} ${filters} >>\nstream\n${content}\nendstream`,
    ...Array.from({ length: pages }, () => page),
  ];
  let at = '%PDF-1.7\n'.length;
  const parts = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const offsets = parts.map((part) => {
    const offset = at;
    at += part.length;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join('')}`;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from(`%PDF-1.7\n${parts.join('')}${table}${end}`, 'latin1');
}

/** 1.6 GB of spaces, packed three times. */
const MUCH = Buffer.from(
  'eNqruPX2jqJfTKKE20NvKzaWYJdmCeNt1gcmNDgqr1BTmdFVdeeCiU6jawnjVZbw5jzHjQxZWgECCWnCKt9t+n99Vb//xzK9nP/6/Xbz559PPz' +
    '9/296cjYGBIeHJufz6mohou2f69Xx8+xkYGBiSy43uzlnj1rj88c19xQwMDAdexL55VxPzV+DH/h9mhXwMDAwSe/37v1ev1n3w/fT6tcrfgZoa' +
    'Lv7WlgBp1mxiZGBguKAE5uiCOQLKSJxRmVGZUZlRmVGZUZlRmVGZURmKZeKXz359Wjfh054f2w2lGRju3b9qMOfe3T1MbB/MDgAAecdS9Q==',
  'base64',
);

/** A PDF of a few thousand bytes whose page unpacks to 1.6 GB. */
export const pdfBomb = (): Buffer => pdf({ content: MUCH.toString('latin1'), packed: 3 });

/** A PDF that nobody opens without a password: RC4 of 40 bits, with keys that fit none. */
export function lockedPdf(): Buffer {
  const key = '00'.repeat(32);
  return pdf({
    trailer: `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`,
  });
}

/** One part of an archive, which need not be what it claims. */
export interface ZipPart {
  name: string;
  content?: Buffer;
  /** Bytes that it claims to have unpacked. */
  claims?: number;
  encrypted?: boolean;
  /** Lies where the first part lies. */
  overlaps?: boolean;
}

/** An archive whose parts are stored as they are. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content = Buffer.from('x'), claims = content.length, encrypted = false, overlaps } of parts) {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(encrypted ? 1 : 0, 2);
    head.writeUInt32LE(content.length, 14);
    head.writeUInt32LE(claims, 18);
    head.writeUInt16LE(name.length, 22);
    const offset = overlaps ? 0 : at;
    if (!overlaps) {
      files.push(Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), content);
      at += 30 + name.length + content.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), made, head, rest, Buffer.from(name));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listed, end]);
}

const TYPES: ZipPart = { name: '[Content_Types].xml' };

/** A document of Word. */
export const docx = (...more: ZipPart[]): Buffer => zip([TYPES, { name: 'word/document.xml' }, ...more]);

/** A presentation with so many slides. */
export const pptx = (slides: number, ...more: ZipPart[]): Buffer =>
  zip([
    TYPES,
    { name: 'ppt/presentation.xml' },
    ...Array.from({ length: slides }, (_, index) => ({ name: `ppt/slides/slide${index + 1}.xml` })),
    { name: 'ppt/slides/_rels/slide1.xml.rels' },
    ...more,
  ]);

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;

/** A file of Office before 2007 whose directory has these names. @param flags of the document of Word */
export function compound(names: readonly string[], { flags = 0, loop = false } = {}): Buffer {
  const header = Buffer.alloc(SECTOR);
  header.write('d0cf11e0a1b11ae1', 'hex');
  header.writeUInt16LE(9, 30);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(SECTOR, 0xff);
  const sectors = Math.ceil(names.length / 4);
  for (let index = 0; index < sectors; index += 1) {
    table.writeUInt32LE(index + 1 < sectors ? index + 2 : loop ? 1 : END_OF_CHAIN, (index + 1) * 4);
  }
  const directory = Buffer.alloc(sectors * SECTOR);
  names.forEach((name, index) => {
    const at = index * 128;
    directory.write(name, at, 'utf16le');
    directory.writeUInt16LE((name.length + 1) * 2, at + 64);
    directory.writeUInt32LE(sectors + 1, at + 116);
  });
  const stream = Buffer.alloc(SECTOR);
  stream.writeUInt16LE(flags, 10);
  return Buffer.concat([header, table, directory, stream]);
}
