import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AccountContext,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { type Access, accessOf, request, requestObject } from './api.js';
import { failureOf } from './classify.js';
import { withLink } from './text.js';

/** How long a server's processing of one image is waited for, in milliseconds, and the pauses between looks. */
const PROCESSING_MS = 60_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
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

/** Uploads the images and waits until the server has processed them. Throws a `media` failure for one that it refuses. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  const access = accessOf(ctx);
  const idempotencyKey = await ctx.step('idempotency-key', () => randomUUID());
  const mediaIds: string[] = [];
  for (const [index, media] of ctx.media.entries()) {
    const upload = await ctx.step(`upload:${index}`, () => uploadImage(ctx, access, media, index));
    if (!upload.processed)
      await ctx.step(`processed:${index}`, () => waitUntilProcessed(ctx, access, upload.id, index));
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

/** https://docs.joinmastodon.org/methods/media/#v2: 200 = done, 202 = being processed. */
async function uploadImage(ctx: PrepareContext, access: Access, media: MediaSource, index: number) {
  const form = new FormData();
  const extension = EXTENSIONS[media.contentType] ?? 'bin';
  form.set('file', new Blob([await media.read()], { type: media.contentType }), `image-${index + 1}.${extension}`);
  if (media.altText) form.set('description', media.altText);
  const operation = 'upload media';
  const answer = await requestObject(ctx, access, operation, '/api/v2/media', { method: 'POST', body: form });
  return { id: stringField(answer.body, 'id', operation), processed: answer.status === 200 };
}

/** https://docs.joinmastodon.org/methods/media/#get: 206 = still being processed. Resolves to true, which a step can keep. */
async function waitUntilProcessed(ctx: PrepareContext, access: Access, id: string, index: number): Promise<true> {
  let waited = 0;
  for (let next = FIRST_PAUSE_MS; waited < PROCESSING_MS; next = Math.min(next * 2, LONGEST_PAUSE_MS)) {
    await pause(next);
    waited += next;
    const { status } = await request(ctx, access, 'read media', `/api/v1/media/${encodeURIComponent(id)}`);
    if (status === 200) return true;
  }
  throw new PlatformFailure(
    failureOf('unavailable', {
      message: `The Mastodon server is still processing image ${index + 1} after ${PROCESSING_MS / 1_000} seconds.`,
      remedy: 'Nothing to do: it is looked at again later, without another upload.',
      docs: 'https://docs.joinmastodon.org/methods/media/#get',
    }),
  );
}
