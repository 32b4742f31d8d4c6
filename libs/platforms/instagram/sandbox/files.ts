import { type SandboxUpload, type SandboxVideo, type VideoLimit, videoOutline } from '#platforms/core';
import { judgeVideo, pullFile, readSandboxImage } from '#platforms/meta/sandbox';
import { reelLimits, storyLimits } from '../limits.js';
import { refusal } from './parameters.js';
import { type Container, type File, type State } from './state.js';

const MAX_IMAGE_BYTES = 8 * 1024 * 1024;

/** Fetches an image and looks at it. @throws GraphRefusal with the code that the page of error codes has for it */
export async function pullImage(state: State, url: string, kind: Container['kind']): Promise<File> {
  const pulled = await pullFile(state.world, url);
  if ('problem' in pulled) throw notFetched(url);
  const { file, contentType } = pulled;
  const image = readSandboxImage(file);
  if (!image || image.contentType !== 'image/jpeg' || contentType !== 'image/jpeg') {
    const words = `The image format ${image?.contentType ?? contentType} is not supported. Supported formats are: JPEG.`;
    throw refusal(36001, 2207005, 'Unsupported image format.', words);
  }
  if (file.bytes > MAX_IMAGE_BYTES) {
    const words = 'The image is too large to download. It should be less than 8 MiB.';
    throw refusal(36000, 2207004, 'Image size too large', words);
  }
  const aspect = image.width / image.height;
  // A little is forgiven, as sizes are whole pixels.
  if (kind === 'IMAGE' && (aspect < 0.795 || aspect > 1.915)) {
    const words = `The submitted image with aspect ratio (${aspect.toFixed(3)}) cannot be published. Please submit an image with a valid aspect ratio.`;
    throw refusal(36003, 2207009, 'Invalid aspect ratio', words);
  }
  const digest = state.world.keep(file, image.contentType);
  return { contentType: image.contentType, bytes: file.bytes, digest, width: image.width, height: image.height };
}

/** A video that was fetched, or what will be told of it when it was processed. */
export async function pullVideo(
  state: State,
  url: string,
  container: Pick<Container, 'id' | 'kind' | 'parameters'>,
): Promise<{ file?: File; problem?: string }> {
  const pulled = await pullFile(state.world, url);
  if ('problem' in pulled) return { problem: failed(2207052) };
  if (!/^video\/(mp4|quicktime)$/.test(pulled.contentType)) return { problem: failed(2207026) };
  const upload = state.world.upload(container.id);
  upload.append(pulled.file);
  return takeVideo(upload, container);
}

/** Takes a video of which all bytes are there, or throws it away and says what is wrong with it. */
export function takeVideo(
  upload: SandboxUpload,
  container: Pick<Container, 'kind' | 'parameters'>,
): { file: File } | { problem: string } {
  const { bytes } = upload;
  const judged = judge(upload, container);
  if ('problem' in judged) {
    upload.discard();
    return judged;
  }
  const { contentType, width, height } = judged.video;
  return { file: { contentType, bytes, digest: upload.finish(contentType), width, height } };
}

/** Looks at a video by its own eyes: kind, length, pictures a second, the order of its boxes, edit lists. */
function judge(
  upload: SandboxUpload,
  { kind, parameters }: Pick<Container, 'kind' | 'parameters'>,
): { video: SandboxVideo } | { problem: string } {
  const limit = (kind === 'STORIES' ? storyLimits : reelLimits).media.video as VideoLimit;
  const { video, problem } = judgeVideo(upload, limit);
  if (!video || problem !== undefined || video.refusedLate) return { problem: failed(2207026) };
  if (video.audioCodec !== undefined && video.audioCodec !== 'mp4a') return { problem: failed(2207026) };
  if (!isOrderly(videoOutline(upload))) return { problem: failed(2207026) };
  if (Number(parameters.thumb_offset ?? 0) >= video.durationMs) return { problem: failed(2207057) };
  return { video };
}

/** "moov atom at the front of the file, no edit lists". */
function isOrderly(outline: Buffer): boolean {
  const [index, data] = [outline.indexOf('moov'), outline.indexOf('mdat')];
  return index !== -1 && index < data && !outline.subarray(0, data).includes('elst');
}

/** How `status` words it. https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container */
function failed(subcode: number): string {
  return `Error: Media upload has failed with error code ${subcode}`;
}

function notFetched(url: string): ReturnType<typeof refusal> {
  const words = `The media could not be fetched from this uri: ${url}`;
  return refusal(9004, 2207052, 'Only photo or video can be accepted as media type.', words);
}
