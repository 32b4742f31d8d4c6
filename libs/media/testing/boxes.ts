/** Units of a fixed point number of ISO media: 16.16, and 2.30 for the last column of a matrix. */
const ONE = 0x1_0000;
const LAST = 0x4000_0000;

/** Writes into the header of the first track by how many degrees the picture is turned clockwise when it is shown. */
export function displayMatrix(file: Buffer, degrees: 90 | 180 | 270, width: number, height: number): Buffer {
  const copy = Buffer.from(file);
  const at = boxStart(copy, 'tkhd');
  // Version 1 has three times of 8 bytes instead of 4, and the matrix stands 40 bytes after the header in version 0.
  const matrix = at + 8 + (copy[at + 8] === 1 ? 52 : 40);
  const turns: Record<90 | 180 | 270, number[]> = {
    90: [0, ONE, 0, -ONE, 0, 0, height * ONE, 0, LAST],
    180: [-ONE, 0, 0, 0, -ONE, 0, width * ONE, height * ONE, LAST],
    270: [0, -ONE, 0, ONE, 0, 0, 0, width * ONE, LAST],
  };
  turns[degrees].forEach((value, index) => copy.writeInt32BE(value, matrix + index * 4));
  return copy;
}

/** Lets the edit lists of all tracks begin so many milliseconds later than they do, and the film be so much shorter. */
export function skipStart(file: Buffer, milliseconds: number): Buffer {
  const copy = Buffer.from(file);
  const movie = boxStart(copy, 'mvhd') + 8;
  const movieScale = copy.readUInt32BE(movie + 12);
  copy.writeUInt32BE(copy.readUInt32BE(movie + 16) - Math.round((movieScale * milliseconds) / 1000), movie + 16);
  for (let edit = copy.indexOf('elst'); edit >= 0; edit = copy.indexOf('elst', edit + 4)) {
    const media = copy.lastIndexOf('tkhd', edit);
    const scale = copy.readUInt32BE(boxStart(copy, 'mdhd', media) + 8 + 12);
    const entry = edit + 12;
    const duration = copy.readUInt32BE(entry);
    copy.writeUInt32BE(duration - Math.round((movieScale * milliseconds) / 1000), entry);
    copy.writeInt32BE(copy.readInt32BE(entry + 4) + Math.round((scale * milliseconds) / 1000), entry + 4);
  }
  return copy;
}

/** Where the box with this name begins: at its length. */
function boxStart(file: Buffer, name: string, from = 0): number {
  const at = file.indexOf(name, from, 'latin1');
  if (at < 4) throw new Error(`The file has no box "${name}".`);
  return at - 4;
}
