import {
  type AccountContext,
  type Confidence,
  type Evidence,
  isJsonObject,
  type Json,
  type JsonObject,
  PlatformHttpError,
  type ReconcileInput,
  type Reconciliation,
  type SegmentDraft,
} from '#platforms/core';
import { type Access, accessOf, requestList, requestObject } from './api.js';
import { comparable, htmlToText } from './html.js';
import { type Prepared, receiptOf, type StatusForm } from './publish.js';

/** The most that one request lists: https://docs.joinmastodon.org/methods/accounts/#statuses */
const PAGE = 40;
const MAX_PAGES = 10;
/** How much earlier than the fence, by the server's clock, a status may seem to be made. */
const CLOCK_TOLERANCE_MS = 5_000;

interface Timeline {
  /** Newest first, none older than `since`. */
  statuses: JsonObject[];
  /** Whether everything since then was seen. */
  complete: boolean;
  /** The fence by the server's clock. */
  since: Date;
}

/** Looks for the post among the account's newest. Throws when the server does not let it look. */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<Prepared>): Promise<Reconciliation> {
  const access = accessOf(ctx);
  const { statuses, complete, since } = await readTimeline(ctx, access, input.since);
  const found: { status: JsonObject; confidence: Confidence }[] = [];
  for (const status of statuses) {
    const id = idOf(status);
    if (id === undefined || input.claimed.has(id)) continue;
    const confidence = await likeness(ctx, access, id, status, input);
    if (confidence) found.push({ status, confidence });
  }
  const evidence: Evidence = {
    looked: 'the newest posts of the account',
    since: since.toISOString(),
    read: statuses.length,
    complete,
    matching: found.map(({ status }) => idOf(status) ?? ''),
  };
  const [only] = found;
  if (only && found.length === 1) {
    return { outcome: 'published', receipt: receiptOf(only.status), confidence: only.confidence, evidence };
  }
  return { outcome: found.length === 0 && complete ? 'absent' : 'unknown', evidence };
}

/** Reads back page by page until a status is older than the fence. */
async function readTimeline(ctx: AccountContext, access: Access, fence: Date): Promise<Timeline> {
  const path = `/api/v1/accounts/${encodeURIComponent(accountId(ctx))}/statuses?exclude_reblogs=true&limit=${PAGE}`;
  const seen = new Map<string, JsonObject>();
  let since = fence;
  let before = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { body, headers } = await requestList(ctx, access, 'list statuses', path + before);
    if (page === 0) since = byServerClock(fence, headers, ctx.now());
    const known = seen.size;
    for (const status of body) seen.set(idOf(status) ?? '', status);
    const reachedFence = body.some((status) => createdAt(status) < since.getTime());
    // A page without anything new that is not empty: a server that cannot page back.
    if (body.length === 0 || reachedFence || seen.size === known) {
      const statuses = [...seen.values()].filter((status) => createdAt(status) >= since.getTime());
      return { statuses, complete: body.length === 0 || reachedFence, since };
    }
    before = `&max_id=${encodeURIComponent([...seen.keys()].at(-1) ?? '')}`;
  }
  return { statuses: [...seen.values()], complete: false, since };
}

/** The fence as the server's clock had it, by the `Date` of its answer where that clock is visibly off. */
function byServerClock(fence: Date, headers: Headers, now: Date): Date {
  const offset = Date.parse(headers.get('date') ?? '') - now.getTime();
  const correction = Math.abs(offset) > CLOCK_TOLERANCE_MS ? offset : 0;
  return new Date(fence.getTime() + correction - CLOCK_TOLERANCE_MS);
}

/** How sure it is that a status is what was sent; undefined when it is another one. */
async function likeness(
  ctx: AccountContext,
  access: Access,
  id: string,
  status: JsonObject,
  { prepared: { form }, draft }: ReconcileInput<Prepared>,
): Promise<Confidence | undefined> {
  const attachments = attachmentsOf(status);
  const ids = form.media_ids ?? [];
  // An upload belongs to one status at most, so its id is proof.
  if (ids.length > 0 && ids.every((id) => attachments.some((attachment) => attachment['id'] === id))) return 'certain';
  if (attachments.length !== ids.length || !sameDescriptions(attachments, draft) || !sameReply(status, form))
    return undefined;
  const text = typeof status['content'] === 'string' ? htmlToText(status['content']) : '';
  if (sameText(text, status['spoiler_text'], form)) return 'matched';
  const source = await readSource(ctx, access, id);
  return source !== undefined && sameText(source['text'], source['spoiler_text'], form) ? 'matched' : undefined;
}

/** What was typed, where the server tells: some rewrite it for display. https://docs.joinmastodon.org/methods/statuses/#source */
async function readSource(ctx: AccountContext, access: Access, id: string): Promise<JsonObject | undefined> {
  try {
    const path = `/api/v1/statuses/${encodeURIComponent(id)}/source`;
    return (await requestObject(ctx, access, 'read status source', path)).body;
  } catch (error) {
    if (error instanceof PlatformHttpError && [403, 404, 405, 410, 501].includes(error.status)) return undefined;
    throw error;
  }
}

function sameText(text: Json | undefined, spoilerText: Json | undefined, form: StatusForm): boolean {
  const comparableText = (value: Json | undefined) => comparable(typeof value === 'string' ? value : '');
  return (
    comparableText(text) === comparable(form.status) &&
    comparableText(spoilerText) === comparable(form.spoiler_text ?? '')
  );
}

function sameReply(status: JsonObject, form: StatusForm): boolean {
  return (status['in_reply_to_id'] ?? undefined) === form.in_reply_to_id;
}

/** A description that the server does not give back says nothing; one that differs says that it is another post. */
function sameDescriptions(attachments: readonly JsonObject[], draft: SegmentDraft): boolean {
  return draft.media.every((media, index) => {
    const description = attachments[index]?.['description'];
    if (typeof description !== 'string' || description === '') return true;
    return comparable(description) === comparable(media.altText ?? '');
  });
}

function attachmentsOf(status: JsonObject): JsonObject[] {
  const attachments = status['media_attachments'];
  return Array.isArray(attachments) ? attachments.filter(isJsonObject) : [];
}

function idOf({ id }: JsonObject): string | undefined {
  return typeof id === 'string' ? id : undefined;
}

function createdAt({ created_at: value }: JsonObject): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  // Unreadable: rather looked at than overlooked.
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

/** The account's id on its own server, as `listChannels` kept it. */
function accountId(ctx: AccountContext): string {
  const id = ctx.channelDetails['accountId'];
  if (typeof id === 'string') return id;
  throw new Error('The Mastodon channel lacks its "accountId". List the channels of its connection again.');
}
