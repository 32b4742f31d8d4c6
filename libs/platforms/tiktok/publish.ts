import {
  type AccountContext,
  type CommitContext,
  endpointOf,
  isPublicAddress,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { callApi, OPERATIONS } from './api.js';
import { type ChunkPlan, lastStartOf } from './chunks.js';
import { type Creator, readCreator, requireAllowed } from './creator.js';
import { formatNotGranted, NOT_PUBLIC } from './failures.js';
import { manifest } from './manifest.js';
import { isGranted } from './scopes.js';
import { type Choice, choiceOf } from './settings.js';
import { lastMoment, sendAhead, sendLastPart } from './upload.js';

/** What is posted, for those who look for it afterwards. */
type Posted = {
  kind: 'video' | 'photos';
  isDraft: boolean;
  /** Whether everybody may see it: then TikTok reviews it, and gives it an address. */
  isPublic: boolean;
  /** Of the account; empty where it is not known. */
  username: string;
};

/** An upload that lacks its last part, or the request that has TikTok fetch the files. */
export type PreparedPost = Posted &
  (
    | { by: 'upload'; publishId: string; address: string; until: string; size: number; start: number }
    | { by: 'pull'; path: string; body: JsonObject }
  );

const PATHS = {
  post: '/post/publish/video/init/',
  draft: '/post/publish/inbox/video/init/',
  photos: '/post/publish/content/init/',
} as const;

/** The first look comes soon, as short videos are ready within seconds. */
const FIRST_LOOK_MS = 5_000;

/**
 * Asks what the account may post today, and sends a video but for its last part. What TikTok fetches by its address is
 * only described.
 */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPost> {
  const [first] = ctx.media;
  if (!first) throw new Error('A post on TikTok has a file.');
  const choice = choiceOf(draft.settings);
  if (!isGranted(ctx, choice.isDraft ? 'video.upload' : 'video.publish')) {
    throw new PlatformFailure(formatNotGranted(choice.isDraft));
  }
  const creator = choice.isDraft ? undefined : await allowedCreator(ctx, draft, choice);
  const posted: Posted = {
    kind: first.kind === 'video' ? 'video' : 'photos',
    isDraft: choice.isDraft,
    isPublic: choice.privacy === 'PUBLIC_TO_EVERYONE',
    username: creator?.username ?? usernameOf(ctx),
  };
  if (posted.kind === 'photos') {
    return { ...posted, by: 'pull', path: PATHS.photos, body: photosBody(draft, choice, await addressesOf(ctx)) };
  }
  const path = choice.isDraft ? PATHS.draft : PATHS.post;
  const bodyWith = (source: JsonObject) => videoBody(draft, choice, first, source);
  if (ctx.options.pull === true) {
    const [address = ''] = await addressesOf(ctx);
    return { ...posted, by: 'pull', path, body: bodyWith({ source: 'PULL_FROM_URL', video_url: address }) };
  }
  const { session, plan } = await sendAhead(ctx, first, { path, body: (parts) => bodyWith(fileSource(parts)) });
  return { ...posted, by: 'upload', ...session, size: plan.size, start: lastStartOf(plan) };
}

/** The one request by which the post goes out: the last part of the video, or that which has TikTok fetch the files. */
export async function commit(ctx: CommitContext, prepared: PreparedPost): Promise<Receipt> {
  const publishId = await send(ctx, prepared);
  const what = `TikTok is processing the ${prepared.kind === 'video' ? 'video' : 'photos'}.`;
  throw new StillProcessing(what, new Date(ctx.now().getTime() + FIRST_LOOK_MS), { publishId });
}

async function send(ctx: CommitContext, prepared: PreparedPost): Promise<string> {
  if (prepared.by === 'pull') {
    const operation = OPERATIONS.begin;
    const data = await callApi(ctx, { operation, path: prepared.path, json: prepared.body });
    return stringField(data, 'publish_id', operation);
  }
  const [source] = ctx.media;
  if (!source) throw new Error('The video of the post is not there.');
  await sendLastPart(ctx, source, prepared);
  return prepared.publishId;
}

/** An upload holds as long as its address. */
export function goodUntil(prepared: PreparedPost): Date | undefined {
  return prepared.by === 'upload' ? lastMoment(prepared) : undefined;
}

/**
 * Cancels an upload that lacks its last part. TikTok promises that for files that it fetches alone; without its last part an
 * upload publishes nothing in any case. https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export async function discard(ctx: AccountContext, prepared: PreparedPost): Promise<void> {
  if (prepared.by !== 'upload') return;
  const json = { publish_id: prepared.publishId };
  await callApi(ctx, { operation: 'cancel the upload', path: '/post/publish/cancel/', json });
}

/** Asked before every post, as TikTok wants it; once for each that is prepared. */
function allowedCreator(ctx: PrepareContext, draft: SegmentDraft, choice: Choice): Promise<Creator> {
  return ctx.step('creator', async () => {
    const creator = await readCreator(ctx);
    requireAllowed(creator, choice, draft.media);
    return creator;
  });
}

function usernameOf({ channelDetails: { username } }: AccountContext): string {
  return typeof username === 'string' ? username : '';
}

/** https://developers.tiktok.com/doc/content-posting-api-reference-direct-post; a draft is a file alone. */
function videoBody(draft: SegmentDraft, choice: Choice, { coverAtMs }: MediaSource, source: JsonObject): JsonObject {
  if (choice.isDraft) return { source_info: source };
  return {
    post_info: {
      ...(draft.text !== '' && { title: draft.text }),
      ...audience(choice),
      disable_duet: !choice.isOn('allowDuet'),
      disable_stitch: !choice.isOn('allowStitch'),
      ...(coverAtMs !== undefined && { video_cover_timestamp_ms: Math.round(coverAtMs) }),
      is_aigc: choice.isOn('aiGenerated'),
    },
    source_info: source,
  };
}

function fileSource({ size, chunkSize, count }: ChunkPlan): JsonObject {
  return { source: 'FILE_UPLOAD', video_size: size, chunk_size: chunkSize, total_chunk_count: count };
}

/** https://developers.tiktok.com/doc/content-posting-api-reference-photo-post */
function photosBody(draft: SegmentDraft, choice: Choice, addresses: readonly string[]): JsonObject {
  return {
    media_type: 'PHOTO',
    post_mode: choice.isDraft ? 'MEDIA_UPLOAD' : 'DIRECT_POST',
    post_info: {
      ...(choice.title !== undefined && { title: choice.title }),
      ...(draft.text !== '' && { description: draft.text }),
      ...(!choice.isDraft && { ...audience(choice), auto_add_music: choice.isOn('autoAddMusic') }),
    },
    source_info: { source: 'PULL_FROM_URL', photo_images: [...addresses], photo_cover_index: choice.cover },
  };
}

/** What every direct post says: who sees it, who may comment, and what is advertised with it. */
function audience(choice: Choice): JsonObject {
  return {
    privacy_level: choice.privacy ?? '',
    disable_comment: !choice.isOn('allowComments'),
    brand_content_toggle: choice.isOn('brandedContent'),
    brand_organic_toggle: choice.isOn('yourBrand'),
  };
}

/** Where TikTok fetches the files. The practice network reaches this installation in any case. */
async function addressesOf(ctx: PrepareContext): Promise<string[]> {
  const addresses = await Promise.all(ctx.media.map((file) => file.address()));
  const isReal = endpointOf(ctx, 'api') === manifest.endpoints.api;
  if (isReal && !addresses.every(isPublicAddress)) throw new PlatformFailure(NOT_PUBLIC);
  return addresses;
}
