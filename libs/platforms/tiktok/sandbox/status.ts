import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { invalid, ok, okWithIds, Refused } from './answers.js';
import { requireKnown } from './body.js';
import { type Publish, type State } from './state.js';
import { caller } from './tokens.js';

/** A few seconds, and longer for large files: "512 MB: Less than half a minute". */
const WORK_MS = 3_000;
const BYTES_A_MS = 100_000;
/** "Moderation usually finishes within one minute." Shorter here, so that trying it is no wait. */
const REVIEW_MS = 4_000;

/** `POST /v2/post/publish/status/fetch/` */
export function fetchStatus(state: State, request: SandboxRequest): SandboxAnswer {
  const publish = namedPublish(state, request);
  const status = statusOf(state, publish);
  const { source, received, files, problem = '' } = publish;
  const data: JsonObject = {
    status,
    ...(status === 'FAILED' && { fail_reason: problem }),
    ...(source === 'file' && { uploaded_bytes: received }),
    ...(source === 'url' && { downloaded_bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }),
  };
  const ids = isReviewed(state, publish) && publish.postId !== undefined ? [publish.postId] : [];
  return okWithIds(data, 'publicaly_available_post_id', ids);
}

/** `POST /v2/post/publish/cancel/`, while it is not done. */
export function cancel(state: State, request: SandboxRequest): SandboxAnswer {
  const publish = namedPublish(state, request);
  if (publish.completeAt !== undefined) throw invalid('The post cannot be cancelled any more.');
  state.world.upload(publish.id).discard();
  state.publishes.set(publish.id, { ...publish, problem: 'publish_cancelled', completeAt: 0 });
  return ok({});
}

function namedPublish(state: State, request: SandboxRequest): Publish {
  const { person } = caller(state, request, 'video.publish', 'video.upload');
  requireKnown(request.json, ['publish_id']);
  const { publish_id: id } = request.json;
  const publish = typeof id === 'string' ? state.publishes.get(id) : undefined;
  if (!publish) throw new Refused(400, 'invalid_publish_id', 'The publish_id does not exist.');
  if (publish.openId !== person.openId) {
    const code = 'token_not_authorized_for_specified_publish_id';
    throw new Refused(400, code, 'The publish_id does not exist or is not for the current user.');
  }
  return publish;
}

function statusOf(state: State, publish: Publish): string {
  const { completeAt, source, problem, isDraft, postedAt } = publish;
  if (completeAt === undefined || state.now() < readyAt(state, publish)) {
    return source === 'file' ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD';
  }
  if (problem !== undefined) return 'FAILED';
  return isDraft && postedAt === undefined ? 'SEND_TO_USER_INBOX' : 'PUBLISH_COMPLETE';
}

function readyAt(state: State, { completeAt = Infinity, files }: Publish): number {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return completeAt + arrangedMs(state, 'work', WORK_MS) + bytes / BYTES_A_MS;
}

/** Whether a public post went through its review: only then its id is told, and others see it. */
function isReviewed(state: State, publish: Publish): boolean {
  return state.now() >= readyAt(state, publish) + arrangedMs(state, 'review', REVIEW_MS);
}

function arrangedMs(state: State, name: string, usual: number): number {
  const arranged = state.arranged(name);
  return typeof arranged === 'number' ? arranged : usual;
}

const VIDEO_FIELDS = ['id', 'create_time', 'title', 'video_description', 'share_url', 'duration', 'cover_image_url'];

/** `POST /v2/video/list/`: the public videos of the account, newest first. https://developers.tiktok.com/doc/tiktok-api-v2-video-list */
export function listVideos(state: State, request: SandboxRequest): SandboxAnswer {
  const { person } = caller(state, request, 'video.list');
  requireKnown(request.json, ['cursor', 'max_count']);
  const fields = (request.query.fields ?? '').split(',');
  if (fields.some((field) => !VIDEO_FIELDS.includes(field))) {
    throw new Refused(400, 'invalid_params', 'A field is unknown.');
  }
  const { cursor = Infinity, max_count: count = 10 } = request.json;
  if (typeof count !== 'number' || count < 1 || count > 20)
    throw new Refused(400, 'invalid_params', 'max_count is invalid.');
  const all = state
    .publishesOf(person.openId)
    .filter((one) => one.kind === 'video' && one.postId !== undefined && isReviewed(state, one))
    .filter(({ completeAt = 0 }) => completeAt < Number(cursor))
    .sort((one, other) => (other.completeAt ?? 0) - (one.completeAt ?? 0));
  const page = all.slice(0, count);
  return ok({
    videos: page.map((one) => videoNode(state, person.username, one, fields)),
    cursor: page.at(-1)?.completeAt ?? 0,
    has_more: all.length > page.length,
  });
}

function videoNode(state: State, username: string, publish: Publish, fields: readonly string[]): JsonObject {
  const { postId = '', completeAt = 0, info } = publish;
  const node: JsonObject = {
    id: postId,
    create_time: Math.floor(completeAt / 1_000),
    title: info.text,
    video_description: info.text,
    share_url: `${state.world.baseUrl}/www/@${username}/video/${postId}?utm_campaign=tt4d_open_api`,
    duration: 1,
    cover_image_url: `${state.world.baseUrl}/www/avatar.svg`,
  };
  return Object.fromEntries(fields.map((field) => [field, node[field] ?? null]));
}
