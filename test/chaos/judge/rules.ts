import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { type Intent, type Saved } from '../ledger.js';
import { altTextOf, readMark, textOf } from '../plan-text.js';
import { clearances, type Moment } from './approval.js';
import { type Case, isOut, living, livingState, objectIdsOf } from './attribute.js';
import { isExplained, type Causes } from './causes.js';

/** Why something counts: one sentence for whoever reads the report. */
export type Finding = string;

/** How many requests made a post visible, by its network and id. */
export type Makers = ReadonlyMap<string, number>;

/** Clocks of one machine differ by no more than it takes to read them. */
const EARLY_MS = 100;

/** A fence is a short transaction: its entry is dated when it has its locks, and it counts when it is committed. */
const FENCE_MS = 250;

/** Networks that have no descriptions of images. */
const WITHOUT_DESCRIPTIONS: ReadonlySet<string> = new Set(['google-business', 'tiktok']);

/** Whether it says at the end why it is not visible. */
const SAYS_WHY = new Set(['failed', 'held', 'unconfirmed']);

/** **lost**: acknowledged, due, not cancelled, and neither visible nor in a state that says why. Each message counts. */
export function lost(one: Case): Finding[] {
  const state = livingState(one);
  const missing = one.seen.flatMap((shown, part) => (shown.length === 0 ? [part] : []));
  if (missing.length === 0 || SAYS_WHY.has(state)) return [];
  const { cancelled } = one.intent;
  if (cancelled !== undefined && state === 'cancelled') return [];
  if (cancelled === 'acknowledged') return [`cancelled, but ${state}`];
  return missing.map((part) =>
    state === 'published'
      ? `${named(one, part)} counts as published, and nobody can see it`
      : `${named(one, part)} is ${state}, and not visible`,
  );
}

/** How many requests made each visible post. */
export function makersOf(requests: readonly RequestRecord[]): Makers {
  const makers = new Map<string, number>();
  for (const { platform, shown } of requests) {
    for (const id of new Set(shown)) {
      const key = `${platform} ${id}`;
      makers.set(key, (makers.get(key) ?? 0) + 1);
    }
  }
  return makers;
}

/**
 * **doubled**: more than one effective creating request for a message. What one request made twice is the sandbox's own
 * doing and is counted apart, by `repeatedByOneRequest`.
 */
export function doubled(one: Case, makers: Makers): Finding[] {
  return one.seen.flatMap((shown, part) => {
    const ids = new Set(shown.map(({ id }) => id));
    const requests = [...ids].reduce((sum, id) => sum + (makers.get(`${one.intent.network} ${id}`) ?? 0), 0);
    const times = Math.max(requests, ids.size);
    return Array.from({ length: Math.max(0, times - 1) }, () => `${times} requests made ${named(one, part)} visible`);
  });
}

/** How many posts single requests made more than once: not the engine's doing. */
export function repeatedByOneRequest(requests: readonly RequestRecord[]): number {
  return requests.reduce((sum, { shown }) => sum + Math.max(0, shown.length - 1), 0);
}

/** **wrong version**: visible as it was not meant to be any more, or not meant to be at all, or before its time. */
export function wrongVersion(one: Case): Finding[] {
  const problems = one.seen.flatMap((shown, part) =>
    shown.flatMap((post) => versionProblem(one, post, part) ?? placeProblem(one, post, part) ?? []),
  );
  const versions = new Set(one.seen.flat().map(({ text }) => readMark(text)?.version));
  // The first fence freezes all of a thread, whichever version that was.
  const mixed = problems.length === 0 && versions.size > 1;
  return mixed ? [`its parts are of versions ${[...versions].join(' and ')}`] : problems;
}

function versionProblem(one: Case, post: VisiblePost, part: number): Finding | undefined {
  const { intent, rows, dues } = one;
  const fenced = firstFence(one);
  const texts = allowed(intent.versions, intent, fenced).map((version) => textOf(intent.text, version, part));
  if (!texts.includes(post.text)) return `it says "${post.text}", which is not the last version that was saved`;
  const record = rows.find(({ segments }) => segments.some(({ objectId }) => objectId === post.id)) ?? living(rows);
  if (record && record.texts[part] !== post.text) {
    return `it says "${post.text}", and the database "${record.texts[part]}"`;
  }
  const due = Math.min(...dues.flatMap((saved) => allowed(saved, intent, fenced)));
  if (Date.parse(post.at) < due - EARLY_MS) return `it was out ${due - Date.parse(post.at)} ms before its time`;
  const described = post.media.map(({ altText = '' }) => altText);
  const { images = 0, video = false } = intent.parts[part] ?? {};
  // Nobody describes the video.
  const wantedOf = (image: number) =>
    WITHOUT_DESCRIPTIONS.has(intent.network) ? '' : altTextOf(intent.text, image, part);
  const wanted = video ? [''] : Array.from({ length: images }, (_, image) => wantedOf(image));
  const isSame = described.length === wanted.length && described.every((text, index) => text === wanted[index]);
  if (!isSame) return `it shows [${described.join(', ')}] instead of its ${video ? 'video' : 'images'}`;
  return undefined;
}

/** A part of a thread hangs below the part before it, the first comment below the post itself, and comes after both. */
function placeProblem({ intent, seen }: Case, post: VisiblePost, part: number): Finding | undefined {
  if (part === 0) return post.replyTo === undefined ? undefined : `it hangs below ${post.replyTo}`;
  const above = intent.parts[part]?.kind === 'comment' ? 0 : part - 1;
  const parent = seen[above]?.find(({ id }) => id === post.replyTo);
  if (!parent) return `part ${part + 1} hangs below ${post.replyTo ?? 'nothing'} instead of part ${above + 1}`;
  const before = seen[part - 1] ?? [];
  const isFirst = before.every((earlier) => Date.parse(earlier.at) > Date.parse(post.at) + EARLY_MS);
  return isFirst ? `part ${part + 1} was out before part ${part}` : undefined;
}

/** What counts after all that was saved. An answer that was lost leaves both possible. */
function allowed<T>(saved: readonly Saved<T>[], { alone }: Intent, fenced: number | undefined): T[] {
  return saved.reduce<T[]>((values, { value, standing, at }) => {
    // In a post for several channels, those that were past their fence do not follow, and the others do.
    const mayStay = standing === 'perhaps' || (!alone && fenced !== undefined && fenced <= at);
    return mayStay ? [...values, value] : [value];
  }, []);
}

function firstFence({ rows }: Case): number | undefined {
  const times = rows.flatMap(({ log }) => log.filter(({ kind }) => kind === 'fenced').map(({ at }) => at));
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * **unapproved**: out although those who have to approve it did not, or although it was cancelled. A cancellation between the parts
 * of a thread leaves what is out by then, and stops the rest.
 */
export function unapproved(one: Case): Finding[] {
  const { intent, seen } = one;
  const shown = seen.flat();
  if (shown.length === 0) return [];
  const notAgreed = shown.filter((post) => !mayBeCleared(one, post));
  if (notAgreed.length > 0) return notAgreed.map(({ text }) => `"${text}" is out, and not everybody agreed to it`);
  const state = livingState(one);
  if (intent.cancelled === 'acknowledged') {
    if (seen.every((part) => part.length > 0)) return ['it is out although it was cancelled'];
    const { cancelledAt = 0 } = intent;
    return shown
      .filter(({ at }) => Date.parse(at) > cancelledAt)
      .map(({ text }) => `"${text}" is out although all that was left had been cancelled`);
  }
  if (state !== 'cancelled') return [];
  const unknown = seen.some((part, index) => part.length > 0 && !isOut(one, index));
  const told = intent.cancelled === 'perhaps' && !unknown && seen.some((part) => part.length === 0);
  return told ? [] : ['it is out although the database says that it was cancelled'];
}

/** Whether it may have been approved at a fence that it passed. What passed one is finished as it was approved then. */
function mayBeCleared({ intent, rows }: Case, post: VisiblePost): boolean {
  const { approval } = intent;
  if (!approval) return true;
  const version = readMark(post.text)?.version ?? 0;
  return momentsOf(rows, post).some((moment) => clearances(approval, version, moment).has(true));
}

/** When it passed its fences; where none is known, the moment in which it was seen. */
export function momentsOf(rows: Case['rows'], post: VisiblePost): Moment[] {
  const seen = Date.parse(post.at);
  const record = rows.find(({ segments }) => segments.some(({ objectId }) => objectId === post.id)) ?? living(rows);
  const fences = (record?.log ?? []).filter(({ kind, at }) => kind === 'fenced' && at <= seen + EARLY_MS);
  if (fences.length === 0) return [{ from: seen, to: seen }];
  return fences.map(({ at }) => ({ from: at, to: at + FENCE_MS }));
}

/**
 * **unexplained**: failed but visible; failed, held or unconfirmed without an injected cause that justifies it; a receipt
 * that names something else than what is there; a log that does not arrive at the state.
 */
export function unexplained(one: Case, causes: Causes): Finding[] {
  const state = livingState(one);
  const findings: Finding[] = [];
  if (state === 'failed' || state === 'held') findings.push(...visibleAfterAll(one, state));
  if (SAYS_WHY.has(state) && !isExplained(one, causes))
    findings.push(`it is ${state} without a cause that was injected`);
  for (const [part, shown] of one.seen.entries()) {
    const ids = new Set(shown.map(({ id }) => id));
    const other = objectIdsOf(one, part).filter((id) => !ids.has(id));
    if (shown.length > 0 && other.length > 0) findings.push(`its receipt names ${other.join()}, which is not there`);
  }
  return [...findings, ...one.rows.flatMap(logProblem)];
}

/** What stopped in the middle leaves what is out, and knows of it; all of it cannot be out. */
function visibleAfterAll(one: Case, state: string): Finding[] {
  if (one.seen.every((part) => part.length > 0)) return [`it is ${state}, and visible`];
  return one.seen.flatMap((part, index) =>
    part.length > 0 && !isOut(one, index) ? [`it is ${state} before part ${index + 1}, which is visible`] : [],
  );
}

/** The log tells every version, in order, and ends in the state that the row has. */
function logProblem({ log, state, version }: Case['rows'][number]): Finding[] {
  const gap = log.find((entry, index) => entry.version !== index + 1);
  if (gap) return [`its log has no entry before version ${gap.version}`];
  const last = log.at(-1);
  if (last?.version !== version) return [`its log ends at version ${last?.version}, the row is at ${version}`];
  return last.state === state ? [] : [`its log ends in ${last.state}, the row is ${state}`];
}

function named({ seen }: Case, part: number): string {
  return seen.length === 1 ? 'it' : `part ${part + 1}`;
}
