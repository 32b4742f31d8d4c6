import { type SandboxAnswer, type SandboxRequest, type VideoLimit } from '#platforms/core';
import {
  badParameter,
  edge,
  graphAnswer,
  GraphRefusal,
  judgeVideo,
  newId,
  type Node,
  pageCaller,
  readSandboxImage,
  receiveBytes,
  requireScope,
  ruploadError,
  tokenText,
} from '#platforms/meta/sandbox';
import { creator, graphTime, keptText, parameter, parametersOf, placeName, placeOf } from './access.js';
import { type State, type Video, type VideoEdge } from './state.js';

/** How much of a video the server wants at once. */
const CHUNK_BYTES = 1_048_576;
/** Facebook takes some seconds to some minutes. */
const WORK_MS = 3_000;
const DAY_MS = 24 * 3_600_000;
const REELS_A_DAY = 30;
const LIST_SIZE = 25;

const CODECS = { types: ['video/mp4'], videoCodecs: [], audioCodecs: [] } as const;
const MAX_BYTES = 2_000_000_000;
/** https://developers.facebook.com/docs/video-api/guides/reels-publishing */
const REEL: VideoLimit = {
  ...CODECS,
  maxBytes: MAX_BYTES,
  minDurationMs: 3_000,
  maxDurationMs: 90_000,
  minFrameRate: 24,
  maxFrameRate: 60,
  minWidth: 540,
  minHeight: 960,
  aspect: { min: 9 / 16, max: 9 / 16 },
};
const LIMITS: Readonly<Record<VideoEdge, VideoLimit>> = {
  // https://developers.facebook.com/docs/graph-api/video-uploads
  videos: { ...CODECS, maxBytes: MAX_BYTES, maxDurationMs: 4 * 3_600_000, aspect: { min: 9 / 16, max: 16 / 9 } },
  video_reels: REEL,
  // https://developers.facebook.com/docs/page-stories-api
  video_stories: { ...REEL, maxDurationMs: 60_000 },
};

/** `POST /{page}/videos` in phases: https://developers.facebook.com/docs/graph-api/video-uploads */
export function postVideo(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  creator(state, request, pageId);
  switch (parameter(request, 'upload_phase')) {
    case 'start':
      return startChunks(state, request, pageId);
    case 'transfer':
      return transferChunk(state, request, pageId);
    case 'finish':
      return finish(state, request, ofSession(state, request, pageId));
    case 'cancel': {
      const video = ofSession(state, request, pageId);
      state.world.upload(video.id).discard();
      state.videos.delete(video.id);
      return graphAnswer(200, { success: true });
    }
    default:
      throw badParameter('Param upload_phase must be one of {cancel, finish, start, transfer}');
  }
}

function startChunks(state: State, request: SandboxRequest, pageId: string): SandboxAnswer {
  const fileSize = Number(parameter(request, 'file_size'));
  if (!Number.isSafeInteger(fileSize) || fileSize < 1) throw badParameter('Param file_size must be an integer');
  if (fileSize > MAX_BYTES) {
    const message = 'The video you tried to upload is too large. The maximum size for a video is 2 GB.';
    throw new GraphRefusal({ code: 352, subcode: 1363023, message });
  }
  const sessionId = newId();
  const video = begin(state, pageId, 'videos', { sessionId, fileSize });
  return graphAnswer(200, { upload_session_id: sessionId, video_id: video.id, ...offsets(state, video) });
}

function transferChunk(state: State, request: SandboxRequest, pageId: string): SandboxAnswer {
  const video = ofSession(state, request, pageId);
  const start = Number(parameter(request, 'start_offset'));
  const file = request.files.find(({ field }) => field === 'video_file_chunk');
  if (!file) throw new GraphRefusal({ code: 6000, subcode: 1363020, message: 'No Video Selected' });
  const upload = state.world.upload(video.id);
  const confirmed = upload.bytes;
  const fileSize = video.fileSize ?? 0;
  if (start !== confirmed) {
    const message = 'There was a problem uploading your video. Please try uploading it again.';
    throw new GraphRefusal({ code: 6000, subcode: 1363037, message, data: offsets(state, video) });
  }
  if (confirmed + file.bytes > fileSize) throw badParameter('Param video_file_chunk goes beyond file_size');
  upload.append(file);
  const answer = offsets(state, video);
  if (upload.bytes === fileSize) complete(state, video);
  return graphAnswer(200, answer);
}

/** As text, as Facebook has it. */
function offsets(state: State, { id, fileSize = 0 }: Video): { start_offset: string; end_offset: string } {
  const confirmed = state.videos.get(id)?.file ? fileSize : state.world.upload(id).bytes;
  return { start_offset: String(confirmed), end_offset: String(Math.min(fileSize, confirmed + CHUNK_BYTES)) };
}

function ofSession(state: State, request: SandboxRequest, pageId: string): Video {
  const sessionId = parameter(request, 'upload_session_id');
  const found = state.videos.entries().find(([, video]) => video.sessionId === sessionId && video.pageId === pageId);
  if (found) return found[1];
  throw new GraphRefusal({ code: 6000, subcode: 1363041, message: 'Invalid upload session' });
}

/**
 * `POST /{page}/video_reels` and `/video_stories`: https://developers.facebook.com/docs/video-api/guides/reels-publishing and
 * https://developers.facebook.com/docs/page-stories-api
 */
export function postUpright(state: State, request: SandboxRequest, via: VideoEdge): SandboxAnswer {
  const pageId = request.params.id ?? '';
  creator(state, request, pageId);
  switch (parameter(request, 'upload_phase').toLowerCase()) {
    case 'start': {
      const { id } = begin(state, pageId, via, {});
      return graphAnswer(200, { video_id: id, upload_url: `${request.baseUrl}/rupload/video-upload/v26.0/${id}` });
    }
    case 'finish': {
      const video = state.videos.get(parameter(request, 'video_id'));
      if (!video || video.pageId !== pageId || video.edge !== via) throw badParameter('Param video_id is not valid');
      if (via === 'video_reels') checkReel(state, request, video);
      return finish(state, request, video);
    }
    default:
      throw badParameter('Param upload_phase must be one of {FINISH, START}');
  }
}

function checkReel(state: State, request: SandboxRequest, video: Video): void {
  if (parameter(request, 'video_state') !== 'PUBLISHED') {
    throw badParameter('The practice network publishes at once only: video_state must be PUBLISHED');
  }
  const since = state.now() - DAY_MS;
  const reels = state.videos.entries().filter(([, { pageId, edge: via, finishedAt = 0 }]) => {
    return pageId === video.pageId && via === 'video_reels' && finishedAt > since;
  });
  if (reels.length >= REELS_A_DAY && video.finishedAt === undefined) {
    throw new GraphRefusal({ code: 32, message: '(#32) Page request limit reached: 30 reels in 24 hours' }, 403);
  }
}

/** `POST rupload/video-upload/{version}/{video}`: the Page's token as `OAuth`, without a proof. */
export function receiveVideo(state: State, request: SandboxRequest): SandboxAnswer {
  if (!/^OAuth /.test(request.headers.authorization ?? '')) {
    return ruploadError('NotAuthorizedError', 'Authorization must be "OAuth" and a Page access token.', 401);
  }
  const token = state.tokens.get(tokenText(request));
  const video = state.videos.get(request.params.id ?? '');
  if (!video || !token || token.dead !== undefined || token.pageId !== video.pageId) {
    return ruploadError('NotAuthorizedError', 'The token may not upload to this video.', 401);
  }
  if (video.file) return ruploadError('ProcessingFailedError', 'The video is complete.');
  const { answer, complete: isComplete } = receiveBytes(state.world.upload(video.id), request);
  if (isComplete) complete(state, video);
  return answer;
}

function begin(state: State, pageId: string, via: VideoEdge, more: Pick<Video, 'sessionId' | 'fileSize'>): Video {
  const video: Video = { id: newId(), pageId, edge: via, description: '', postId: `${pageId}_${newId()}`, ...more };
  state.videos.set(video.id, video);
  return video;
}

/** All bytes are there: what is wrong with them shows when they are processed. */
function complete(state: State, video: Video): void {
  const upload = state.world.upload(video.id);
  const { bytes } = upload;
  const judged = judgeVideo(upload, LIMITS[video.edge]);
  const isLate = judged.video?.refusedLate === true;
  const problem = judged.problem ?? (isLate ? 'The video file could not be processed.' : undefined);
  const contentType = judged.video?.contentType ?? 'video/mp4';
  state.videos.set(video.id, {
    ...video,
    file: {
      bytes,
      digest: upload.finish(contentType),
      contentType,
      durationMs: judged.video?.durationMs ?? 0,
    },
    ...(problem !== undefined && { problem }),
  });
}

/** Accepts a video for publishing. Once: the same again has no further effect. */
function finish(state: State, request: SandboxRequest, video: Video): SandboxAnswer {
  if (!video.file) throw new GraphRefusal({ code: 6000, subcode: 1363031, message: 'No Video Detected' });
  const given = parametersOf(request);
  if (video.finishedAt === undefined) {
    state.videos.set(video.id, {
      ...video,
      description: keptText(given.description),
      ...(given.title !== undefined && { title: given.title }),
      ...placeOf(given),
      finishedAt: state.now(),
    });
  }
  return graphAnswer(200, { success: true, ...(video.edge !== 'videos' && { post_id: video.postId }) });
}

/** Ends the work on every video whose time has come. Called before each answer: nobody can tell it from work of its own. */
export function settleVideos(state: State): void {
  for (const [id, video] of state.videos.entries()) {
    const { finishedAt, settled, problem } = video;
    if (finishedAt === undefined || settled !== undefined || state.now() < finishedAt + WORK_MS) continue;
    state.videos.set(id, { ...video, settled: problem === undefined ? 'published' : 'failed' });
    if (problem === undefined) publish(state, video);
  }
}

function publish(state: State, video: Video): void {
  const at = state.now();
  if (video.edge === 'video_stories') {
    const { postId, pageId, id: mediaId } = video;
    state.stories.set(postId, { postId, pageId, mediaId, mediaType: 'video', createdAt: at });
  }
  showVideo(state, video, new Date(at).toISOString());
}

const FORMATS = { videos: 'post', video_reels: 'reel', video_stories: 'story' } as const;

/** Shows a video in the feed. */
export function showVideo(state: State, video: Video, at: string): void {
  const { file } = video;
  const accountName = state.pageName(video.pageId);
  const location = placeName(video.place);
  const permalink = permalinkOf(state, video);
  state.world.show({
    platform: 'facebook',
    account: video.pageId,
    ...(accountName !== undefined && { accountName }),
    id: video.id,
    text: video.description,
    media: file ? [{ contentType: file.contentType, bytes: file.bytes, digest: file.digest }] : [],
    at,
    permalink,
    details: {
      format: FORMATS[video.edge],
      ...(video.title !== undefined && { title: video.title }),
      ...(location !== undefined && { location }),
      ...(video.cover !== undefined && { cover: video.cover }),
    },
  });
}

function permalinkOf(state: State, { id, pageId, edge: via }: Video): string {
  const www = `${state.world.baseUrl}/www`;
  switch (via) {
    case 'videos':
      return `${www}/${pageId}/videos/${id}/`;
    case 'video_reels':
      return `${www}/reel/${id}`;
    case 'video_stories':
      return `${www}/stories/${id}`;
  }
}

/** `POST /{video}/thumbnails`: https://developers.facebook.com/docs/graph-api/reference/video/thumbnails */
export function setCover(state: State, request: SandboxRequest, video: Video): SandboxAnswer {
  const { grant } = pageCaller(state, request, video.pageId, 'pages_manage_engagement');
  requireScope(grant, 'pages_read_user_content');
  const file = request.files.find(({ field }) => field === 'source');
  const image = file && readSandboxImage(file);
  if (!file || !image || file.bytes > 10_000_000) throw badParameter('Param source must be an image');
  const digest = state.world.keep(file, image.contentType);
  if (parametersOf(request).is_preferred === 'true') state.videos.set(video.id, { ...video, cover: digest });
  return graphAnswer(200, { success: true });
}

/** `GET /{page}/video_reels` */
export function listReels(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  const { text } = pageCaller(state, request, pageId, 'pages_read_engagement');
  const since = Number(request.query.since ?? 0) * 1000;
  const nodes = state.videos.entries().flatMap(([, video]) => {
    const listed = video.pageId === pageId && video.edge === 'video_reels' && (video.finishedAt ?? 0) > since;
    return listed ? [videoNode(state, video)] : [];
  });
  const options = { type: 'Video', pageSize: LIST_SIZE, defaultFields: 'description,updated_time,id' };
  return graphAnswer(200, edge(nodes, request, text, options));
}

/** A video with every field that is known here. */
export function videoNode(state: State, video: Video): Node {
  const { id, pageId, settled, finishedAt = 0 } = video;
  return {
    id,
    title: video.title ?? null,
    description: video.description === '' ? null : video.description,
    created_time: graphTime(finishedAt),
    updated_time: graphTime(finishedAt),
    published: settled === 'published',
    // Without a host, as Facebook has it.
    permalink_url: video.edge === 'video_reels' ? `/reel/${id}/` : `/${pageId}/videos/${id}/`,
    post_id: settled === 'published' ? video.postId : null,
    length: (video.file?.durationMs ?? 0) / 1000,
    status: statusOf(state, video),
  };
}

function statusOf(state: State, { id, file, finishedAt, settled, problem }: Video): Node[string] {
  const uploaded = file?.bytes ?? state.world.upload(id).bytes;
  const working = finishedAt !== undefined && settled === undefined;
  const failed = settled === 'failed';
  return {
    video_status: failed ? 'error' : settled === 'published' ? 'ready' : file ? 'processing' : 'upload_complete',
    uploading_phase: { status: file ? 'complete' : 'in_progress', bytes_transfered: uploaded },
    processing_phase: {
      status: failed ? 'error' : working ? 'in_progress' : settled ? 'complete' : 'not_started',
      ...(failed && { error: { message: problem ?? '' } }),
    },
    publishing_phase: {
      status: settled === 'published' ? 'complete' : 'not_started',
      ...(settled === 'published' && { publish_status: 'published', publish_time: graphTime(finishedAt ?? 0) }),
    },
  };
}
