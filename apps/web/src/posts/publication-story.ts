import { type Publication } from '../api/queries.js';
import { STATE_LOOKS } from '../ui/publication-state.js';
import { type Instants } from './instants.js';
import { fromDue } from './timeline/distance.js';

/** Where a publication stands, in words. */
export interface Story {
  /** What is so. */
  sentence: string;
  /** What happens by itself and when, or what a person can do. */
  next?: string | undefined;
  /** What the network says of what is out there: that somebody has to finish it in its app. */
  note?: string | undefined;
}

/** What a story needs beside the publication. */
export interface StorySetting {
  now: number;
  instants: Instants;
  /** When ClickPost looks whether it is there, where the log says so. */
  lookAt?: string | undefined;
}

/** Past its time by more than this, what is not out yet is late. In milliseconds; the server counts alike. */
const LATE_MS = 5 * 60_000;

/** Whether a publication should be out by now and is still on its way. What a platform is working on is not late by ClickPost. */
export function isLate(
  { state, dueAt, waitingFor }: Pick<Publication, 'state' | 'dueAt' | 'waitingFor'>,
  now: number,
): boolean {
  if (waitingFor !== undefined) return false;
  const underWay = state === 'scheduled' || state === 'preparing' || state === 'ready' || state === 'committing';
  return underWay && now - Date.parse(dueAt) > LATE_MS;
}

/** Tells where a publication stands and what comes next. */
export function storyOf(publication: Publication, setting: StorySetting): Story {
  const { state, failure, waitingFor } = publication;
  if (waitingFor !== undefined && isWaiting(state)) return waitingStory(state, waitingFor);
  switch (state) {
    case 'scheduled':
      return scheduledStory(publication, setting);
    case 'preparing':
    case 'ready':
      return { sentence: STATE_LOOKS[state].meaning };
    case 'committing':
      return committingStory(publication, setting);
    case 'published':
      return publishedStory(publication, setting);
    case 'held':
      return heldStory(publication);
    case 'failed':
      return {
        sentence: `Failed: ${failure?.message ?? STATE_LOOKS.failed.meaning}`,
        next: failure?.remedy,
      };
    case 'unconfirmed':
      return {
        sentence: `Unconfirmed: ${failure?.message ?? STATE_LOOKS.unconfirmed.meaning}`,
        next: 'Look at the account, then say here whether it is there. It is never sent again before that.',
      };
    case 'cancelled':
      return { sentence: 'Cancelled: it does not go out.' };
  }
}

function heldStory({ held, heldReason }: Publication): Story {
  const sentence = held?.message ?? STATE_LOOKS.held.meaning;
  // Nobody keeps it back: that its media are made first is the ordinary way.
  return { sentence: heldReason === 'media-processing' ? sentence : `Held: ${sentence}`, next: held?.remedy };
}

function scheduledStory({ failure, dueAt }: Publication, { now, instants }: StorySetting): Story {
  if (failure) {
    const when = failure.retryAt;
    const again = when !== undefined && Date.parse(when) > now;
    return {
      sentence: `Not out yet: ${failure.message}`,
      next: again
        ? `It is tried again by itself ${instants.adverb(when)}.`
        : 'It is tried again by itself in a moment.',
    };
  }
  if (Date.parse(dueAt) <= now) return { sentence: 'Its time has come. It goes out in a moment.' };
  return { sentence: `It goes out by itself ${instants.adverb(dueAt)}.` };
}

function committingStory({ failure }: Publication, { instants, lookAt }: StorySetting): Story {
  if (lookAt === undefined && !failure) return { sentence: STATE_LOOKS.committing.meaning };
  return {
    sentence: 'It was sent, and no clear answer came.',
    next: `ClickPost looks whether it is there${lookAt === undefined ? '' : ` ${instants.adverb(lookAt)}`}, and goes on from what it finds.`,
  };
}

/** Whether a platform may be working on it: before the one request, or after it. */
function isWaiting(state: Publication['state']): boolean {
  return state === 'scheduled' || state === 'preparing' || state === 'ready' || state === 'committing';
}

/** Nothing is wrong: the platform takes its time. */
function waitingStory(state: Publication['state'], waitingFor: string): Story {
  if (state === 'committing') {
    return {
      sentence: `Accepted. ${waitingFor}`,
      next: 'It is visible as soon as that is done. It is not sent again, and nothing needs doing.',
    };
  }
  return { sentence: waitingFor, next: 'It goes on by itself as soon as that is done. Nothing needs doing.' };
}

function publishedStory(publication: Publication, { instants }: StorySetting): Story {
  const { publishedAt, dueAt, removedAt, edited, note } = publication;
  const out = publishedAt === null ? 'Published' : `Published ${instants.adverb(publishedAt)}`;
  if (removedAt !== undefined) {
    return {
      sentence: `${out}, and removed again ${instants.adverb(removedAt)}.`,
      next: 'It is not there any more. What was written and what happened stay here.',
    };
  }
  const sentence = publishedAt === null ? `${out}.` : `${out}, ${fromDue(publishedAt, dueAt)}.`;
  const change = edited && `Its text was changed there ${instants.adverb(edited.at)}.`;
  return { sentence, ...(note !== undefined && { note }), ...(change !== undefined && { next: change }) };
}
