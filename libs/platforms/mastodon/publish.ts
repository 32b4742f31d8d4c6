import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AccountContext,
  type DraftMediaKind,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  StillProcessing,
  streamedForm,
  stringField,
} from '#platforms/core';
import { type Access, accessOf, request, requestObject } from './api.js';
import { failureOf } from './classify.js';
import { withLink } from './text.js';

/** How long a server's processing of one file is waited for, in milliseconds. */
const PROCESSING_MS: Readonly<Record<DraftMediaKind, number>> = {
  image: 2 * 60_000,
  video: 30 * 60_000,
  document: 2 * 60_000,
};
/** The pauses between looks while the worker waits by itself: most files are done by then. */
const PAUSES_MS = [200, 400, 800, 1_600];
/** When to look again after that. */
const LOOK_AGAIN_MS = 5_000;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** The body of `POST /api/v1/statuses`, as far as ClickPost uses it. https://docs.joinmastodon.org/methods/statuses/#create */
// A type and not an interface, because only that fits a JSON object.
export type StatusForm = {
  status: string;
  visibility: string;
  media_ids?: string[];
  in_reply_to_id?: string;
  spoiler_text?: string;
  sensitive?: boolean;
  language?: string;
};

/** Everything that the one publishing request needs. */
export type Prepared = {
  idempotencyKey: string;
  form: StatusForm;
};

/** Uploads the files and waits until the server has processed them. Throws a `media` failure for one that it refuses. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  const access = accessOf(ctx);
  const idempotencyKey = await ctx.step('idempotency-key', () => randomUUID());
  const mediaIds: string[] = [];
  for (const [index, media] of ctx.media.entries()) {
    const upload = await ctx.step(`upload:${index}`, () => uploadFile(ctx, access, media, index));
    if (!upload.processed)
      await ctx.step(`processed:${index}`, () => processed(ctx, access, upload, { kind: media.kind, index }));
    mediaIds.push(upload.id);
  }
  return { idempotencyKey, form: statusForm(draft, mediaIds) };
}

/** The one request that makes the post visible. Throws on everything but a status in the answer. */
export async function commit(ctx: AccountContext, { idempotencyKey, form }: Prepared): Promise<Receipt> {
  const { body } = await requestObject(ctx, accessOf(ctx), 'publish status', '/api/v1/statuses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(form),
  });
  return receiptOf(body);
}

/** The receipt that a status is. Throws `MalformedAnswerError` when it is none. https://docs.joinmastodon.org/entities/Status/ */
export function receiptOf(status: JsonObject): Receipt {
  const id = stringField(status, 'id', 'publish status');
  const uri = stringField(status, 'uri', 'publish status');
  return { id, permalink: typeof status['url'] === 'string' ? status['url'] : uri };
}

/** What a draft becomes. Pure. */
export function statusForm(draft: SegmentDraft, mediaIds: string[]): StatusForm {
  const { visibility, spoilerText, sensitive, language } = draft.settings;
  const warning = typeof spoilerText === 'string' ? spoilerText.trim() : '';
  const text = withLink(draft.text, draft.link);
  // Mastodon itself makes a content warning without a text the text; done here, all servers show the same.
  const warned = warning !== '' && text.trim() !== '';
  return {
    status: warned ? text : text.trim() || warning,
    visibility: typeof visibility === 'string' ? visibility : 'public',
    ...(mediaIds.length > 0 && { media_ids: mediaIds }),
    ...(draft.replyTo && { in_reply_to_id: draft.replyTo.parent.id }),
    ...(warned && { spoiler_text: warning }),
    ...(sensitive === true && { sensitive }),
    ...(typeof language === 'string' && language !== '' && { language }),
  };
}

/** From -1 to 1, upwards and to the right of the middle: https://docs.joinmastodon.org/api/guidelines/#focal-points */
function focusOf({ x, y }: { x: number; y: number }): string {
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return `${rounded(2 * x - 1)},${rounded(1 - 2 * y)}`;
}

/** https://docs.joinmastodon.org/methods/media/#v2: 200 = done, 202 = being processed. */
async function uploadFile(ctx: PrepareContext, access: Access, media: MediaSource, index: number) {
  const extension = EXTENSIONS[media.contentType] ?? 'bin';
  const file = { name: 'file', filename: `${media.kind}-${index + 1}.${extension}`, source: media };
  const fields = {
    ...(media.altText && { description: media.altText }),
    ...(media.focus && { focus: focusOf(media.focus) }),
  };
  const cover = await media.cover?.();
  const thumbnail = cover && { name: 'thumbnail', filename: `cover-${index + 1}.jpg`, ...cover };
  const form = await streamedForm(fields, file, thumbnail ? [thumbnail] : []);
  const operation = 'upload media';
  const answer = await requestObject(ctx, access, operation, '/api/v2/media', { method: 'POST', ...form });
  const id = stringField(answer.body, 'id', operation);
  return { id, processed: answer.status === 200, at: ctx.now().toISOString() };
}

/**
 * https://docs.joinmastodon.org/methods/media/#get: 206 = still being processed. Resolves to true, which a step can keep.
 * Throws `StillProcessing` where it takes longer than a worker waits.
 */
async function processed(
  ctx: PrepareContext,
  access: Access,
  { id, at }: { id: string; at: string },
  { kind, index }: { kind: DraftMediaKind; index: number },
): Promise<true> {
  const isDone = async () => {
    const { status } = await request(ctx, access, 'read media', `/api/v1/media/${encodeURIComponent(id)}`);
    return status === 200;
  };
  for (const ms of PAUSES_MS) {
    await pause(ms);
    if (await isDone()) return true;
  }
  const now = ctx.now().getTime();
  const longest = PROCESSING_MS[kind];
  const what = `The Mastodon server is processing ${kind} ${index + 1}.`;
  if (now - Date.parse(at) < longest) throw new StillProcessing(what, new Date(now + LOOK_AGAIN_MS));
  throw new PlatformFailure(
    failureOf('unavailable', {
      message: `The Mastodon server is still processing ${kind} ${index + 1} after ${longest / 60_000} minutes.`,
      remedy: 'Nothing to do: it is looked at again later, without another upload.',
      docs: 'https://docs.joinmastodon.org/methods/media/#get',
    }),
  );
}
