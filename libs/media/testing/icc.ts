/** The parts of an ICC profile of version 2: https://www.color.org/ICC_Minispec.pdf */
const HEADER = 128;
const ENTRY = 12;

/**
 * The profile of Adobe RGB (1998), which cameras write: https://www.adobe.com/digitalimag/pdfs/AdobeRGB1998.pdf. Its
 * primaries are adapted to the white of profiles, D50.
 */
export function adobeRgbProfile(): Buffer {
  const gamma = curve(563 / 256);
  const tags: [string, Buffer][] = [
    ['desc', description('Adobe RGB (1998)')],
    ['cprt', text('Made for tests')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.60974, 0.31111, 0.01947)],
    ['gXYZ', xyz(0.20528, 0.62567, 0.06087)],
    ['bXYZ', xyz(0.14919, 0.06322, 0.74457)],
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma],
  ];
  const table = Buffer.alloc(4 + tags.length * ENTRY);
  table.writeUInt32BE(tags.length, 0);
  let offset = HEADER + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    const at = 4 + index * ENTRY;
    table.write(name, at, 'latin1');
    table.writeUInt32BE(offset, at + 4);
    table.writeUInt32BE(data.length, at + 8);
    offset += data.length;
  }
  return Buffer.concat([header(offset), table, ...tags.map(([, data]) => data)]);
}

function header(bytes: number): Buffer {
  const buffer = Buffer.alloc(HEADER);
  buffer.writeUInt32BE(bytes, 0);
  buffer.writeUInt32BE(0x02100000, 8);
  buffer.write('mntrRGB XYZ ', 12, 'latin1');
  buffer.write('acsp', 36, 'latin1');
  [0.9642, 1, 0.8249].forEach((value, index) => buffer.writeInt32BE(fixed(value), 68 + index * 4));
  return buffer;
}

const fixed = (value: number): number => Math.round(value * 65_536);

function tag(type: string, length: number): Buffer {
  const buffer = Buffer.alloc(Math.ceil((8 + length) / 4) * 4);
  buffer.write(type, 0, 'latin1');
  return buffer;
}

function xyz(...values: [number, number, number]): Buffer {
  const buffer = tag('XYZ ', 12);
  values.forEach((value, index) => buffer.writeInt32BE(fixed(value), 8 + index * 4));
  return buffer;
}

function curve(gamma: number): Buffer {
  const buffer = tag('curv', 6);
  buffer.writeUInt32BE(1, 8);
  buffer.writeUInt16BE(Math.round(gamma * 256), 12);
  return buffer;
}

function text(words: string): Buffer {
  const buffer = tag('text', words.length + 1);
  buffer.write(words, 8, 'latin1');
  return buffer;
}

/** ASCII, followed by an empty Unicode and an empty Macintosh name. */
function description(words: string): Buffer {
  const buffer = tag('desc', 4 + words.length + 1 + 8 + 70);
  buffer.writeUInt32BE(words.length + 1, 8);
  buffer.write(words, 12, 'latin1');
  return buffer;
}
