/** The GPS IFD pointer, https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E section 4.6.3 */
const GPS_IFD_POINTER = 0x8825;

/** Does this EXIF block (with or without its `Exif\0\0` head) or this XMP packet say where the picture was taken? */
export function saysLocation(exif: Buffer | undefined, xmp: Buffer | undefined): boolean {
  return (exif !== undefined && hasGpsDirectory(exif)) || (xmp?.includes('GPSLatitude') ?? false);
}

function hasGpsDirectory(exif: Buffer): boolean {
  const tiff = exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif;
  if (tiff.length < 8) return false;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (offset: number) => (little ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return false;
  const readable = Math.min(u16(directory), Math.floor((tiff.length - directory - 2) / 12));
  return Array.from({ length: readable }, (_, entry) => u16(directory + 2 + entry * 12)).includes(GPS_IFD_POINTER);
}

/** Does an ICC profile describe itself as sRGB? https://www.color.org/specification/ICC.1-2022-05.pdf section 9.2.41 */
export function isSrgbProfile(icc: Buffer): boolean {
  if (icc.length < 132) return false;
  const readable = Math.min(icc.readUInt32BE(128), Math.floor((icc.length - 132) / 12));
  for (let entry = 132; entry < 132 + readable * 12; entry += 12) {
    if (icc.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const offset = icc.readUInt32BE(entry + 4);
    // The text is ASCII in version 2 profiles and UTF-16 in version 4.
    const text = icc.toString('latin1', offset, offset + icc.readUInt32BE(entry + 8)).replaceAll('\0', '');
    return /sRGB/i.test(text);
  }
  return false;
}
