import {
  isJsonObject,
  type JsonObject,
  type SandboxAnswer,
  type SandboxFile,
  type SandboxRequest,
  type SandboxUpload,
} from '#platforms/core';
import { invalid, problem } from './answers.js';
import { judge } from './files.js';
import { type Media, newId, type State } from './state.js';

/** https://docs.x.com/x-api/media/initialize-media-upload */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  tweet_image: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp', 'image/pjpeg', 'image/tiff'],
  tweet_gif: ['image/gif'],
  tweet_video: ['video/mp4', 'video/quicktime', 'video/webm', 'video/mp2t'],
  amplify_video: ['video/mp4', 'video/quicktime', 'video/webm', 'video/mp2t'],
};
/** https://docs.x.com/x-api/media/introduction */
const MAX_BYTES: Readonly<Record<string, number>> = {
  tweet_image: 5 * 1024 * 1024,
  tweet_gif: 15 * 1024 * 1024,
  tweet_video: 512 * 1024 * 1024,
  amplify_video: 512 * 1024 * 1024,
};
/** What a media key begins with. */
const KEYS: Readonly<Record<string, string>> = {
  tweet_image: '3',
  tweet_gif: '16',
  tweet_video: '7',
  amplify_video: '13',
};
const MAX_SEGMENT = 5 * 1024 * 1024;
/** https://docs.x.com/x-api/media/quickstart/media-upload-chunked: `expires_after_secs` before and after the upload is complete. */
const OPEN_S = 1_295_999;
const COMPLETE_S = 86_400;
const PROCESSING_MS: Readonly<Record<string, number>> = {
  tweet_image: 0,
  tweet_gif: 2_000,
  tweet_video: 3_000,
  amplify_video: 3_000,
};
const MAX_ALT = 1_000;

/** `POST /2/media/upload`: an image at once. https://docs.x.com/x-api/media/upload-media */
export function uploadMedia(state: State, userId: string, request: SandboxRequest): SandboxAnswer {
  const given = { ...request.form, ...request.json };
  strangers(given, ['media', 'media_category', 'additional_owners']);
  const category = categoryOf(given.media_category, ['tweet_image', 'tweet_gif']);
  const file = mediaIn(state, request, given.media);
  tooLarge(file.bytes, category);
  const media = begin(state, userId, { category, contentType: 'image/jpeg', totalBytes: file.bytes });
  const done = completed(state, media, file);
  return { status: 200, body: { data: dataOf(state, done) } };
}

/** `POST /2/media/upload/initialize`: https://docs.x.com/x-api/media/initialize-media-upload */
export function initialize(state: State, userId: string, { json }: SandboxRequest): SandboxAnswer {
  strangers(json, ['media_type', 'total_bytes', 'media_category', 'additional_owners', 'shared']);
  const category = categoryOf(json.media_category, Object.keys(TYPES));
  const { media_type: type, total_bytes: total } = json;
  if (typeof type !== 'string' || !TYPES[category]?.includes(type)) {
    throw invalid(`$.media_type: does not fit the category ${category}`, 'media_type');
  }
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 1) {
    throw invalid('$.total_bytes: is missing, or no whole number', 'total_bytes');
  }
  tooLarge(total, category);
  const media = begin(state, userId, { category, contentType: type, totalBytes: total });
  return { status: 200, body: { data: { id: media.id, media_key: keyOf(media), expires_after_secs: OPEN_S } } };
}

/** `POST /2/media/upload/{id}/append`: a segment, again where it came before. https://docs.x.com/x-api/media/append-media-upload */
export function append(state: State, userId: string, request: SandboxRequest): SandboxAnswer {
  const media = openMedia(state, userId, request.params.id ?? '');
  const given = { ...request.form, ...request.json };
  strangers(given, ['media', 'segment_index']);
  const index = Number(given.segment_index ?? NaN);
  if (!Number.isInteger(index) || index < 0 || index > 999) {
    throw invalid('$.segment_index: must be a whole number from 0 to 999', 'segment_index');
  }
  const file = mediaIn(state, request, given.media);
  if (file.bytes > MAX_SEGMENT) throw problem(413, 'about:blank', 'Payload Too Large', 'The segment is too large.');
  const segment = segmentOf(state, media, index);
  segment.discard();
  segment.append(file);
  state.media.set(media.id, { ...media, segments: [...new Set([...media.segments, index])] });
  return { status: 200, body: { data: { expires_at: Math.floor(media.expiresAt / 1000) } } };
}

/** `POST /2/media/upload/{id}/finalize`: https://docs.x.com/x-api/media/finalize-media-upload */
export function finalize(state: State, userId: string, request: SandboxRequest): SandboxAnswer {
  const media = openMedia(state, userId, request.params.id ?? '');
  const segments = media.segments.map((_, index) => segmentOf(state, media, index));
  if (segments.some(({ bytes }) => bytes === 0)) throw invalid('Segments do not follow one another.', 'id');
  if (segments.reduce((sum, { bytes }) => sum + bytes, 0) !== media.totalBytes) {
    throw invalid('Segments do not add up to provided total file size.', 'id');
  }
  const whole = state.world.upload(media.id);
  for (const segment of segments) {
    whole.append(segment);
    segment.discard();
  }
  try {
    return { status: 200, body: { data: dataOf(state, completed(state, media, whole)) } };
  } finally {
    whole.discard();
  }
}

/** `GET /2/media/upload?command=STATUS`: https://docs.x.com/x-api/media/get-media-upload-status */
export function mediaStatus(state: State, userId: string, { query }: SandboxRequest): SandboxAnswer {
  strangers(query, ['media_id', 'command']);
  if (query.command !== undefined && query.command !== 'STATUS') throw invalid('command must be STATUS', 'command');
  const media = mediaOf(state, userId, query.media_id ?? '');
  return { status: 200, body: { data: dataOf(state, media) } };
}

/** `POST /2/media/metadata`: https://docs.x.com/x-api/media/create-media-metadata */
export function describeMedia(state: State, userId: string, { json }: SandboxRequest): SandboxAnswer {
  strangers(json, ['id', 'metadata']);
  const media = mediaOf(state, userId, typeof json.id === 'string' ? json.id : '');
  if (media.finalizedAt === undefined) throw invalid('$.id: the upload is not complete', 'id');
  const { metadata } = json;
  if (!isJsonObject(metadata)) throw invalid('$.metadata: is missing but it is required', 'metadata');
  strangers(metadata, ['alt_text']);
  const text = isJsonObject(metadata.alt_text) ? metadata.alt_text.text : undefined;
  if (typeof text !== 'string' || text === '' || text.length > MAX_ALT) {
    throw invalid('$.metadata.alt_text.text: must have 1 to 1000 characters', 'metadata');
  }
  state.media.set(media.id, { ...media, altText: text });
  return { status: 200, body: { data: { id: media.id, associated_metadata: { alt_text: { text } } } } };
}

/** Whether it can be shown now. */
export function isReady(state: State, media: Media): boolean {
  const { finalizedAt, readyAt = 0, error, expiresAt } = media;
  return finalizedAt !== undefined && error === undefined && readyAt <= state.now() && expiresAt > state.now();
}

/** As answers name it. */
export function keyOf({ id, category }: Pick<Media, 'id' | 'category'>): string {
  return `${KEYS[category] ?? '3'}_${id}`;
}

type Begun = Pick<Media, 'category' | 'contentType' | 'totalBytes'>;

function begin(state: State, userId: string, begun: Begun): Media {
  const expiresAt = state.now() + OPEN_S * 1000;
  const media: Media = { ...begun, id: newId(state.now()), userId, segments: [], bytes: 0, digest: '', expiresAt };
  state.media.set(media.id, media);
  return media;
}

/** Looks at the file: what is no image is refused at once, what is no video when it is worked on. */
function completed(state: State, media: Media, file: SandboxFile): Media {
  const { contentType, width, height, error } = judge(file, media.category);
  const now = state.now();
  const isWorkedOn = (PROCESSING_MS[media.category] ?? 0) > 0;
  if (error !== undefined && !isWorkedOn) throw invalid(error, 'media');
  const done: Media = {
    ...media,
    contentType,
    width,
    height,
    bytes: file.bytes,
    digest: state.world.keep(file, contentType),
    finalizedAt: now,
    readyAt: now + (PROCESSING_MS[media.category] ?? 0),
    expiresAt: now + COMPLETE_S * 1000,
    ...(error !== undefined && { error }),
  };
  state.media.set(media.id, done);
  return done;
}

function dataOf(state: State, media: Media): JsonObject {
  const { id, finalizedAt, readyAt = 0, error, bytes, width = 0, height = 0, contentType } = media;
  const left = Math.max(0, Math.ceil((media.expiresAt - state.now()) / 1000));
  const data: JsonObject = { id, media_key: keyOf(media), expires_after_secs: left };
  if (finalizedAt === undefined) return data;
  data.size = bytes;
  const isVideo = contentType.startsWith('video/');
  if (!isVideo) data.image = { image_type: contentType, w: width, h: height };
  if (readyAt === finalizedAt) return data;
  const share = Math.min(1, (state.now() - finalizedAt) / (readyAt - finalizedAt));
  if (share < 1) {
    const first = share < 0.2;
    data.processing_info = {
      state: first ? 'pending' : 'in_progress',
      check_after_secs: 1,
      ...(!first && { progress_percent: Math.floor(share * 100) }),
    };
  } else {
    data.processing_info = error === undefined ? { state: 'succeeded', progress_percent: 100 } : { state: 'failed' };
    if (isVideo && error === undefined) data.video = { video_type: contentType };
  }
  return data;
}

function openMedia(state: State, userId: string, id: string): Media {
  const media = mediaOf(state, userId, id);
  if (media.finalizedAt !== undefined) throw invalid('The upload is complete already.', 'id');
  return media;
}

/** Somebody else's file, and one that has expired, is not there. */
function mediaOf(state: State, userId: string, id: string): Media {
  const media = state.media.get(id);
  if (media && media.userId === userId && media.expiresAt > state.now()) return media;
  throw problem(404, 'resource-not-found', 'Not Found Error', `Could not find media with id: [${id}].`, {
    resource_type: 'media',
    resource_id: id,
    parameter: 'id',
    value: id,
  });
}

function categoryOf(value: unknown, known: readonly string[]): string {
  if (typeof value === 'string' && known.includes(value)) return value;
  throw invalid(`$.media_category: must be one of [${known.join(', ')}]`, 'media_category');
}

function tooLarge(bytes: number, category: string): void {
  const max = MAX_BYTES[category] ?? 0;
  if (bytes <= max) return;
  throw invalid(`File size exceeds ${max} bytes.`, 'media');
}

/** Sent as a file, or within JSON. */
function mediaIn(state: State, { files: [file] }: SandboxRequest, encoded: unknown): SandboxFile {
  const given =
    file?.field === 'media'
      ? file
      : typeof encoded === 'string'
        ? state.world.file(Buffer.from(encoded, 'base64'))
        : undefined;
  if (!given || given.bytes === 0) throw invalid('$.media: is missing but it is required', 'media');
  return given;
}

function segmentOf({ world }: State, { id }: Media, index: number): SandboxUpload {
  return world.upload(`${id}:${index}`);
}

/** Whatever is on no page is refused. */
export function strangers(given: Readonly<Record<string, unknown>>, known: readonly string[], path = '$'): void {
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined) throw invalid(`${path}.${stranger}: is not defined in the schema`, stranger);
}
