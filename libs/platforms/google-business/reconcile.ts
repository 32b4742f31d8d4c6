import {
  type AccountContext,
  type Evidence,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { googlePages, isGoneAtGoogle } from '#platforms/google';
import { OPERATIONS } from './classify.js';
import { rejected } from './failures.js';
import { nameIn, type PreparedPost, readPost, receiptOf } from './publish.js';

/** Google's clock may be a little behind ours. */
const CLOCK_TOLERANCE_MS = 5_000;
/** As many as a page may hold. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts/list */
const PAGE_SIZE = '100';
/** A thousand posts. */
const MOST_PAGES = 10;
/** Checks end within seconds or take hours: after this long it is asked less often. */
const SOON_MS = 10 * 60_000;
const LOOK_MS = { soon: 30_000, later: 300_000 } as const;

/** Asks about the post by its name where Google said it, and looks for it among the posts of the place where the answer was lost. */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<PreparedPost>): Promise<Reconciliation> {
  const name = input.accepted?.name;
  return typeof name === 'string' ? byName(ctx, name, input.since) : byContent(ctx, input);
}

async function byName(ctx: AccountContext, name: string, since: Date): Promise<Reconciliation> {
  const evidence: Evidence = { lookedAt: 'the post', name };
  try {
    return outcomeOf(ctx, await readPost(ctx, name), since, 'certain', evidence);
  } catch (error) {
    if (!isGoneAtGoogle(error)) throw error;
    const seen = { ...evidence, found: false };
    // A post that was made in this moment may not be readable everywhere yet; later, somebody has deleted it.
    return isSoon(ctx, since)
      ? { outcome: 'pending', checkAt: nextLook(ctx, since), evidence: seen }
      : { outcome: 'unknown', evidence: seen };
  }
}

/**
 * `LIVE`, `PROCESSING` and `REJECTED`; a `RECURRING` one is seen as well. Whatever else Google may say is waited out.
 * https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#LocalPostState
 */
function outcomeOf(
  ctx: AccountContext,
  post: JsonObject,
  since: Date,
  confidence: 'certain' | 'matched',
  before: Evidence,
): Reconciliation {
  const state = typeof post.state === 'string' ? post.state : 'LOCAL_POST_STATE_UNSPECIFIED';
  const evidence = { ...before, state };
  if (state === 'LIVE' || state === 'RECURRING') {
    return { outcome: 'published', receipt: receiptOf(post, OPERATIONS.readPost), confidence, evidence };
  }
  if (state === 'REJECTED') return { outcome: 'refused', failure: rejected(), evidence };
  return { outcome: 'pending', checkAt: nextLook(ctx, since), evidence };
}

async function byContent(
  ctx: AccountContext,
  { prepared, since, claimed }: ReconcileInput<PreparedPost>,
): Promise<Reconciliation> {
  const from = new Date(since.getTime() - CLOCK_TOLERANCE_MS);
  const evidence: Evidence = { lookedAt: 'the posts of the place', since: since.toISOString() };
  const { posts, looked, complete } = await postsSince(ctx, prepared.parent, from);
  const same = posts.filter((post) => !claimed.has(nameIn(post, OPERATIONS.readPosts)) && isSame(post, prepared.post));
  const seen: Evidence = { ...evidence, looked, same: same.map(describe) };
  const [only] = same;
  if (only && same.length === 1) return outcomeOf(ctx, only, since, 'matched', seen);
  if (same.length > 1) return { outcome: 'unknown', evidence: seen };
  return complete ? { outcome: 'absent', evidence: seen } : { outcome: 'unknown', evidence: { ...seen, complete } };
}

/**
 * The posts that were made since an instant. No page says in which order they come; as a rule it is newest first, so reading ends
 * where one is older than that instant, as long as all were in that order.
 */
async function postsSince(
  ctx: AccountContext,
  parent: string,
  from: Date,
): Promise<{ posts: JsonObject[]; looked: number; complete: boolean }> {
  const call = {
    operation: OPERATIONS.readPosts,
    endpoint: 'mybusiness',
    path: `/v4/${parent}/localPosts`,
    query: { pageSize: PAGE_SIZE },
  };
  const all: JsonObject[] = [];
  let complete = false;
  for await (const { items, isLast } of googlePages(ctx, { ...call, field: 'localPosts', maxPages: MOST_PAGES })) {
    all.push(...items);
    const times = all.map(madeAt);
    complete = isLast || (isNewestFirst(times) && (times.at(-1) ?? from) < from);
    if (complete) break;
  }
  return { posts: all.filter((post) => madeAt(post) >= from), looked: all.length, complete };
}

function madeAt(post: JsonObject): Date {
  const at = new Date(stringField(post, 'createTime', OPERATIONS.readPosts));
  if (Number.isNaN(at.getTime())) throw new MalformedAnswerError(OPERATIONS.readPosts, '"createTime" is no time');
  return at;
}

function isNewestFirst(times: readonly Date[]): boolean {
  return times.every((time, index) => index === 0 || time <= (times[index - 1] as Date));
}

/** Kind, text, title and times. Addresses Google may write otherwise, and it shows a photo at an address of its own. */
function isSame(post: JsonObject, sent: JsonObject): boolean {
  return (
    post.topicType === sent.topicType &&
    normal(post.summary) === normal(sent.summary) &&
    eventIn(post.event) === eventIn(sent.event) &&
    actionIn(post.callToAction) === actionIn(sent.callToAction)
  );
}

/** Zeros are left out of answers. https://protobuf.dev/programming-guides/json/ */
function eventIn(event: Json | undefined): string {
  if (!isJsonObject(event)) return '';
  const schedule = isJsonObject(event.schedule) ? event.schedule : {};
  const part = (name: string, field: string): number => {
    const value = schedule[name];
    return isJsonObject(value) && typeof value[field] === 'number' ? value[field] : 0;
  };
  const day = (name: string) => ['year', 'month', 'day'].map((field) => part(name, field));
  const time = (name: string) => ['hours', 'minutes'].map((field) => part(name, field));
  const times = [day('startDate'), time('startTime'), day('endDate'), time('endTime')];
  return JSON.stringify([normal(event.title), times]);
}

function actionIn(action: Json | undefined): string {
  return isJsonObject(action) && typeof action.actionType === 'string' ? action.actionType : '';
}

/** A text as it may be stored: one kind of line end and of blank, nothing blank around it. */
function normal(text: Json | undefined): string {
  return typeof text === 'string' ? text.normalize('NFC').replaceAll(/\s+/g, ' ').trim() : '';
}

function isSoon(ctx: Pick<AccountContext, 'now'>, since: Date): boolean {
  return ctx.now().getTime() - since.getTime() < SOON_MS;
}

function nextLook(ctx: Pick<AccountContext, 'now'>, since: Date): Date {
  return new Date(ctx.now().getTime() + (isSoon(ctx, since) ? LOOK_MS.soon : LOOK_MS.later));
}

function describe(post: JsonObject): JsonObject {
  return { name: post.name ?? null, createTime: post.createTime ?? null, state: post.state ?? null };
}
