import { type SandboxAnswer, type SandboxFile, type SandboxOperation, type SandboxRequest } from '#platforms/core';
import { problemIn } from './files.js';
import { complete } from './posts.js';
import { type Publish, type State } from './state.js';

/** The last part is what posts the video. */
export function operationOf({ headers }: SandboxRequest): SandboxOperation {
  const range = rangeIn(headers['content-range']);
  return range && range.end === range.total - 1 ? 'commit' : 'prepare';
}

/** `PUT {upload_url}`: https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide ("Media transfer HTTP schema") */
export function receivePart(state: State, request: SandboxRequest): SandboxAnswer {
  const { query, headers, body } = request;
  const publish = state.publishes.get(query.upload_id ?? '');
  if (!publish || publish.source !== 'file' || publish.secret !== query.upload_token) return { status: 404 };
  // The address is all that is needed, and whoever sends a token here has told it to somebody else.
  if (headers.authorization !== undefined) return { status: 400 };
  if (publish.problem === 'publish_cancelled') return { status: 404 };
  if (state.now() >= publish.endsAt) return { status: 403 };
  const range = rangeIn(headers['content-range']);
  const isVideo = ['video/mp4', 'video/quicktime', 'video/webm'].includes(headers['content-type'] ?? '');
  if (!range || !isVideo || range.total !== publish.size || body.bytes !== range.end - range.start + 1) {
    return { status: 400 };
  }
  if (range.start !== publish.received) return { status: 416, headers: progressOf(publish) };
  const isLast = range.start === (publish.count - 1) * publish.chunkSize;
  const end = isLast ? publish.size - 1 : range.start + publish.chunkSize - 1;
  if (range.end !== end) return { status: 400 };
  return taken(state, publish, { part: body, isLast, contentType: headers['content-type'] ?? '' });
}

function taken(
  state: State,
  publish: Publish,
  { part, isLast, contentType }: { part: SandboxFile; isLast: boolean; contentType: string },
): SandboxAnswer {
  const upload = state.world.upload(publish.id);
  const next: Publish = { ...publish, received: publish.received + part.bytes, contentType };
  upload.append(part);
  if (!isLast) {
    state.publishes.set(next.id, next);
    return { status: 206, headers: progressOf(next) };
  }
  const { bytes } = upload;
  const problem = problemIn(upload, state.person(publish.openId));
  const files = [{ contentType, bytes, digest: upload.finish(contentType) }];
  complete(state, { ...next, files, ...(problem !== undefined && { problem }) });
  return { status: 201, headers: progressOf(next) };
}

/** `Content-Range: bytes 0-{UPLOADED_BYTES}/{TOTAL_BYTE_LENGTH}` */
function progressOf({ received, size }: Publish): Record<string, string> {
  return { 'content-range': `bytes 0-${received}/${size}` };
}

function rangeIn(header = ''): { start: number; end: number; total: number } | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header);
  if (!match) return undefined;
  const [start = 0, end = 0, total = 0] = match.slice(1).map(Number);
  return { start, end, total };
}
