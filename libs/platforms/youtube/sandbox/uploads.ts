import { type SandboxAnswer, type SandboxFile, type SandboxRequest } from '#platforms/core';
import { googleCaller } from '#platforms/google/sandbox';
import { callerWithChannel, MAY_UPLOAD } from './access.js';
import { badRequest, ok, partsOf, problem, requireQuery } from './answers.js';
import { allowedPrivacy, requireFields, snippetIn, statusIn } from './metadata.js';
import { newId, type Session, type State } from './state.js';
import { finishVideo, VIDEO_PARTS, videoNode } from './videos.js';

/** "Chunk size must be a multiple of 256 KB." */
const UNIT = 256 * 1024;
const LARGEST = 256 * 1024 ** 3;
/** How long a session lasts is on no page of YouTube's; Google's other uploads of this protocol keep theirs for a week. */
const SESSION_LIFE_MS = 7 * 86_400_000;
const CHARGE = { bucket: 'uploads', amount: 1 } as const;

/** `POST /videos?uploadType=resumable`: https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (step 1) */
export function beginUpload(state: State, request: SandboxRequest): SandboxAnswer {
  const { personId, channel } = callerWithChannel(state, request, MAY_UPLOAD, CHARGE);
  requireQuery(request, { required: ['uploadType', 'part'], optional: ['notifySubscribers'] });
  const { headers, json, query } = request;
  if (query.uploadType !== 'resumable') throw badRequest('Only resumable uploads are practised here.');
  if (!['true', 'false', undefined].includes(query.notifySubscribers))
    throw badRequest('notifySubscribers is a boolean.');
  const parts = partsOf(request, VIDEO_PARTS);
  requireFields(json, parts);
  const [total, contentType] = [headers['x-upload-content-length'] ?? '', headers['x-upload-content-type'] ?? ''];
  if (!/^[1-9]\d*$/.test(total) || Number(total) > LARGEST)
    throw badRequest('X-Upload-Content-Length is missing or wrong.');
  if (!/^video\/[\w.+-]+$/.test(contentType) && contentType !== 'application/octet-stream') {
    throw badRequest(
      `Media type '${contentType}' is not supported. Valid media types: [video/*, application/octet-stream]`,
    );
  }
  const [snippet, status] = [snippetIn(json), statusIn(json)];
  refuseTooMany(state, channel.id);
  const session: Session = {
    ...{ id: newId(40), personId, channelId: channel.id, parts: parts.join(','), total: Number(total), contentType },
    ...{ filename: headers.slug ?? 'unknown', snippet, status: allowedPrivacy(state, status, { locked: false }) },
    ...{ notify: query.notifySubscribers !== 'false', expiresAt: state.now() + SESSION_LIFE_MS },
  };
  state.sessions.set(session.id, session);
  const location = new URL(`${state.world.baseUrl}/upload/videos`);
  location.searchParams.set('uploadType', 'resumable');
  location.searchParams.set('part', session.parts);
  location.searchParams.set('upload_id', session.id);
  return { status: 200, headers: { location: location.href, 'x-guploader-uploadid': session.id }, body: '' };
}

/** "The user has exceeded the number of videos they may upload." No page says how many; a rehearsal does. */
function refuseTooMany(state: State, channelId: string): void {
  const limit = state.arranged(`upload-limit:${channelId}`);
  if (typeof limit !== 'number') return;
  const today = state.videosOf(channelId).filter(({ at }) => at > state.now() - 86_400_000);
  if (today.length >= limit) {
    throw problem(400, 'uploadLimitExceeded', 'The user has exceeded the number of videos they may upload.');
  }
}

/** Whether a request asks how far an upload is. */
export function isProbe({ headers }: SandboxRequest): boolean {
  return /^bytes \*\/\d+$/.test(headers['content-range'] ?? '');
}

/** `PUT` to a session: bytes, or the question how many there are. Same page, steps 3 and 4. */
export function putUpload(state: State, request: SandboxRequest): SandboxAnswer {
  const { id: personId } = googleCaller(state.google, request, MAY_UPLOAD);
  const session = state.sessions.get(request.query.upload_id ?? '');
  if (!session || session.personId !== personId || session.expiresAt <= state.now() || isOver(state, session)) {
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
  }
  if (session.videoId !== undefined) return finished(state, session, session.videoId);
  const range = rangeOf(request, session);
  if (!range) return goOn(state, session);
  return receive(state, request, session, range);
}

/** A rehearsal can end all sessions there are, those that are complete too. */
function isOver(state: State, { expiresAt }: Session): boolean {
  const endedAt = state.arranged('sessions-ended-at');
  return typeof endedAt === 'number' && expiresAt - SESSION_LIFE_MS <= endedAt;
}

/** First and last byte; undefined for a probe. */
function rangeOf({ headers, body }: SandboxRequest, { total }: Session): { first: number; last: number } | undefined {
  const header = headers['content-range'];
  if (header === undefined) return wholeFile(body, total);
  const [, first, last, of] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(header) ?? [];
  if (of === undefined || Number(of) !== total) throw badRequest('Content-Range does not fit X-Upload-Content-Length.');
  if (first === undefined || last === undefined) {
    if (body.bytes > 0) throw badRequest('A question about the upload has no body.');
    return undefined;
  }
  const [from, to] = [Number(first), Number(last)];
  if (to < from || to >= total || body.bytes !== to - from + 1) {
    throw badRequest('Content-Range does not fit Content-Length.');
  }
  if (to !== total - 1 && body.bytes % UNIT !== 0) {
    throw badRequest('The size of each part but the last must be a multiple of 262144 bytes.');
  }
  return { first: from, last: to };
}

function wholeFile({ bytes }: SandboxFile, total: number): { first: number; last: number } {
  if (bytes !== total) throw badRequest('The whole file is expected where Content-Range is missing.');
  return { first: 0, last: total - 1 };
}

/** What is there already is not taken twice; a gap is refused. */
function receive(
  state: State,
  { body }: SandboxRequest,
  session: Session,
  { first, last }: { first: number; last: number },
): SandboxAnswer {
  const upload = state.world.upload(session.id);
  const have = upload.bytes;
  if (first > have) return outOfStep(first, have);
  const fresh = Math.max(0, body.bytes - (have - first));
  const most = state.arranged('takes-only');
  // A server may take less than it is sent, in whole units of 256 KiB.
  const taken = typeof most === 'number' ? Math.min(fresh, Math.floor(most / UNIT) * UNIT) : fresh;
  if (typeof most === 'number') state.arrange('takes-only', undefined);
  if (taken > 0) upload.append(body, have - first, have - first + taken);
  if (taken < fresh || last < session.total - 1) return goOn(state, session);
  const video = finishVideo(state, session, upload);
  state.sessions.set(session.id, { ...session, videoId: video.id });
  return finished(state, session, video.id);
}

/** In plain words, as Google's servers for uploads answer. https://github.com/RobinBobin/react-native-google-drive-api-wrapper/issues/102 */
function outOfStep(first: number, have: number): SandboxAnswer {
  const body =
    `Invalid request.  According to the Content-Range header, the upload offset is ${first} byte(s), ` +
    `which exceeds already uploaded size of ${have} byte(s).`;
  return { status: 400, headers: { 'content-type': 'text/plain' }, body };
}

/** "308 Resume Incomplete", with what is there; without `Range` where nothing is. */
function goOn(state: State, { id }: Session): SandboxAnswer {
  const have = state.world.upload(id).bytes;
  return { status: 308, headers: have > 0 ? { range: `bytes=0-${have - 1}` } : {}, body: '' };
}

function finished(state: State, { parts }: Session, videoId: string): SandboxAnswer {
  const video = state.videos.get(videoId);
  if (!video) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
  return ok(videoNode(state, video, ['id', ...parts.split(',')]));
}
