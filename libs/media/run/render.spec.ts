import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { type ImageStep, planImage, type RenderPlan } from '../plan/image.js';
import { type ImageLimit } from '../plan/limits.js';
import { RenditionError } from '../problem.js';
import { adobeRgbProfile } from '../testing/icc.js';
import { animation, EMPTY_ZIP, GPS_EXIF, oriented, photo, translucent, Workbench } from '../testing/corpus.js';
import { probeImage } from './probe.js';
import { renderImage, type Rendition } from './render.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());

const LIMIT: ImageLimit = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  maxBytes: 5_000_000,
  maxWidth: 1000,
  maxHeight: 1000,
};

interface Result extends Rendition {
  steps: readonly ImageStep['kind'][];
  bytes: Buffer;
}

/** Probe, plan and render, as the product does it. */
async function process(content: Buffer, limit: ImageLimit = LIMIT): Promise<Result> {
  const input = await bench.file(content);
  const output = bench.path();
  const plan = planImage(await probeImage(input), limit);
  if (plan.action === 'refuse') throw new Error(plan.reason);
  const rendition = await renderImage(plan, input, output);
  expect(planImage(await probeImage(output), limit).action).toBe('keep');
  const steps = plan.action === 'render' ? plan.steps.map((step) => step.kind) : [];
  return { ...rendition, steps, bytes: await readFile(output) };
}

/** The colour at a place given in shares of the size. */
async function colourAt(image: Buffer, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(offset, offset + info.channels)];
}

function expectColour(found: readonly number[], expected: string, tolerance: number): void {
  const distances = [1, 3, 5].map((at, channel) =>
    Math.abs((found[channel] ?? 0) - Number.parseInt(expected.slice(at, at + 2), 16)),
  );
  if (Math.max(...distances) > tolerance) throw new Error(`Expected ${expected}, found ${found.join(', ')}.`);
}

describe('a conforming image', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => photo(80, 60).jpeg().toBuffer()],
    ['progressive JPEG', () => photo(80, 60).jpeg({ progressive: true }).toBuffer()],
    ['transparent PNG', () => translucent(80, 60).png().toBuffer()],
    ['palette PNG', () => photo(80, 60).png({ palette: true }).toBuffer()],
    ['animated GIF', () => animation('gif', 80, 60)],
    ['animated WebP', () => animation('webp', 80, 60)],
    ['1 x 1 PNG', () => photo(1, 1).png().toBuffer()],
  ])('%s goes out byte for byte', async (_name, make) => {
    const original = await make();
    const { bytes, digest, steps } = await process(original);
    expect(steps).toEqual([]);
    expect(bytes.equals(original)).toBe(true);
    expect(digest).toBe(createHash('sha256').update(original).digest('hex'));
  });
});

describe('no location and no other metadata in the output', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('of a %s with GPS', async (format) => {
    const original = await photo(80, 60).withExif(GPS_EXIF).toFormat(format).toBuffer();
    expect(original.includes('ClickCam')).toBe(true);
    const { bytes, facts, digest } = await process(original);
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format, width: 80, height: 60 });
    expect(metadata.exif ?? metadata.xmp ?? metadata.iptc ?? metadata.icc).toBeUndefined();
    expect(bytes.includes('ClickCam')).toBe(false);
    expect(facts).toMatchObject({ hasLocation: false, metadata: [], bytes: bytes.length });
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('of an AVIF with GPS, as JPEG', async () => {
    const { bytes } = await process(await photo(80, 60).withExif(GPS_EXIF).avif({ effort: 0 }).toBuffer());
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.includes('ClickCam')).toBe(false);
  });

  it.each(['gif', 'webp'] as const)('of an animated %s, which keeps its frames, delays and loops', async (format) => {
    const source = await sharp(await animation(format, 80, 60), { animated: true })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="51,30N"/>')
      .toFormat(format)
      .toBuffer();
    const original = format === 'webp' ? source : withGifComment(source, 'GPSLatitude');
    expect(original.includes('GPSLatitude')).toBe(true);
    const { bytes, steps } = await process(original);
    expect(steps).toEqual(['quality', 'strip']);
    expect(bytes.includes('GPSLatitude')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format, pages: 3, delay: [100, 200, 300], loop: 2 });
  });

  it('nor the archive behind a JPEG', async () => {
    const { bytes } = await process(Buffer.concat([await photo(80, 60).jpeg().toBuffer(), EMPTY_ZIP]));
    expect(bytes.includes(EMPTY_ZIP.subarray(0, 4))).toBe(false);
  });
});

function withGifComment(gif: Buffer, text: string): Buffer {
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, text.length]), Buffer.from(text), Buffer.from([0])]);
  return Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)]);
}

describe('what people see', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stays upright from EXIF orientation %i', async (orientation) => {
    const { bytes, facts } = await process(await oriented(orientation, 90, 40), { ...LIMIT, maxWidth: 45 });
    expect(facts).toMatchObject({ width: 45, height: 20, orientation: 1 });
    const corners = [0.1, 0.9].flatMap((y) => [0.1, 0.9].map((x) => colourAt(bytes, x, y)));
    const names = (await Promise.all(corners)).map(([red = 0, , blue = 0]) =>
      red > 230 && blue < 25 ? 'red' : blue > 230 && red < 25 ? 'blue' : 'neither',
    );
    expect(names).toEqual(['red', 'blue', 'blue', 'blue']);
  });

  it.each<[string, (image: Sharp, adobeRgb: string) => Sharp, tolerance?: number]>([
    ['P3', (image) => image.withIccProfile('p3').jpeg({ quality: 100 })],
    ['P3 of 16 bits', (image) => image.withIccProfile('p3').toColourspace('rgb16').png()],
    ['Adobe RGB', (image, adobeRgb) => image.withIccProfile(adobeRgb).jpeg({ quality: 100 })],
    ['Adobe RGB of 16 bits', (image, adobeRgb) => image.withIccProfile(adobeRgb).toColourspace('rgb16').png()],
    ['sRGB of 16 bits, without a profile', (image) => image.toColourspace('rgb16').png()],
    ['sRGB of 16 bits, with its profile', (image) => image.withIccProfile('srgb').toColourspace('rgb16').png()],
    ['CMYK, with its profile', (image) => image.withIccProfile('cmyk').jpeg({ quality: 100 }), 30],
  ])('keeps its colours: %s', async (_name, store, tolerance = 8) => {
    const adobeRgb = await bench.file(adobeRgbProfile(), 'adobe-rgb.icc');
    // Inside what ink can show, which shows even these a little duller.
    const colours = ['#b03a3a', '#4a9a4a', '#3a5a96', '#c8b43c', '#808080'];
    for (const background of colours) {
      const source = sharp({ create: { width: 40, height: 40, channels: 3, background } });
      const { bytes, steps, facts } = await process(await store(source, adobeRgb).toBuffer());
      expect(steps).toContain('toSrgb');
      expect(facts).toMatchObject({ hasProfile: false, colourSpace: 'srgb' });
      expectColour(await colourAt(bytes, 0.5, 0.5), background, tolerance);
    }
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['CMYK JPEG', () => photo(80, 60).toColourspace('cmyk').jpeg().toBuffer()],
    ['16-bit PNG', () => photo(80, 60).toColourspace('rgb16').png().toBuffer()],
  ])('becomes 8-bit sRGB: %s', async (_name, make) => {
    const { bytes } = await process(await make());
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 });
  });

  it('turns transparency white where only JPEG is taken', async () => {
    const { bytes, steps } = await process(await translucent(80, 60).png().toBuffer(), {
      ...LIMIT,
      types: ['image/jpeg'],
    });
    expect(steps).toEqual(['flatten', 'format', 'quality', 'strip']);
    const [red = 0, green = 0, blue = 0] = await colourAt(bytes, 0.5, 0.5);
    expect(red).toBeGreaterThan(250);
    expect(Math.abs(green - 128)).toBeLessThan(6);
    expect(Math.abs(blue - 128)).toBeLessThan(6);
  });

  it('stays transparent in PNG', async () => {
    const { facts } = await process(await translucent(2000, 10).png().toBuffer());
    expect(facts).toMatchObject({ format: 'png', width: 1000, height: 5, hasAlpha: true });
  });

  it.each([
    [4000, 20, 1000, 5],
    [20, 4000, 5, 1000],
    [1, 20_000, 1, 1000],
  ])('keeps its shape: %i x %i', async (width, height, expectedWidth, expectedHeight) => {
    const { facts } = await process(await photo(width, height).png().toBuffer());
    expect(facts).toMatchObject({ width: expectedWidth, height: expectedHeight });
  });
});

describe('the limit of bytes', () => {
  it.each([
    ['jpeg', 4],
    ['webp', 2],
  ] as const)('is used up by the quality of a %s before pixels are given up', async (format, share) => {
    const original = await photo(300, 300).toFormat(format, { quality: 100 }).toBuffer();
    const maxBytes = Math.floor(original.length / share);
    const { facts } = await process(original, { ...LIMIT, maxBytes });
    expect(facts).toMatchObject({ width: 300, height: 300, format });
    expect(facts.bytes).toBeLessThanOrEqual(maxBytes);
    expect(facts.bytes).toBeGreaterThan(maxBytes * 0.85);
  });

  it.each([['image/jpeg'], ['image/webp'], ['image/png'], ['image/gif']])(
    'is met by fewer pixels in the end: %s',
    async (type) => {
      const original = await photo(300, 150).png().toBuffer();
      const { facts } = await process(original, { types: [type], maxBytes: 2_000 });
      expect(facts.contentType).toBe(type);
      expect(facts.bytes).toBeLessThanOrEqual(2_000);
      expect(facts.width).toBeLessThan(300);
      expect(facts.width).toBeGreaterThan(30);
      expect(Math.abs(facts.width - 2 * facts.height)).toBeLessThanOrEqual(2);
    },
  );

  it('makes a photo in PNG a JPEG of the same size', async () => {
    const original = await photo(300, 300).png().toBuffer();
    const { facts } = await process(original, { ...LIMIT, maxBytes: Math.floor(original.length / 2) });
    expect(facts).toMatchObject({ format: 'jpeg', width: 300, height: 300 });
  });

  it('that nothing can meet ends in a RenditionError and no file', async () => {
    const input = await bench.file(await photo(60, 60).jpeg().toBuffer());
    const output = bench.path();
    const plan = planImage(await probeImage(input), { types: ['image/jpeg'], maxBytes: 50 }) as RenderPlan;
    const error: unknown = await renderImage(plan, input, output).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RenditionError);
    expect((error as RenditionError).reasons).toEqual([
      expect.stringMatching(/^At its smallest: It has \d+ bytes; 50 bytes are/),
    ]);
    await expect(access(output)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the result is looked at again', () => {
  it('so a plan that does not do what its limit asks is found out, and its file removed', async () => {
    const input = await bench.file(await photo(80, 60).withExif(GPS_EXIF).jpeg().toBuffer());
    const output = bench.path();
    const plan = { output: 'image', action: 'keep', reason: 'Mistaken.', limit: { ...LIMIT, maxWidth: 40 } } as const;
    const error: unknown = await renderImage(plan, input, output).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RenditionError);
    expect((error as RenditionError).message).toMatch(/80 x 60 pixels.*carries EXIF/);
    await expect(access(output)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
