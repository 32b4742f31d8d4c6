import { explainHeld, type PublicationState } from '../rules/index.js';
import { type PublicationRecord } from '../store/index.js';

/** What a person can do about a publication that does not go out as it should. */
export const SUPPORT_ACTIONS = ['retry', 'hold', 'release', 'resolve', 'reconcile'] as const;
export type SupportAction = (typeof SUPPORT_ACTIONS)[number];

/** What a person saw on the platform. */
export const RESOLVED_OUTCOMES = ['published', 'not-published'] as const;
export type ResolvedOutcome = (typeof RESOLVED_OUTCOMES)[number];

/** Why something cannot be done about a publication as it stands. */
export interface Refusal {
  /** Stable, for programs. */
  rule: string;
  /** What is so, and what to do instead. */
  words: string;
}

/** What a refusal depends on beside the row. */
export interface Progress {
  /** How many of its segments are out, and how many there are. */
  published: number;
  of: number;
}

type Standing = Pick<PublicationRecord, 'state' | 'held_reason' | 'failure' | 'lease'>;

/** Why a publication cannot be tried once more, if anything. */
export function refusesRetry({ state, held_reason, failure }: Standing): Refusal | undefined {
  if (state === 'failed' || (state === 'scheduled' && failure !== null)) return undefined;
  if (state === 'held' && held_reason !== null) {
    return held_reason === 'too-late' || held_reason === 'media-failed' ? undefined : stillHeld(held_reason);
  }
  if (state === 'unconfirmed') {
    const words = 'It may already be visible. Look at the account, then resolve it as published or not published.';
    return { rule: 'may-be-visible', words };
  }
  return { rule: `is-${state}`, words: `There is nothing to retry: it is ${state}.` };
}

/** Why a publication cannot be held, if anything. What is held for another reason may be held by a person as well. */
export function refusesHold({ state, held_reason }: Standing): Refusal | undefined {
  switch (state) {
    case 'scheduled':
    case 'preparing':
    case 'ready':
      return undefined;
    case 'held':
      if (held_reason !== 'held-by-person') return undefined;
      return { rule: 'held-by-person', words: 'A person holds it already.' };
    case 'failed':
      return { rule: 'is-failed', words: 'It failed, so nothing goes out by itself; there is nothing to hold.' };
    case 'unconfirmed':
      return { rule: 'may-be-visible', words: 'It is not sent again by itself; there is nothing to hold.' };
    case 'committing':
    case 'published':
    case 'cancelled':
      return tooFar(state, 'be held');
  }
}

/** Why a publication cannot be released, if anything: only a hold that a person may end. */
export function refusesRelease({ state, held_reason }: Standing): Refusal | undefined {
  if (state !== 'held' || held_reason === null) {
    return { rule: `is-${state}`, words: `There is nothing to release: it is ${state}.` };
  }
  switch (held_reason) {
    case 'held-by-person':
    case 'too-late':
      return undefined;
    case 'approval-missing':
    case 'changed-after-approval':
    case 'channel-disconnected':
    case 'channel-paused':
    case 'workspace-paused':
    case 'organization-paused':
    case 'installation-paused':
    case 'media-processing':
    case 'media-failed':
      return stillHeld(held_reason);
  }
}

/** Why nobody can decide about a publication, if anything. */
export function refusesResolve(
  { state }: Standing,
  outcome: ResolvedOutcome,
  { published, of }: Progress,
): Refusal | undefined {
  if (state !== 'unconfirmed') {
    return { rule: `is-${state}`, words: 'Only an unconfirmed publication waits for such a decision.' };
  }
  if (outcome === 'not-published' || of - published <= 1) return undefined;
  const words =
    `What follows part ${published + 1} of ${of} is not out yet, and ClickPost cannot publish it below a part that it does not ` +
    'know. Cancel this one, which leaves what is out, and publish the rest as a new post.';
  return { rule: 'parts-missing', words };
}

/** Why a publication is not looked up on its platform now, if anything. */
export function refusesLook({ state, lease }: Standing, askedLately: boolean): Refusal | undefined {
  if (state !== 'unconfirmed' && state !== 'committing') {
    return { rule: `is-${state}`, words: `Only what may be out unseen is looked up; it is ${state}.` };
  }
  if (lease !== null) {
    return { rule: 'in-hand', words: 'It is being sent or looked up at this very moment. Wait for what comes of it.' };
  }
  if (!askedLately) return undefined;
  const words = `A look was asked for less than ${LOOK_EVERY_SECONDS} seconds ago. Wait for what it finds.`;
  return { rule: 'looked-up-lately', words };
}

/** One publication is not looked up by hand more often than this: reads count against the quota of the channel too. */
export const LOOK_EVERY_SECONDS = 60;

function stillHeld(reason: NonNullable<PublicationRecord['held_reason']>): Refusal {
  const { message, remedy } = explainHeld(reason);
  return { rule: `held:${reason}`, words: `${message} ${remedy}` };
}

function tooFar(state: Extract<PublicationState, 'committing' | 'published' | 'cancelled'>, what: string): Refusal {
  switch (state) {
    case 'committing':
      return {
        rule: 'is-committing',
        words: `Its request is on its way or being looked up; it can no longer ${what}.`,
      };
    case 'published':
      return { rule: 'is-published', words: 'It is published already.' };
    case 'cancelled':
      return { rule: 'is-cancelled', words: 'It is cancelled and does not go out.' };
  }
}
