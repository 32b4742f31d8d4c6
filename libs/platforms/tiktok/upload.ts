import {
  type CommitContext,
  endpointOf,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  streamedPart,
  stringField,
} from '#platforms/core';
import { callApi, OPERATIONS } from './api.js';
import { type ChunkPlan, lastStartOf, planOf, uploadedIn } from './chunks.js';
import { TOO_SLOW } from './failures.js';
import { manifest } from './manifest.js';
import { readStatus } from './status.js';

/** An upload that was begun. `until` = when its address ends (ISO 8601). */
export type Session = { publishId: string; address: string; until: string };

/** "The upload_url is valid for one hour after issuance." */
const SESSION_MS = 60 * 60_000;
/** What is sent has to arrive before the end. */
const MARGIN_MS = 60_000;
/** A step covers as many parts as come to this: they are asked for again after a crash, and not sent again. */
const STEP_BYTES = 64 * 1024 * 1024;
/** How many sessions are begun for one video. Each holds for an hour. */
const MAX_SESSIONS = 5;
/** How often a step lets TikTok say where to go on. */
const MAX_RESYNCS = 3;

/** TikTok's own hosts for uploads; it gives regional ones, as in the examples of the transfer guide. */
const UPLOAD_HOST = /^(open-upload(-[a-z0-9]+)*|upload(\.[a-z0-9-]+)?)\.tiktokapis\.com$/;

/** What became of a part, or of a step: how much TikTok has, or that the session is over. */
type Progress = { at: number } | { gone: true };

/**
 * Sends all of a video but its last part, which commits the post. A session that ended before is begun anew.
 * https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 * @param begin the request that begins the post, by the plan of its upload
 */
export async function sendAhead(
  ctx: PrepareContext,
  source: MediaSource,
  begin: { path: string; body: (plan: ChunkPlan) => JsonObject },
): Promise<{ session: Session; plan: ChunkPlan }> {
  const plan = planOf(source.bytes);
  for (let number = 1; number <= MAX_SESSIONS; number += 1) {
    const session = await ctx.step(`video:${number}:session`, () => beginSession(ctx, begin.path, begin.body(plan)));
    if (!isOpen(session, ctx.now())) continue;
    if (await sendParts(ctx, source, { session, plan, number })) return { session, plan };
  }
  throw new PlatformFailure(TOO_SLOW);
}

/** Whether there is time left to send something. */
function isOpen({ until }: Session, now: Date): boolean {
  return now.getTime() < Date.parse(until) - MARGIN_MS;
}

/** Until when the last part can be sent. */
export function lastMoment({ until }: Pick<Session, 'until'>): Date {
  return new Date(Date.parse(until) - MARGIN_MS);
}

async function beginSession(ctx: PrepareContext, path: string, json: JsonObject): Promise<Session> {
  const operation = OPERATIONS.begin;
  // From before the request: TikTok counts from some moment within it.
  const until = new Date(ctx.now().getTime() + SESSION_MS).toISOString();
  const data = await callApi(ctx, { operation, path, json });
  const address = stringField(data, 'upload_url', operation);
  requireUploadAddress(ctx, address);
  return { publishId: stringField(data, 'publish_id', operation), address, until };
}

/** The file goes to TikTok's own servers for uploads alone, whatever an answer says. */
function requireUploadAddress(ctx: PrepareContext, address: string): void {
  const endpoint = endpointOf(ctx, 'upload');
  if (URL.canParse(address)) {
    const { protocol, hostname, port, username, password } = new URL(address);
    const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
    const isRegional = endpoint === manifest.endpoints.upload && isPlain && UPLOAD_HOST.test(hostname);
    if (isRegional || address.startsWith(`${endpoint}/`)) return;
  }
  throw new MalformedAnswerError(OPERATIONS.begin, '"upload_url" is no address of TikTok\'s uploads');
}

interface Sending {
  session: Session;
  plan: ChunkPlan;
  number: number;
}

/** Whether everything but the last part is there; false where the session ended. */
async function sendParts(
  ctx: PrepareContext,
  source: MediaSource,
  { session, plan, number }: Sending,
): Promise<boolean> {
  const end = lastStartOf(plan);
  for (let at = 0; at < end;) {
    const from = at;
    const progress = await ctx.step<Progress>(`video:${number}:${from}`, () =>
      sendStep(ctx, source, { session, plan }, from),
    );
    if ('gone' in progress) return false;
    at = progress.at;
    if (at <= from) throw new MalformedAnswerError(OPERATIONS.send, 'the upload goes no further');
  }
  return true;
}

/** Sends part after part until enough for a step is there. TikTok may have more, or less, than is remembered: it says so. */
async function sendStep(
  ctx: PrepareContext,
  source: MediaSource,
  { session, plan }: Pick<Sending, 'session' | 'plan'>,
  from: number,
): Promise<Progress> {
  const end = lastStartOf(plan);
  let at = from;
  for (let resyncs = 0; at < end && at - from < STEP_BYTES;) {
    const progress = await sendPart(ctx, source, { session, plan }, at);
    if ('gone' in progress) return progress;
    if (progress.at !== at + plan.chunkSize) resyncs += 1;
    if (resyncs > MAX_RESYNCS || progress.at > end) {
      throw new MalformedAnswerError(OPERATIONS.send, `the upload is said to be at byte ${progress.at}`);
    }
    at = progress.at;
  }
  return { at };
}

async function sendPart(
  ctx: PrepareContext,
  source: MediaSource,
  { session, plan }: Pick<Sending, 'session' | 'plan'>,
  start: number,
): Promise<Progress> {
  const response = await putPart(ctx, source, {
    address: session.address,
    size: plan.size,
    start,
    end: start + plan.chunkSize - 1,
  });
  const said = uploadedIn(response.headers.get('content-range'), plan);
  switch (response.status) {
    case 206:
      return { at: said ?? start + plan.chunkSize };
    case 416:
      // "The Content-Range does not reflect the actual upload progress."
      return { at: said ?? (await readStatus(ctx, session.publishId)).uploadedBytes ?? start };
    case 403:
    case 404:
      return { gone: true };
    default:
      throw refusedPart(response.status, response.headers, await response.text());
  }
}

/** What is known of an upload whose last part is still to be sent. */
export interface LastPart {
  address: string;
  size: number;
  start: number;
}

/**
 * Sends the last part, which has TikTok post the video. Returns only where TikTok says that all of it is there: also by a 416
 * that counts the whole file, where the answer to an earlier try was lost.
 * @throws PlatformHttpError, MalformedAnswerError
 */
export async function sendLastPart(ctx: CommitContext, source: MediaSource, last: LastPart): Promise<void> {
  const response = await putPart(ctx, source, { ...last, end: last.size - 1 });
  if (response.status === 201) return;
  const has = uploadedIn(response.headers.get('content-range'), planOf(last.size));
  if (response.status === 416 && has === last.size) return;
  throw refusedPart(response.status, response.headers, await response.text());
}

/** Without the token: the address is all that is needed, and all that may be known there. */
async function putPart(
  ctx: CommitContext,
  source: MediaSource,
  { address, size, start, end }: LastPart & { end: number },
): Promise<Response> {
  const part = await streamedPart(source, { start, end });
  return ctx.fetch(address, {
    method: 'PUT',
    ...part,
    headers: { ...part.headers, 'content-range': `bytes ${start}-${end}/${size}` },
  });
}

function refusedPart(status: number, headers: Headers, text: string): Error {
  if (status >= 200 && status < 300) {
    return new MalformedAnswerError(OPERATIONS.send, `HTTP ${status} is not what the page says`);
  }
  return new PlatformHttpError(status, headers, parseJson(text) ?? text, OPERATIONS.send);
}
