import sharp from 'sharp';
import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { LIMITS, mediaEntity } from './entities.js';
import { type Account, ApiError, field, type Media, ok, type PracticeService } from './service.js';

/** Looks at a new file that are answered "still processing". */
const PROCESSING_LOOKS = 1;

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
    const image = await inspect(file.bytes);
    const id = this.service.nextId();
    const media: Media = {
      id,
      accountId: account.id,
      ...image,
      bytes: file.bytes.length,
      digest: this.service.world.keep(file.bytes, image.contentType),
      description: description === '' ? null : description,
      looksLeft: PROCESSING_LOOKS,
      broken: await isBroken(file.bytes),
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

/** The type is told from the bytes, whatever the upload says it is. */
async function inspect(bytes: Uint8Array): Promise<Pick<Media, 'contentType' | 'width' | 'height'>> {
  const limits = LIMITS.media_attachments;
  if (bytes.length > limits.image_size_limit) {
    throw new ApiError(422, 'Validation failed: File file size must be less than 16 MB');
  }
  // What cannot be read at all has no type, and so none that is taken.
  const metadata = await sharp(bytes)
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
  return { contentType, width, height };
}

/** A file that was cut off passes the first look and fails when it is processed. */
async function isBroken(bytes: Uint8Array): Promise<boolean> {
  return sharp(bytes, { failOn: 'truncated' })
    .stats()
    .then(
      () => false,
      () => true,
    );
}
