import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromFile } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import { CONTENT_TYPES, type ImageFacts, type ImageFormat } from '../plan/facts.js';
import { UnacceptableMediaError } from '../problem.js';
import { inspectContainer } from './container.js';
import { decoding, MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SIDE, openOptions } from './engine.js';
import { isSrgbProfile, saysLocation } from './metadata.js';

const SUPPORTED = 'JPEG, PNG, WebP, GIF or AVIF';

/**
 * Finds out what an image is and decodes all of it, so that a damaged file is refused now and not when it is due. A
 * stream is spooled to a temporary file first. Throws {@link UnacceptableMediaError}.
 */
export async function probeImage(source: string | Readable): Promise<ImageFacts> {
  if (typeof source !== 'string') return spooled(source, probeImage);
  const facts = await readFacts(source);
  await decodeWhole(source, facts);
  return facts;
}

/** As {@link probeImage}, from headers alone: in bounded time and memory whatever size the file claims to have. */
export async function readFacts(path: string): Promise<ImageFacts> {
  const { size } = await stat(path);
  if (size === 0) {
    throw new UnacceptableMediaError(
      'media.empty',
      'The file is empty.',
      'Choose the file again and upload it once more.',
    );
  }
  const format = await formatOf(path);
  const metadata = await readMetadata(path, format);
  checkPixels(metadata);
  const { extras, complete } = await inspectContainer(path, format);
  if (!complete) throw damaged();
  return {
    kind: 'image',
    format,
    contentType: CONTENT_TYPES[format],
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    bytes: size,
    orientation: metadata.orientation ?? 1,
    pages: metadata.pages ?? 1,
    hasAlpha: metadata.hasAlpha,
    colourSpace: metadata.space,
    hasLocation: saysLocation(metadata.exif, metadata.xmp),
    hasProfile: metadata.icc !== undefined && !isSrgbProfile(metadata.icc),
    metadata: [...new Set([...extras, ...(metadata.exif ? ['EXIF'] : []), ...(metadata.xmp ? ['XMP'] : [])])],
  };
}

async function spooled<T>(source: Readable, use: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'clickpost-'));
  try {
    const path = join(directory, 'media');
    await pipeline(source, createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The type by content. Throws unless it is one of ours. */
async function formatOf(path: string): Promise<ImageFormat> {
  const mime = (await fileTypeFromFile(path))?.mime;
  const format = Object.entries(CONTENT_TYPES).find(([, type]) => type === mime)?.[0] as ImageFormat | undefined;
  if (format !== undefined) return format;
  if (mime?.startsWith('video/')) {
    throw new UnacceptableMediaError(
      'media.video-unsupported',
      'Videos are not supported yet.',
      `Upload an image (${SUPPORTED}), or put a link to the video into the text.`,
    );
  }
  if (mime?.startsWith('image/') || (await isSvg(path))) throw unsupported(mime ?? 'image/svg+xml');
  throw new UnacceptableMediaError(
    'media.not-an-image',
    `The content of the file is not an image${mime === undefined ? '' : ` but ${mime}`}, whatever its name says.`,
    `Upload an image: ${SUPPORTED}.`,
  );
}

function unsupported(mime: string): UnacceptableMediaError {
  const names: Readonly<Record<string, string>> = {
    'image/heic': 'HEIC photos are',
    'image/heic-sequence': 'HEIC photos are',
    'image/heif': 'HEIF photos are',
    'image/heif-sequence': 'HEIF photos are',
    'image/svg+xml': 'SVG drawings are',
    'image/apng': 'Animated PNG files are',
  };
  return new UnacceptableMediaError(
    'media.unsupported-format',
    `${names[mime] ?? `Images of the type ${mime} are`} not supported.`,
    `Export the image as JPEG or PNG and upload that; ${SUPPORTED} are accepted.`,
  );
}

/** Only to name it in the refusal: the loader for SVG is blocked. */
async function isSvg(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer.toString('latin1', 0, bytesRead).includes('<svg');
  } finally {
    await handle.close();
  }
}

async function readMetadata(path: string, format: ImageFormat): Promise<Metadata> {
  let metadata: Metadata;
  try {
    // Only the header is read here; its size is judged below, with its numbers in the message.
    metadata = await sharp(path, { ...openOptions(false), limitInputPixels: false }).metadata();
  } catch (error) {
    throw damaged(error);
  }
  const found = metadata.format === 'heif' && metadata.compression === 'av1' ? 'avif' : metadata.format;
  if (found !== format) throw damaged();
  return metadata;
}

function checkPixels({ width, height, pages = 1 }: Metadata): void {
  const remedy = `Upload a smaller version: at most ${MAX_SIDE} pixels a side and ${MAX_PIXELS / 1e6} megapixels.`;
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    throw new UnacceptableMediaError('media.too-many-pixels', `The image has ${width} x ${height} pixels.`, remedy);
  }
  if (pages > 1 && width * height * pages > MAX_ANIMATION_PIXELS) {
    throw new UnacceptableMediaError(
      'media.too-many-pixels',
      `The animation has ${pages} frames of ${width} x ${height} pixels.`,
      `Upload a smaller or shorter version: at most ${MAX_ANIMATION_PIXELS / 1e6} megapixels in all frames together.`,
    );
  }
}

/** Every pixel is decoded and streamed into a tiny picture, so that little more than the decoder's own memory is used. */
async function decodeWhole(path: string, { width, height, pages }: ImageFacts): Promise<void> {
  const tiny = { fit: 'fill', fastShrinkOnLoad: false } as const;
  try {
    await decoding.run(width * height, () =>
      sharp(path, openOptions(pages > 1))
        .resize(8, 8, tiny)
        .raw()
        .toBuffer(),
    );
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): UnacceptableMediaError {
  return new UnacceptableMediaError(
    'media.damaged',
    'The image is damaged or incomplete: not all of it can be read.',
    'Open the original, export it again, and upload that.',
    { cause },
  );
}
