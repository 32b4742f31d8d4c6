import { createHash, randomBytes } from 'node:crypto';
import {
  isJsonObject,
  type JsonObject,
  type SandboxAnswer,
  type SandboxFile,
  type SandboxRequest,
  type SandboxUpload,
} from '#platforms/core';
import { requireAuthor, requireReader } from './access.js';
import { judgeDocument, judgeImage, judgeVideo, type Judged } from './media.js';
import {
  accessDenied,
  badField,
  type Caller,
  errorAnswer,
  notFound,
  RestRefusal,
  restAnswer,
  uploaderOf,
} from './rest.js';
import { type Asset, type State } from './state.js';

type Kind = Asset['kind'];

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
export const PART_BYTES = 4_194_304;
const PROCESSING_MS: Readonly<Record<Kind, number>> = { image: 2_000, document: 3_000, video: 4_000 };
const ADDRESSES_LIVE_MS = 24 * 3_600_000;
const MAX_VIDEO = 500_000_000;

/** `POST /rest/images|documents|videos?action=…` */
export function act(state: State, caller: Caller, request: SandboxRequest, kind: Kind): SandboxAnswer {
  if (request.query.action === 'initializeUpload') return initialize(state, caller, request, kind);
  if (request.query.action === 'finalizeUpload' && kind === 'video') return finalize(state, caller, request);
  throw badField('action', 'PARAM_INVALID', 'there is no such action');
}

function initialize(state: State, caller: Caller, { json }: SandboxRequest, kind: Kind): SandboxAnswer {
  const given = onlyObject(json, 'initializeUploadRequest');
  const known = kind === 'video' ? ['owner', 'fileSizeBytes', 'uploadCaptions', 'uploadThumbnail'] : ['owner'];
  refuseUnknown(given, known, 'initializeUploadRequest');
  const owner = requireAuthor(
    state,
    caller,
    given.owner,
    'initializeUploadRequest/owner',
    `${kind}s.ACTION-initializeUpload`,
  );
  const id = `${kind === 'image' ? 'C4E' : 'C5F'}${randomBytes(12).toString('base64url')}`;
  const asset: Asset = {
    urn: `urn:li:${kind}:${id}`,
    kind,
    owner,
    endsAt: state.now() + ADDRESSES_LIVE_MS,
    secret: randomBytes(12).toString('hex'),
    ...(kind === 'video' && videoOf(given)),
  };
  state.assets.set(asset.urn, asset);
  const value = kind === 'video' ? videoValue(state, asset) : wholeValue(state, asset);
  return restAnswer(200, { value });
}

function videoOf({ fileSizeBytes: size, uploadCaptions, uploadThumbnail }: JsonObject): Partial<Asset> {
  const field = 'initializeUploadRequest';
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1) {
    throw badField(`${field}/fileSizeBytes`, 'MISSING_FIELD', 'fileSizeBytes must be a number of bytes');
  }
  if (size > MAX_VIDEO) throw badField(`${field}/fileSizeBytes`, 'FIELD_VALUE_INVALID', 'the video is too large');
  if (typeof uploadCaptions !== 'boolean' || typeof uploadThumbnail !== 'boolean') {
    throw badField(field, 'MISSING_FIELD', 'uploadCaptions and uploadThumbnail must be booleans');
  }
  return { size, token: randomBytes(6).toString('hex'), wantsCover: uploadThumbnail };
}

function wholeValue(state: State, asset: Asset): JsonObject {
  return { uploadUrlExpiresAt: asset.endsAt, uploadUrl: addressOf(state, asset, 'whole'), [asset.kind]: asset.urn };
}

function videoValue(state: State, asset: Asset): JsonObject {
  const size = asset.size ?? 0;
  const count = Math.ceil(size / PART_BYTES);
  const uploadInstructions = Array.from({ length: count }, (_, index) => ({
    uploadUrl: addressOf(state, asset, String(index)),
    firstByte: index * PART_BYTES,
    lastByte: Math.min(size, (index + 1) * PART_BYTES) - 1,
  }));
  return {
    uploadUrlsExpireAt: asset.endsAt,
    video: asset.urn,
    uploadInstructions,
    uploadToken: asset.token ?? '',
    ...(asset.wantsCover && { thumbnailUploadUrl: addressOf(state, asset, 'cover') }),
  };
}

function addressOf({ world }: State, { urn, secret, endsAt }: Asset, part: string): string {
  const query = new URLSearchParams({ e: String(endsAt), v: 'beta', t: signed(secret, part) });
  return `${world.baseUrl}/upload/${encodeURIComponent(urn)}/${part}?${query.toString()}`;
}

function signed(secret: string, part: string): string {
  return createHash('sha256').update(`${secret}:${part}`).digest('base64url');
}

/** `PUT` to an address of an upload: the bytes alone. */
export function receive(state: State, request: SandboxRequest): SandboxAnswer {
  try {
    const asset = state.assets.get(request.params.urn ?? '');
    const { part = '' } = request.params;
    if (!asset || request.query.t !== signed(asset.secret, part)) return refuseUpload(403, 'Invalid signature');
    if (asset.endsAt <= state.now()) return refuseUpload(400, 'EXPIRED_UPLOAD_URL');
    if (request.body.bytes === 0) return refuseUpload(400, 'The body is empty');
    return asset.kind === 'video' ? receivePart(state, asset, part, request) : receiveWhole(state, asset, request);
  } catch (error) {
    if (error instanceof RestRefusal) return errorAnswer(error.error);
    throw error;
  }
}

/** "The upload call requires a valid OAuth token in the Authorization header." vector-asset-api, to which the page of images refers. */
function receiveWhole(state: State, asset: Asset, request: SandboxRequest): SandboxAnswer {
  uploaderOf(state, request);
  const judged = asset.kind === 'image' ? judgeImage(request.body) : judgeDocument(request.body);
  keep(state, asset, request.body, judged);
  return { status: 201 };
}

/** "This is different than the upload video call which doesn't accept an OAuth token." */
function receivePart(state: State, asset: Asset, part: string, request: SandboxRequest): SandboxAnswer {
  const { headers, body } = request;
  if (headers.authorization !== undefined) return refuseUpload(400, 'Authorization is not accepted here');
  if (part === 'cover') return receiveCover(state, asset, request);
  const first = Number(part) * PART_BYTES;
  const expected = Math.min(PART_BYTES, (asset.size ?? 0) - first);
  if (body.bytes !== expected) return refuseUpload(400, `The part must have ${expected} bytes`);
  const held = partOf(state, asset, Number(part));
  held.discard();
  held.append(body);
  return { status: 200, headers: { etag: tagOf(asset, Number(part), held) } };
}

function receiveCover(state: State, asset: Asset, { headers, body }: SandboxRequest): SandboxAnswer {
  if (headers['media-type-family'] !== 'STILLIMAGE') return refuseUpload(400, 'media-type-family must be STILLIMAGE');
  const { contentType, problem } = judgeImage(body);
  if (problem !== undefined || asset.readyAt !== undefined)
    return refuseUpload(400, problem ?? 'The upload has been finalized');
  state.assets.set(asset.urn, { ...asset, cover: state.world.keep(body, contentType) });
  return { status: 201 };
}

function tagOf({ urn }: Asset, part: number, { digest }: SandboxFile): string {
  const tag = createHash('sha256').update(`${urn}:${part}:${digest}`).digest('base64url');
  return `/ambry-video/signedId/${tag}`;
}

function partOf({ world }: State, { urn }: Asset, part: number): SandboxUpload {
  return world.upload(`${urn}:${part}`);
}

function refuseUpload(status: number, message: string): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/plain' }, body: message };
}

function finalize(state: State, caller: Caller, { json }: SandboxRequest): SandboxAnswer {
  const given = onlyObject(json, 'finalizeUploadRequest');
  refuseUnknown(given, ['video', 'uploadToken', 'uploadedPartIds'], 'finalizeUploadRequest');
  const asset = typeof given.video === 'string' ? state.assets.get(given.video) : undefined;
  if (!asset || asset.kind !== 'video') throw notFound('The video does not exist');
  requireAuthor(state, caller, asset.owner, 'owner', 'videos.ACTION-finalizeUpload');
  if (given.uploadToken !== asset.token) {
    throw badField('finalizeUploadRequest/uploadToken', 'FIELD_VALUE_INVALID', 'the token is another');
  }
  const count = Math.ceil((asset.size ?? 0) / PART_BYTES);
  const parts = Array.from({ length: count }, (_, index) => partOf(state, asset, index));
  const tags = parts.map((part, index) => (part.bytes > 0 ? tagOf(asset, index, part) : undefined));
  const ids = given.uploadedPartIds;
  if (
    !Array.isArray(ids) ||
    ids.length !== count ||
    tags.some((tag, index) => tag === undefined || tag !== ids[index])
  ) {
    throw badField(
      'finalizeUploadRequest/uploadedPartIds',
      'FIELD_VALUE_INVALID',
      'the parts are not those that were uploaded',
    );
  }
  if (asset.wantsCover && asset.cover === undefined) {
    throw badField('finalizeUploadRequest', 'FIELD_VALUE_INVALID', 'the thumbnail was not uploaded');
  }
  const whole = state.world.upload(asset.urn);
  for (const part of parts) {
    whole.append(part);
    part.discard();
  }
  keep(state, asset, whole, judgeVideo(whole));
  whole.discard();
  return restAnswer(200);
}

function keep(state: State, asset: Asset, file: SandboxFile, { contentType, problem }: Judged): void {
  state.assets.set(asset.urn, {
    ...asset,
    contentType,
    bytes: file.bytes,
    digest: state.world.keep(file, contentType),
    readyAt: state.now() + PROCESSING_MS[asset.kind],
    ...(problem !== undefined && { problem }),
  });
}

/** What the states are called: same page. */
export function statusOf(
  state: State,
  { readyAt, problem }: Asset,
): 'WAITING_UPLOAD' | 'PROCESSING' | 'PROCESSING_FAILED' | 'AVAILABLE' {
  if (readyAt === undefined) return 'WAITING_UPLOAD';
  if (state.now() < readyAt) return 'PROCESSING';
  return problem === undefined ? 'AVAILABLE' : 'PROCESSING_FAILED';
}

/**
 * `GET /rest/images|documents|videos/{urn}`. `w_member_social` may write images and documents, and not read them; of videos
 * no page says so. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
 */
export function readAsset(state: State, caller: Caller, { params }: SandboxRequest, kind: Kind): SandboxAnswer {
  const asset = state.assets.get(params.urn ?? '');
  if (!asset || asset.kind !== kind) throw notFound(`The ${kind} does not exist`);
  const isOwn = kind === 'video' && asset.owner === caller.urn;
  if (!isOwn) requireReader(state, caller, asset.owner, `${kind}s.GET`);
  const status = statusOf(state, asset);
  return restAnswer(200, {
    id: asset.urn,
    owner: asset.owner,
    status,
    ...(status === 'PROCESSING_FAILED' && { processingFailureReason: asset.problem ?? 'UNKNOWN' }),
    ...(status === 'AVAILABLE' && { downloadUrl: `${state.world.baseUrl}/www/media/${asset.digest ?? ''}` }),
  });
}

/** A file that a post may show. @throws RestRefusal */
export function requireAsset(state: State, urn: unknown, owner: string, kinds: readonly Kind[], field: string): Asset {
  const asset = typeof urn === 'string' ? state.assets.get(urn) : undefined;
  if (!asset || !kinds.includes(asset.kind))
    throw badField(field, 'INVALID_URN_ID', `${String(urn)} does not exist or is none of ${kinds.join(', ')}`);
  if (asset.owner !== owner) throw accessDenied(`${asset.urn}, which is somebody else’s`);
  switch (statusOf(state, asset)) {
    case 'AVAILABLE':
      return asset;
    case 'PROCESSING_FAILED':
      throw badField(field, 'MEDIA_ASSET_PROCESSING_FAILED', 'the file could not be processed');
    case 'PROCESSING':
    case 'WAITING_UPLOAD':
      throw badField(field, 'MEDIA_ASSET_WAITING_UPLOAD', 'the file is not ready');
  }
}

function onlyObject(json: JsonObject, name: string): JsonObject {
  const given = json[name];
  refuseUnknown(json, [name], '');
  if (isJsonObject(given)) return given;
  throw badField(name, 'MISSING_FIELD', 'field is required but not found');
}

/** @throws RestRefusal where there is a field that nobody knows */
export function refuseUnknown(given: JsonObject, known: readonly string[], where: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw badField(`${where}/${unknown}`, 'UNKNOWN_FIELD', 'unrecognized field found but not allowed');
}
