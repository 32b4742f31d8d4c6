import { randomBytes } from 'node:crypto';
import {
  readSandboxImage,
  readSandboxVideo,
  type SandboxAnswer,
  type SandboxFile,
  type SandboxRequest,
} from '#platforms/core';
import { invalid, mediaNotFound, ok } from './answers.js';
import { type File, type Media, newId, type State } from './state.js';
import { caller } from './tokens.js';

/** A rehearsal is not to be boring. */
const PROCESSING_MS = 4_000;
const UPLOAD_LIFE_MS = 3_600_000;
const MEGABYTE = 1_000_000;
const MAX_IMAGE = 20 * MEGABYTE;
const MAX_VIDEO = 2_000 * MEGABYTE;

/** `POST /media`: registers an upload. https://developers.pinterest.com/docs/api/v5/media-create */
export function registerMedia(state: State, request: SandboxRequest): SandboxAnswer {
  const { userId } = caller(state, request, 'pins:read', 'pins:write');
  const { media_type: type, ...unknown } = request.json;
  if (type !== 'video') throw invalid('media_type must be one of ["video"].');
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw invalid(`${name} is not a parameter of this request.`);
  const id = newId();
  const media: Media = {
    id,
    userId,
    key: `uploads/00/aa/22/3:video:${userId}:${id}`,
    policy: randomBytes(24).toString('base64'),
    signature: randomBytes(32).toString('hex'),
    token: randomBytes(24).toString('base64'),
    expiresAt: state.now() + UPLOAD_LIFE_MS,
  };
  state.media.set(id, media);
  const parameters = parametersOf(state, media);
  const answer = { media_id: id, media_type: 'video', upload_url: `${state.world.baseUrl}/upload/` };
  return ok({ ...answer, upload_parameters: parameters }, 201);
}

/** What has to come with the file, each exactly as it was given. */
function parametersOf(state: State, { key, policy, signature, token, expiresAt }: Media): Record<string, string> {
  const day = new Date(expiresAt - UPLOAD_LIFE_MS).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'x-amz-date': day,
    'x-amz-signature': signature,
    'x-amz-security-token': token,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    key,
    policy,
    'x-amz-credential': `PRACTICE/${day.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'Content-Type': 'multipart/form-data',
  };
}

/**
 * `POST` of the form to `upload_url`: it belongs to the storage behind, which answers in XML. Fields behind the file do not count.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function receiveUpload(state: State, request: SandboxRequest): SandboxAnswer {
  const { form, files, parts, headers } = request;
  if (headers.authorization !== undefined)
    return storageError(400, 'InvalidArgument', 'Only one way to sign is allowed.');
  const media = state.media.entries().find(([, { key }]) => key === form.key)?.[1];
  if (!media) return storageError(403, 'AccessDenied', 'Invalid according to Policy: key.');
  const wanted = parametersOf(state, media);
  const wrong = Object.entries(wanted).find(([name, value]) => form[name] !== value);
  if (wrong) return storageError(403, 'AccessDenied', `Invalid according to Policy: ${wrong[0]}.`);
  const unknown = Object.keys(form).find((name) => wanted[name] === undefined);
  if (unknown !== undefined) return storageError(403, 'AccessDenied', `Extra input fields: ${unknown}.`);
  if (media.expiresAt <= state.now()) return storageError(403, 'AccessDenied', 'Policy expired.');
  const [file, ...more] = files;
  if (!file || more.length > 0 || file.field !== 'file' || parts.at(-1) !== 'file') {
    return storageError(
      400,
      'InvalidArgument',
      'POST requires exactly one file upload per request, as the last field.',
    );
  }
  state.media.set(media.id, received(state, media, file));
  return { status: 204 };
}

/** Looks at a video by its own eyes; whatever is wrong shows only once it has been processed. */
function received(state: State, media: Media, given: SandboxFile): Media {
  const video = readSandboxVideo(given);
  const problem = problemOf(given.bytes, video);
  const readyAt = state.now() + PROCESSING_MS;
  if (!video || problem !== undefined) return { ...media, readyAt, problem: problem ?? 'It is no video.' };
  const { contentType, width, height, durationMs } = video;
  const digest = state.world.keep(given, contentType);
  return { ...media, readyAt, file: { contentType, bytes: given.bytes, digest, width, height, durationMs } };
}

/** https://help.pinterest.com/en/business/article/pinterest-product-specs */
function problemOf(bytes: number, video: ReturnType<typeof readSandboxVideo>): string | undefined {
  if (!video) return 'It is no MP4 or MOV.';
  const { width, height, durationMs, codec, refusedLate } = video;
  const shape = width / height;
  const checks: readonly [boolean, string][] = [
    [bytes > MAX_VIDEO, 'It has more than 2 GB.'],
    [durationMs < 4_000 || durationMs > 900_000, 'It lasts less than 4 seconds or more than 15 minutes.'],
    [!/^(avc1|hvc1|hev1)$/.test(codec), 'It is neither H.264 nor H.265.'],
    [shape < 0.495 || shape > 1.92, 'Its shape is not between 1:2 and 1.91:1.'],
    [refusedLate, 'It cannot be processed.'],
  ];
  return checks.find(([broken]) => broken)?.[1];
}

/** `GET /media/{id}`: https://developers.pinterest.com/docs/api/v5/media-get */
export function readMedia(state: State, request: SandboxRequest): SandboxAnswer {
  const { userId } = caller(state, request, 'pins:read');
  const media = state.media.get(request.params.id ?? '');
  if (!media || media.userId !== userId) throw mediaNotFound();
  return ok({ media_id: media.id, media_type: 'video', status: statusOf(state, media) });
}

/** What a registered upload has come to. */
export function statusOf(
  state: State,
  { readyAt, problem }: Media,
): 'registered' | 'processing' | 'succeeded' | 'failed' {
  if (readyAt === undefined) return 'registered';
  if (readyAt > state.now()) return 'processing';
  return problem === undefined ? 'succeeded' : 'failed';
}

/** Looks at an image by its own eyes. Throws `Refused` where it is none that Pinterest takes. */
export function keptImage(state: State, given: SandboxFile, said?: string): File {
  const image = readSandboxImage(given);
  if (!image || !['image/jpeg', 'image/png'].includes(image.contentType)) {
    throw invalid('The image must be a JPEG or PNG.');
  }
  if (said !== undefined && said !== image.contentType) throw invalid(`The image is no ${said}.`);
  if (given.bytes > MAX_IMAGE) throw invalid('The image is larger than 20 MB.');
  const { contentType, width, height } = image;
  return { contentType, bytes: given.bytes, digest: state.world.keep(given, contentType), width, height };
}

/** Fetches an image as Pinterest's own servers do. Throws `Refused` where that cannot be done. */
export async function fetchedImage(state: State, url: string): Promise<File> {
  const unreachable = invalid('Unable to reach the URL. Please check the URL is correct and try again.');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw unreachable;
  const answer = await state.world.pull(url).catch(() => undefined);
  if (!answer || answer.status < 200 || answer.status > 299) throw unreachable;
  return keptImage(state, answer.file);
}

function storageError(status: number, code: string, message: string): SandboxAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
