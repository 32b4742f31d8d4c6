import { open, stat } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import {
  CONTENT_TYPES,
  type ImageFacts,
  type ImageFormat,
  type MediaFacts,
  type VideoContainer,
} from '../plan/facts.js';
import { UnacceptableMediaError } from '../problem.js';
import { inspectContainer } from './container.js';
import { documentShape, type DocumentShape, probeDocument } from './document.js';
import { decoding, MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SIDE, openOptions } from './engine.js';
import { isSrgbProfile, saysLocation } from './metadata.js';
import { PROBE_LIMITS, refuse, tooManyBytes } from './probe-limits.js';
import { probeVideo } from './video-probe.js';

const IMAGES = 'JPEG, PNG, WebP, GIF or AVIF';
const VIDEOS = 'MP4, MOV, WebM or MKV';
const DOCUMENTS = 'PDF, PPTX, DOCX, PPT or DOC';

export interface ProbeOptions {
  /** MIME types of documents that some network takes; left out = none is. */
  acceptedDocuments?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Finds out what a file is, by its content and never by its name. Bounded in time and memory whatever it claims to be.
 * @throws UnacceptableMediaError for what ClickPost does not work with, VideoToolsError for a video where there is no ffprobe
 */
export async function probeMedia(path: string, options: ProbeOptions = {}): Promise<MediaFacts> {
  const bytes = await sizeOf(path);
  const shape = await documentShape(path);
  if (shape) {
    const accepted = options.acceptedDocuments ?? [];
    const document = await probeDocument(path, shape, { bytes, accepted, signal: options.signal });
    if (document) return document;
    throw unsupportedContent(SHAPES[shape], accepted);
  }
  const mime = await typeOf(path);
  const container = CONTAINER_OF.get(mime ?? '');
  if (container) return probeVideo(path, container, options.signal);
  const format = FORMAT_OF.get(mime ?? '');
  if (format) return probeImage(path);
  if (mime?.startsWith('video/')) throw unsupportedVideo(mime);
  if (mime?.startsWith('image/') || (await isSvg(path))) throw unsupported(mime ?? 'image/svg+xml');
  throw unsupportedContent(mime, options.acceptedDocuments ?? []);
}

/** What a file may begin as, and be no document that anybody takes. */
const SHAPES: Readonly<Record<DocumentShape, string>> = {
  pdf: 'application/pdf',
  archive: 'an archive',
  compound: 'a file of an old office program',
};

function unsupportedContent(what: string | undefined, accepted: readonly string[]): UnacceptableMediaError {
  const documents = accepted.length > 0;
  return refuse(
    'media.unsupported-content',
    `The content of the file is ${documents ? 'no image, video or document that a network takes' : 'neither an image nor a video'}${what === undefined ? '' : ` but ${what}`}, whatever its name says.`,
    `Upload an image (${IMAGES})${documents ? `, a video (${VIDEOS}) or a document (${DOCUMENTS})` : ` or a video (${VIDEOS})`}.`,
  );
}

/**
 * Finds out what an image is and decodes all of it, so that a damaged file is refused now and not when it is due. Throws
 * {@link UnacceptableMediaError}.
 */
export async function probeImage(path: string): Promise<ImageFacts> {
  const facts = await readFacts(path);
  await decodeWhole(path, facts);
  return facts;
}

/** As {@link probeImage}, from headers alone: in bounded time and memory whatever size the file claims to have. */
export async function readFacts(path: string): Promise<ImageFacts> {
  const size = await sizeOf(path);
  const format = await formatOf(path);
  if (size > PROBE_LIMITS.imageBytes) throw tooManyBytes('image', size, PROBE_LIMITS.imageBytes);
  // First, as it bounds what the image library is made to hold.
  const { extras, complete } = await inspectContainer(path, format);
  const metadata = await readMetadata(path, format);
  checkPixels(metadata);
  if (!complete) throw damaged(format);
  const pages = metadata.pages ?? 1;
  return {
    kind: 'image',
    format,
    contentType: CONTENT_TYPES[format],
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    bytes: size,
    orientation: metadata.orientation ?? 1,
    pages,
    ...(pages > 1 && metadata.delay && { durationMs: durationOf(metadata.delay) }),
    hasAlpha: metadata.hasAlpha,
    colourSpace: metadata.space,
    hasLocation: saysLocation(metadata.exif, metadata.xmp),
    hasProfile: metadata.icc !== undefined && !isSrgbProfile(metadata.icc),
    metadata: [...new Set([...extras, ...(metadata.exif ? ['EXIF'] : []), ...(metadata.xmp ? ['XMP'] : [])])],
  };
}

/** Browsers show a frame that names no time, or hardly any, for a tenth of a second. */
const durationOf = (delays: readonly number[]): number =>
  delays.reduce((sum, delay) => sum + (delay < 20 ? 100 : delay), 0);

async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path);
  if (size > 0) return size;
  throw refuse('media.empty', 'The file is empty.', 'Choose the file again and upload it once more.');
}

const FORMAT_OF = new Map(Object.entries(CONTENT_TYPES).map(([format, type]) => [type, format as ImageFormat]));
const CONTAINER_OF = new Map<string, VideoContainer>([
  ['video/mp4', 'mp4'],
  ['video/x-m4v', 'mp4'],
  ['video/3gpp', 'mp4'],
  ['video/3gpp2', 'mp4'],
  ['video/quicktime', 'mov'],
  ['video/webm', 'webm'],
  ['video/matroska', 'matroska'],
]);

async function typeOf(path: string): Promise<string | undefined> {
  const mime: string | undefined = (await fileTypeFromFile(path))?.mime;
  return mime === 'image/heif' ? CONTENT_TYPES.heic : mime;
}

/** The image format by content. Throws unless it is one of ours. */
async function formatOf(path: string): Promise<ImageFormat> {
  const mime = await typeOf(path);
  const format = FORMAT_OF.get(mime ?? '');
  if (format !== undefined) return format;
  if (mime?.startsWith('video/')) {
    throw refuse('media.video-unsupported', 'A video cannot be used here.', `Choose an image: ${IMAGES}.`);
  }
  if (mime?.startsWith('image/') || (await isSvg(path))) throw unsupported(mime ?? 'image/svg+xml');
  throw refuse(
    'media.not-an-image',
    `The content of the file is not an image${mime === undefined ? '' : ` but ${mime}`}, whatever its name says.`,
    `Upload an image: ${IMAGES}.`,
  );
}

function unsupported(mime: string, cause?: unknown): UnacceptableMediaError {
  const names: Readonly<Record<string, string>> = {
    'image/heic': 'HEIC photos are',
    'image/heic-sequence': 'HEIC photos are',
    'image/heif-sequence': 'HEIF photos are',
    'image/svg+xml': 'SVG drawings are',
    'image/apng': 'Animated PNG files are',
  };
  return refuse(
    'media.unsupported-format',
    `${names[mime] ?? `Images of the type ${mime} are`} not supported.`,
    `Export the image as JPEG or PNG and upload that; ${IMAGES} are accepted.`,
    cause,
  );
}

const unsupportedVideo = (mime: string): UnacceptableMediaError =>
  refuse(
    'media.unsupported-format',
    `Videos of the type ${mime} are not supported.`,
    `Export the video as MP4 (H.264) and upload that; ${VIDEOS} are accepted.`,
  );

/** Only to name it in the refusal: the loader for SVG is blocked. */
const isSvg = async (path: string): Promise<boolean> => (await textAt(path, 0, 1024)).includes('<svg');

async function textAt(path: string, offset: number, length: number): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.toString('latin1', 0, bytesRead);
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
    throw damaged(format, error);
  }
  if (foundFormat(metadata) !== format) throw damaged(format);
  return metadata;
}

function foundFormat({ format, compression }: Metadata): string {
  if (format !== 'heif') return format;
  return compression === 'av1' ? 'avif' : 'heic';
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
async function decodeWhole(path: string, { format, width, height, pages }: ImageFacts): Promise<void> {
  const tiny = { fit: 'fill', fastShrinkOnLoad: false } as const;
  try {
    await decoding.run(width * height, () =>
      sharp(path, openOptions(pages > 1))
        .resize(8, 8, tiny)
        .raw()
        .toBuffer(),
    );
  } catch (error) {
    throw damaged(format, error);
  }
}

/** The usual builds of the image library cannot decode HEIC, and do not say so in so many words. */
function damaged(format: ImageFormat, cause?: unknown): UnacceptableMediaError {
  if (format === 'heic') return unsupported(CONTENT_TYPES.heic, cause);
  return refuse(
    'media.damaged',
    'The image is damaged or incomplete: not all of it can be read.',
    'Open the original, export it again, and upload that.',
    cause,
  );
}
