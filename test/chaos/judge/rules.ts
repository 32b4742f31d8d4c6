import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { type Intent, type Saved } from '../ledger.js';
import { altTextOf, textOf } from '../plan.js';
import { type Case, living, livingState, objectIdsOf } from './attribute.js';
import { isExplained, type Causes } from './causes.js';

/** Why something counts: one sentence for whoever reads the report. */
export type Finding = string;

/** Clocks of one machine differ by no more than it takes to read them. */
const EARLY_MS = 100;

/** Whether it says at the end why it is not visible. */
const SAYS_WHY = new Set(['failed', 'held', 'unconfirmed']);

/** **lost**: acknowledged, due, not cancelled, and neither visible nor in a state that says why. */
export function lost(one: Case): Finding[] {
  const state = livingState(one);
  if (one.seen.length > 0 || SAYS_WHY.has(state)) return [];
  if (one.intent.cancelled === 'acknowledged') return state === 'cancelled' ? [] : [`cancelled, but ${state}`];
  if (one.intent.cancelled === 'perhaps' && state === 'cancelled') return [];
  return [state === 'published' ? 'it counts as published, and nobody can see it' : `it is ${state}, and not visible`];
}

/**
 * **doubled**: more than one effective creating request for a segment. What one request made twice is the sandbox's own
 * doing and is counted apart, by `repeatedByOneRequest`.
 */
export function doubled(one: Case, requests: readonly RequestRecord[]): Finding[] {
  const ids = new Set(one.seen.map(({ id }) => id));
  const creating = requests.filter(
    ({ platform, shown }) => platform === one.intent.network && shown.some((id) => ids.has(id)),
  );
  const times = Math.max(creating.length, ids.size);
  return Array.from({ length: Math.max(0, times - 1) }, () => `${times} requests made it visible`);
}

/** How many posts single requests made more than once: not the engine's doing. */
export function repeatedByOneRequest(requests: readonly RequestRecord[]): number {
  return requests.reduce((sum, { shown }) => sum + Math.max(0, shown.length - 1), 0);
}

/** **wrong version**: visible as it was not meant to be any more, or not meant to be at all, or before its time. */
export function wrongVersion(one: Case): Finding[] {
  return one.seen.flatMap((post) => {
    const problem = versionProblem(one, post);
    return problem === undefined ? [] : [problem];
  });
}

function versionProblem(one: Case, post: VisiblePost): Finding | undefined {
  const { intent, rows } = one;
  const fenced = firstFence(one);
  const texts = allowed(intent.versions, intent, fenced).map((version) => textOf(intent.text, version));
  if (!texts.includes(post.text)) return `it says "${post.text}", which is not the last version that was saved`;
  const record = rows.find(({ segments }) => segments.some(({ objectId }) => objectId === post.id)) ?? living(rows);
  if (record && record.texts[0] !== post.text) return `it says "${post.text}", and the database "${record.texts[0]}"`;
  const due = Math.min(...allowed(intent.dues, intent, fenced));
  if (Date.parse(post.at) < due - EARLY_MS) return `it was out ${due - Date.parse(post.at)} ms before its time`;
  const described = post.media.map(({ altText }) => altText);
  const wanted = Array.from({ length: intent.images }, (_, image) => altTextOf(intent.text, image));
  if (described.join('\n') !== wanted.join('\n')) return `it shows [${described.join(', ')}] instead of its images`;
  return undefined;
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

/** **unapproved**: out although it was cancelled, or although its clearance was taken away. */
export function unapproved(one: Case): Finding[] {
  const { intent, seen } = one;
  if (seen.length === 0) return [];
  if (intent.clearanceWithdrawn === 'acknowledged') return ['it is out without clearance'];
  if (intent.cancelled === 'acknowledged') return ['it is out although it was cancelled'];
  return livingState(one) === 'cancelled' ? ['it is out although the database says that it was cancelled'] : [];
}

/**
 * **unexplained**: failed but visible; failed, held or unconfirmed without an injected cause that justifies it; a receipt
 * that names something else than what is there; a log that does not arrive at the state.
 */
export function unexplained(one: Case, causes: Causes): Finding[] {
  const state = livingState(one);
  const findings: Finding[] = [];
  if (one.seen.length > 0 && (state === 'failed' || state === 'held')) findings.push(`it is ${state}, and visible`);
  if (SAYS_WHY.has(state) && !isExplained(one, causes))
    findings.push(`it is ${state} without a cause that was injected`);
  const ids = new Set(one.seen.map(({ id }) => id));
  const named = objectIdsOf(one).filter((id) => !ids.has(id));
  if (one.seen.length > 0 && named.length > 0) findings.push(`its receipt names ${named.join()}, which is not there`);
  return [...findings, ...one.rows.flatMap(logProblem)];
}

/** The log tells every version, in order, and ends in the state that the row has. */
function logProblem({ log, state, version }: Case['rows'][number]): Finding[] {
  const gap = log.find((entry, index) => entry.version !== index + 1);
  if (gap) return [`its log has no entry before version ${gap.version}`];
  const last = log.at(-1);
  if (last?.version !== version) return [`its log ends at version ${last?.version}, the row is at ${version}`];
  return last.state === state ? [] : [`its log ends in ${last.state}, the row is ${state}`];
}
