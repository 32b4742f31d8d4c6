import { randomBytes } from 'node:crypto';
import {
  readSandboxImage,
  type JsonObject,
  type SandboxAnswer,
  type SandboxPulled,
  type SandboxRequest,
} from '#platforms/core';
import { invalid, ok, Refused } from './answers.js';
import { nothingSaid, numberIn, objectIn, photosInfo, requireKnown, videoInfo } from './body.js';
import { isAuditedApp } from './consent.js';
import { optionsOf, requireInboxRoom, requirePostable } from './creators.js';
import { problemIn } from './files.js';
import { showPost } from './show.js';
import { type File, type Info, newPublishId, type Person, type Publish, type State, type Token } from './state.js';
import { caller } from './tokens.js';

const HOUR_MS = 3_600_000;
/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide. By the reading that allows more. */
const SMALLEST_PART = 5_000_000;
const LARGEST_PART = 64 * 1024 * 1024;
const LARGEST_LAST_PART = 128 * 1024 * 1024;
const LARGEST_VIDEO = 4 * 1024 * 1024 * 1024;
const LARGEST_PHOTO = 20 * 1024 * 1024;

/** Who posts, and what. */
interface Beginning {
  person: Person;
  token: Token;
  kind: Publish['kind'];
  isDraft: boolean;
  info: Info;
}

/** `POST /v2/post/publish/video/init/` */
export function beginPost(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  const who = caller(state, request, 'video.publish');
  requireKnown(request.json, ['post_info', 'source_info']);
  const info = videoInfo(request.json);
  requireDirect(state, who, info);
  return beginVideo(state, request, { ...who, kind: 'video', isDraft: false, info });
}

/** `POST /v2/post/publish/inbox/video/init/` */
export function beginDraft(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  const who = caller(state, request, 'video.upload');
  requireKnown(request.json, ['source_info']);
  requireInboxRoom(state, who.person);
  return beginVideo(state, request, { ...who, kind: 'video', isDraft: true, info: nothingSaid() });
}

/** `POST /v2/post/publish/content/init/`: photos, which are fetched. */
export async function beginPhotos(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  const { json } = request;
  requireKnown(json, ['media_type', 'post_mode', 'post_info', 'source_info']);
  if (json.media_type !== 'PHOTO') throw invalid('The media_type must be PHOTO.');
  if (json.post_mode !== 'DIRECT_POST' && json.post_mode !== 'MEDIA_UPLOAD') throw invalid('The post_mode is unknown.');
  const isDraft = json.post_mode === 'MEDIA_UPLOAD';
  const who = caller(state, request, isDraft ? 'video.upload' : 'video.publish');
  const info = photosInfo(json, isDraft);
  const source = objectIn(json, 'source_info', ['source', 'photo_images', 'photo_cover_index']);
  const { photo_images: images } = source;
  if (source.source !== 'PULL_FROM_URL') throw invalid('The source must be PULL_FROM_URL.');
  if (!Array.isArray(images) || images.length < 1 || images.length > 35)
    throw invalid('1 to 35 photo_images are taken.');
  const cover = numberIn(source, 'photo_cover_index') ?? 0;
  if (cover >= images.length) throw invalid('There is no photo of photo_cover_index.');
  const addresses = images.map((image) => verified(state, image));
  if (isDraft) requireInboxRoom(state, who.person);
  else requireDirect(state, who, info);
  const beginning: Beginning = { ...who, kind: 'photos', isDraft, info: { ...info, coverAt: cover } };
  return pulled(state, beginning, () => Promise.all(addresses.map((address) => fetchedPhoto(state, address))));
}

async function beginVideo(
  state: State,
  { json, baseUrl }: SandboxRequest,
  beginning: Beginning,
): Promise<SandboxAnswer> {
  const { source } = (json.source_info ?? {}) as JsonObject;
  if (source === 'PULL_FROM_URL') {
    const address = verified(state, objectIn(json, 'source_info', ['source', 'video_url']).video_url);
    return pulled(state, beginning, async (publish) => [await fetchedVideo(state, publish, address)]);
  }
  if (source !== 'FILE_UPLOAD') throw invalid('The source is unknown.');
  const parts = partsIn(objectIn(json, 'source_info', ['source', 'video_size', 'chunk_size', 'total_chunk_count']));
  const publish = { ...begun(state, beginning, 'file'), ...parts };
  state.publishes.set(publish.id, publish);
  const query = new URLSearchParams({ upload_id: publish.id, upload_token: publish.secret });
  return ok({ publish_id: publish.id, upload_url: `${baseUrl}/upload/video/?${query.toString()}` });
}

function partsIn(source: JsonObject): Pick<Publish, 'size' | 'chunkSize' | 'count'> {
  const [size = 0, chunkSize = 0, count = 0] = ['video_size', 'chunk_size', 'total_chunk_count'].map((name) =>
    numberIn(source, name),
  );
  if (size < 1 || size > LARGEST_VIDEO) throw invalid('The video_size is invalid.');
  if (size < SMALLEST_PART ? chunkSize !== size : chunkSize < SMALLEST_PART || chunkSize > LARGEST_PART) {
    throw invalid('The chunk_size is invalid.');
  }
  if (count !== Math.floor(size / chunkSize) || count < 1 || count > 1_000) {
    throw invalid('The total_chunk_count is invalid.');
  }
  // Not on the page, and refused in these words since August 2026: https://github.com/DayMoonDevelopment/post-for-me/issues/327
  if (count === 1 && chunkSize !== size) throw invalid('The chunk size is invalid');
  if (size > LARGEST_PART && count === 1) throw invalid('A video of more than 64 MB has several chunks.');
  if (size - (count - 1) * chunkSize > LARGEST_LAST_PART) throw invalid('The last chunk is too large.');
  return { size, chunkSize, count };
}

/** What a direct post has to be, beside its form. */
function requireDirect(state: State, { person, token }: Pick<Beginning, 'person' | 'token'>, { privacy }: Info): void {
  if (!isAuditedApp(token.clientKey) && (!person.isPrivate || privacy !== 'SELF_ONLY')) {
    const code = 'unaudited_client_can_only_post_to_private_accounts';
    const message =
      'Unaudited client can only post to private accounts. Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/';
    throw new Refused(403, code, message);
  }
  requirePostable(state, person, token, 403);
  if (!optionsOf(person).includes(privacy)) {
    const message = 'Privacy level is not among the options of the creator.';
    throw new Refused(403, 'privacy_level_option_mismatch', message);
  }
}

/** An address whose owner is known. Those of this installation are, unless a rehearsal says which. */
function verified(state: State, address: unknown): string {
  if (typeof address !== 'string' || !URL.canParse(address)) throw invalid('An address is missing.');
  const prefixes = state.arranged('verified');
  if (Array.isArray(prefixes) && !prefixes.some((prefix) => typeof prefix === 'string' && address.startsWith(prefix))) {
    const message =
      'Please review our URL ownership verification rules at https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide/#pull_from_url';
    throw new Refused(403, 'url_ownership_unverified', message);
  }
  return address;
}

/** Something that cannot be taken: a `fail_reason`. */
class Unusable extends Error {}

async function pulled(
  state: State,
  beginning: Beginning,
  fetched: (publish: Publish) => Promise<File[]>,
): Promise<SandboxAnswer> {
  const publish = begun(state, beginning, 'url');
  try {
    complete(state, { ...publish, files: await fetched(publish) });
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    complete(state, { ...publish, problem: error.message });
  }
  return ok({ publish_id: publish.id });
}

async function fileAt(state: State, address: string, reason: string): Promise<SandboxPulled> {
  const answer = await state.world.pull(address).catch(() => undefined);
  if (answer?.status !== 200) throw new Unusable(reason);
  return answer;
}

async function fetchedPhoto(state: State, address: string): Promise<File> {
  const { file } = await fileAt(state, address, 'photo_pull_failed');
  const image = readSandboxImage(file);
  if (
    !image ||
    (image.contentType !== 'image/jpeg' && image.contentType !== 'image/webp') ||
    file.bytes > LARGEST_PHOTO
  ) {
    throw new Unusable('file_format_check_failed');
  }
  if (image.width * image.height > 1_080 * 1_920) throw new Unusable('picture_size_check_failed');
  const digest = state.world.keep(file, image.contentType);
  return { contentType: image.contentType, bytes: file.bytes, digest };
}

async function fetchedVideo(state: State, { openId }: Publish, address: string): Promise<File> {
  const { file, contentType } = await fileAt(state, address, 'video_pull_failed');
  const problem = problemIn(file, state.person(openId));
  if (problem !== undefined) throw new Unusable(problem);
  return { contentType, bytes: file.bytes, digest: state.world.keep(file, contentType) };
}

function begun(state: State, { person, token, kind, isDraft, info }: Beginning, source: Publish['source']): Publish {
  const now = state.now();
  return {
    id: newPublishId({ kind, isDraft, source }),
    ...{ openId: person.openId, clientKey: token.clientKey, kind, isDraft, source, info, begunAt: now },
    ...{ size: 0, chunkSize: 0, count: 0, received: 0, contentType: '', files: [] },
    secret: randomBytes(16).toString('hex'),
    endsAt: now + HOUR_MS,
  };
}

/** All of it is there: what can be posted is, and TikTok works on it for a while. */
export function complete(state: State, publish: Publish): void {
  const refuse = state.arranged('refuse');
  const problem = publish.problem ?? (typeof refuse === 'string' ? refuse : undefined);
  state.arrange('refuse', undefined);
  const done: Publish = { ...publish, completeAt: state.now(), ...(problem !== undefined && { problem }) };
  if (problem !== undefined) {
    state.publishes.set(done.id, done);
    return;
  }
  showPost(state, done);
}
