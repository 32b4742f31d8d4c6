import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { UnacceptableMediaError } from '../problem.js';
import {
  animation,
  EMPTY_ZIP,
  GPS_EXIF,
  isoMedia,
  oriented,
  PDF,
  photo,
  pngChunk,
  pngClaiming,
  SVG,
  SVG_WITH_ENTITY,
  translucent,
  Workbench,
} from '../testing/corpus.js';
import { probeImage } from './probe.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

async function refusal(content: Buffer | string, name?: string): Promise<UnacceptableMediaError> {
  const path = await bench.file(content, name);
  const error: unknown = await probeImage(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UnacceptableMediaError);
  return error as UnacceptableMediaError;
}

describe('probeImage tells', () => {
  it.each<[string, () => Promise<Buffer>, object]>([
    [
      'a JPEG',
      () => photo(80, 60).jpeg().toBuffer(),
      { format: 'jpeg', contentType: 'image/jpeg', metadata: [], pages: 1 },
    ],
    [
      'a progressive JPEG',
      () => photo(80, 60).jpeg({ progressive: true }).toBuffer(),
      { format: 'jpeg', metadata: [] },
    ],
    [
      'a JPEG with GPS',
      () => photo(80, 60).withExif(GPS_EXIF).jpeg().toBuffer(),
      { hasLocation: true, metadata: ['EXIF'] },
    ],
    [
      'a JPEG with a camera only',
      () => photo(80, 60).withExif({ IFD0: GPS_EXIF.IFD0 }).jpeg().toBuffer(),
      { hasLocation: false, metadata: ['EXIF'] },
    ],
    [
      'a PNG with GPS',
      () => photo(80, 60).withExif(GPS_EXIF).png().toBuffer(),
      { format: 'png', hasLocation: true, metadata: ['EXIF'] },
    ],
    [
      'a WebP with GPS',
      () => photo(80, 60).withExif(GPS_EXIF).webp().toBuffer(),
      { format: 'webp', hasLocation: true, metadata: ['EXIF'] },
    ],
    [
      'an AVIF with GPS',
      () => photo(80, 60).withExif(GPS_EXIF).avif({ effort: 0 }).toBuffer(),
      { format: 'avif', hasLocation: true, metadata: ['EXIF'] },
    ],
    [
      'a location in XMP',
      () => photo(80, 60).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="51,30N"/>').jpeg().toBuffer(),
      { hasLocation: true, metadata: ['XMP'] },
    ],
    ['a CMYK JPEG', () => photo(80, 60).toColourspace('cmyk').jpeg().toBuffer(), { colourSpace: 'cmyk' }],
    ['a P3 profile', () => photo(80, 60).withIccProfile('p3').jpeg().toBuffer(), { hasProfile: true, metadata: [] }],
    [
      'an sRGB profile',
      () => photo(80, 60).withIccProfile('srgb').jpeg().toBuffer(),
      { hasProfile: false, metadata: [] },
    ],
    ['a transparent PNG', () => translucent(80, 60).png().toBuffer(), { format: 'png', hasAlpha: true, metadata: [] }],
    ['a palette PNG', () => photo(80, 60).png({ palette: true }).toBuffer(), { format: 'png', metadata: [] }],
    ['an interlaced PNG', () => photo(80, 60).png({ progressive: true }).toBuffer(), { format: 'png', metadata: [] }],
    ['a 16-bit PNG', () => photo(80, 60).toColourspace('rgb16').png().toBuffer(), { colourSpace: 'rgb16' }],
    [
      'a WebP',
      () => photo(80, 60).webp().toBuffer(),
      { format: 'webp', contentType: 'image/webp', metadata: [], pages: 1 },
    ],
    [
      'a GIF',
      () => photo(80, 60).gif().toBuffer(),
      { format: 'gif', contentType: 'image/gif', metadata: [], pages: 1 },
    ],
    ['an animated GIF', () => animation('gif', 80, 60), { format: 'gif', pages: 3, metadata: [] }],
    ['an animated WebP', () => animation('webp', 80, 60), { format: 'webp', pages: 3, metadata: [] }],
    [
      'an AVIF',
      () => photo(80, 60).avif({ effort: 0 }).toBuffer(),
      { format: 'avif', contentType: 'image/avif', metadata: [], pages: 1 },
    ],
  ])('%s', async (_name, make, expected) => {
    const content = await make();
    const facts = await probeImage(await bench.file(content, 'named.txt'));
    expect(facts).toMatchObject({ width: 80, height: 60, bytes: content.length, orientation: 1, ...expected });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('the size as displayed under EXIF orientation %i', async (orientation) => {
    const facts = await probeImage(await bench.file(await oriented(orientation, 90, 40)));
    expect(facts).toMatchObject({ width: 90, height: 40, orientation });
  });

  it.each([
    [1, 1],
    [1, 20_000],
    [20_000, 1],
  ])('an image of %i x %i', async (width, height) => {
    const facts = await probeImage(await bench.file(await photo(width, height).png().toBuffer()));
    expect(facts).toMatchObject({ width, height });
  });
});

describe('probeImage names what a file carries besides the picture', () => {
  it('an archive behind a JPEG', async () => {
    const polyglot = Buffer.concat([await photo(80, 60).jpeg().toBuffer(), EMPTY_ZIP]);
    expect(await probeImage(await bench.file(polyglot))).toMatchObject({
      format: 'jpeg',
      metadata: ['data after the image'],
    });
  });

  it.each(['png', 'gif', 'webp', 'avif'] as const)('an archive behind a %s', async (format) => {
    const polyglot = Buffer.concat([await photo(80, 60).toFormat(format).toBuffer(), EMPTY_ZIP]);
    const { metadata } = await probeImage(await bench.file(polyglot));
    expect(metadata).toHaveLength(1);
  });

  it('a comment in a JPEG', async () => {
    const jpeg = await photo(80, 60).jpeg().toBuffer();
    const comment = Buffer.from('\xff\xfe\x00\x0bShot by me', 'latin1').fill('x', 4, 13);
    const content = Buffer.concat([jpeg.subarray(0, 2), comment.subarray(0, 13), jpeg.subarray(2)]);
    expect(await probeImage(await bench.file(content))).toMatchObject({ metadata: ['comment'] });
  });

  it('text in a PNG', async () => {
    const png = await photo(80, 60).png().toBuffer();
    const text = pngChunk('tEXt', Buffer.from('Author\0Ann'));
    const content = Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
    expect(await probeImage(await bench.file(content))).toMatchObject({ metadata: ['comment'] });
  });

  it('a comment in a GIF', async () => {
    const gif = await animation('gif', 80, 60);
    const comment = Buffer.from('\x21\xfe\x02hi\x00', 'latin1');
    const content = Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)]);
    expect(await probeImage(await bench.file(content))).toMatchObject({ metadata: ['comment'], pages: 3 });
  });
});

describe('probeImage refuses', () => {
  it('an empty file', async () => {
    expect(await refusal('')).toMatchObject({ rule: 'media.empty', field: 'file', status: 422 });
  });

  it.each([
    ['text that is named .jpg', 'Hello, I am a picture.', 'media.not-an-image'],
    ['a single byte', 'x', 'media.not-an-image'],
    ['a PDF', PDF, 'media.not-an-image'],
    ['an archive', EMPTY_ZIP, 'media.not-an-image'],
    ['an SVG', SVG, 'media.unsupported-format'],
    ['an SVG that reads a file', SVG_WITH_ENTITY, 'media.unsupported-format'],
    ['a HEIC photo', isoMedia('heic'), 'media.unsupported-format'],
    ['an MP4 video', isoMedia('isom'), 'media.video-unsupported'],
    ['a QuickTime video', isoMedia('qt  '), 'media.video-unsupported'],
    ['the signature of a JPEG alone', Buffer.from('ffd8ffe0', 'hex'), 'media.damaged'],
  ])('%s', async (_name, content, rule) => {
    const error = await refusal(content, 'holiday.jpg');
    expect(error).toMatchObject({ rule, field: 'file' });
    expect(error.message).toMatch(/\.$/);
    expect(error.remedy).toMatch(/\.$/);
  });

  it('a TIFF, which the library could read', async () => {
    expect(await refusal(await photo(8, 8).tiff().toBuffer())).toMatchObject({ rule: 'media.unsupported-format' });
  });

  it('with words that help: HEIC, video', async () => {
    expect(await refusal(isoMedia('heic'))).toMatchObject({
      message: 'HEIC photos are not supported.',
      remedy: expect.stringContaining('Export the image as JPEG') as string,
    });
    expect(await refusal(isoMedia('isom'))).toMatchObject({ message: 'A video cannot be used here.' });
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('a %s that ends early, wherever', async (format) => {
    const whole = await photo(120, 90).toFormat(format).toBuffer();
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const error = await refusal(whole.subarray(0, Math.floor(whole.length * share)));
      expect(error.rule).toBe('media.damaged');
    }
  });

  it.each(['gif', 'webp'] as const)('an animated %s that lost its last frame', async (format) => {
    const whole = await animation(format, 80, 60);
    expect(await refusal(whole.subarray(0, -40))).toMatchObject({ rule: 'media.damaged' });
  });

  it('a JPEG whose pixels are overwritten', async () => {
    // The same bytes every time: what a decoder makes of overwritten ones depends on those behind them.
    const jpeg = await readFile(join(import.meta.dirname, '../../../test/fixtures/cup.jpg'));
    jpeg.fill(0xff, 10_000, 12_000);
    expect(await refusal(jpeg)).toMatchObject({ rule: 'media.damaged' });
  });

  it('a PNG of 30,000 x 30,000 by its header, without making room for its pixels', async () => {
    const before = process.memoryUsage().rss;
    const error = await refusal(pngClaiming(30_000, 30_000));
    expect(error).toMatchObject({ rule: 'media.too-many-pixels', message: 'The image has 30000 x 30000 pixels.' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it.each([
    [20_001, 1],
    [1, 20_001],
    [10_001, 10_000],
  ])('a PNG of %i x %i', async (width, height) => {
    expect(await refusal(pngClaiming(width, height))).toMatchObject({ rule: 'media.too-many-pixels' });
  });

  it('a small file that claims many pixels and holds few', async () => {
    expect(await refusal(pngClaiming(9_000, 9_000))).toMatchObject({ rule: 'media.damaged' });
  });
});

it('lets a missing file be a missing file', async () => {
  await expect(probeImage(bench.path())).rejects.toMatchObject({ code: 'ENOENT' });
});

it('keeps the loaders of other formats shut in the whole process', async () => {
  await expect(sharp(Buffer.from(SVG)).metadata()).rejects.toThrow(/unsupported image format/);
});
