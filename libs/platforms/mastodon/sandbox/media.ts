import sharp from 'sharp';
import {
  readSandboxVideo,
  REFUSED_LATE,
  type SandboxAnswer,
  type SandboxFile,
  type SandboxRequest,
} from '#platforms/core';
import { LIMITS, mediaEntity } from './entities.js';
import { type Account, ApiError, field, type Media, ok, type PracticeService } from './service.js';

/** Looks at a new file that are answered "still processing": a video is converted. */
const PROCESSING_LOOKS = { image: 1, video: 3 } as const;
/** Of a container that is not opened here. */
const WEBM = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);
/** So much of it is looked at, in bytes. */
const HEAD_BYTES = 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Uploads and their processing. https://docs.joinmastodon.org/methods/media/ */
export class MediaRoutes {
  constructor(private readonly service: PracticeService) {}

  /** `POST /api/v2/media` */
  async upload(request: SandboxRequest, account: Account): Promise<SandboxAnswer> {
    const file = request.files.find((candidate) => candidate.field === 'file');
    if (!file) throw new ApiError(422, "Validation failed: File can't be blank");
    const description = field(request, 'description').trim();
    checkDescription(description);
    const thumbnail = request.files.find((candidate) => candidate.field === 'thumbnail');
    const found = await inspect(file);
    const focus = focusOf(field(request, 'focus'));
    const id = this.service.nextId();
    const media: Media = {
      id,
      accountId: account.id,
      ...found,
      ...(focus && { focus }),
      ...(thumbnail && { thumbnail: this.service.world.keep(thumbnail, thumbnail.contentType) }),
      bytes: file.bytes,
      digest: this.service.world.keep(file, found.contentType),
      description: description === '' ? null : description,
      looksLeft: PROCESSING_LOOKS[found.kind],
      broken: found.kind === 'image' ? await isBroken(file) : isRefusedLate(file),
      statusId: null,
    };
    this.service.media.set(id, media);
    return ok(mediaEntity(media, this.service), 202);
  }

  /** `GET /api/v1/media/:id`: 206 while it is being processed. */
  look(request: SandboxRequest, account: Account): SandboxAnswer {
    const media = this.unattached(request, account);
    if (media.looksLeft > 0) {
      const looked = { ...media, looksLeft: media.looksLeft - 1 };
      this.service.media.set(media.id, looked);
      return ok(mediaEntity(media, this.service), 206);
    }
    if (media.broken) throw new ApiError(422, 'Error processing thumbnail for uploaded media');
    return ok(mediaEntity(media, this.service));
  }

  /** `DELETE /api/v1/media/:id` */
  discard(request: SandboxRequest, account: Account): SandboxAnswer {
    this.service.media.delete(this.unattached(request, account).id);
    return ok({});
  }

  private unattached(request: SandboxRequest, account: Account): Media {
    const media = this.service.media.get(request.params['id'] ?? '');
    if (media?.accountId !== account.id || media.statusId !== null) throw new ApiError(404, 'Record not found');
    return media;
  }
}

function checkDescription(description: string): void {
  const max = LIMITS.media_attachments.description_limit;
  if ([...description].length <= max) return;
  throw new ApiError(422, `Validation failed: Description is too long (maximum is ${max} characters)`);
}

type Inspected = Pick<Media, 'kind' | 'contentType' | 'width' | 'height' | 'durationMs'>;

/** The type is told from the bytes, whatever the upload says it is. */
async function inspect(file: SandboxFile): Promise<Inspected> {
  const limits = LIMITS.media_attachments;
  const video = inspectVideo(file);
  if (video) return video;
  if (file.bytes > limits.image_size_limit) {
    throw new ApiError(422, 'Validation failed: File file size must be less than 16 MB');
  }
  // What cannot be read at all has no type, and so none that is taken.
  const metadata = await sharp(file.read(0, file.bytes))
    .metadata()
    .catch(() => undefined);
  const contentType = metadata && TYPES[metadata.format];
  if (!metadata || contentType === undefined) {
    throw new ApiError(422, 'Validation failed: File content type is invalid, File is invalid');
  }
  const { width, height } = metadata;
  if (width * height > limits.image_matrix_limit) {
    throw new ApiError(422, `${width}x${height} images are not supported`);
  }
  return { kind: 'image', contentType, width, height };
}

/** Checked as the server itself does it: its size first, then what its streams say. Undefined where it is no video. */
function inspectVideo(file: SandboxFile): Inspected | undefined {
  const limits = LIMITS.media_attachments;
  const isFile = file.read(4, 8).toString('latin1') === 'ftyp';
  const isWebm = file.read(0, WEBM.length).equals(WEBM);
  if (!isFile && !isWebm) return undefined;
  if (file.bytes > limits.video_size_limit) {
    throw new ApiError(422, 'Validation failed: File file size must be less than 99 MB');
  }
  if (isWebm) return { kind: 'video', contentType: 'video/webm', width: 0, height: 0 };
  const video = readSandboxVideo(file);
  if (!video) throw new ApiError(422, 'Validation failed: File content type is invalid, File is invalid');
  const { contentType, width, height, durationMs, frameRate } = video;
  if (width * height > limits.video_matrix_limit) {
    throw new ApiError(422, `${width}x${height} videos are not supported`);
  }
  if (Math.floor(frameRate) > limits.video_frame_rate_limit) {
    throw new ApiError(422, `${Math.floor(frameRate)}fps videos are not supported`);
  }
  return { kind: 'video', contentType, width, height, durationMs };
}

/** A video is read to its end only when it is converted, long after its upload: one with these words in it fails then. */
function isRefusedLate(file: SandboxFile): boolean {
  return readSandboxVideo(file)?.refusedLate ?? file.read(0, HEAD_BYTES).includes(REFUSED_LATE);
}

function focusOf(text: string): Media['focus'] {
  const [x = Number.NaN, y = Number.NaN] = text.split(',').map(Number);
  return Math.abs(x) <= 1 && Math.abs(y) <= 1 ? { x, y } : undefined;
}

/** A file that was cut off passes the first look and fails when it is processed. */
async function isBroken(file: SandboxFile): Promise<boolean> {
  return sharp(file.read(0, file.bytes), { failOn: 'truncated' })
    .stats()
    .then(
      () => false,
      () => true,
    );
}
