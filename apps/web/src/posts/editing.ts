import { type Post, type PublicationSummary } from '../api/queries.js';
import { isUnderWay } from '../ui/publication-state.js';

/** Whether a post can still be changed; where not, why. */
export type Editability = { editable: true; note?: string } | { editable: false; why: string };

/** Says whether a post can be edited. The API has the last word: what was sent once is known there alone. */
export function editabilityOf({ publications }: Pick<Post, 'publications'>): Editability {
  const living = publications.filter(({ state }) => state !== 'cancelled');
  if (living.length === 0) return { editable: true };
  if (living.some(({ state }) => state === 'committing')) {
    return { editable: false, why: 'It is being published at this moment. Wait for the outcome.' };
  }
  const open = living.filter(mayFollow);
  if (open.length === 0) {
    const doubtful = living.some(({ state }) => state === 'unconfirmed');
    const why = doubtful
      ? 'It may be out, so it can no longer be edited.'
      : 'It is out, so the post as a whole can no longer be edited.';
    return { editable: false, why };
  }
  if (open.length === living.length) return { editable: true };
  return { editable: true, note: 'What is out stays as it is. A change reaches the other channels.' };
}

/** Whether a post can be deleted: nobody has seen anything of it. */
export function isDeletable({ publications }: Pick<Post, 'publications'>): boolean {
  return publications.every(({ state }) => state !== 'published' && state !== 'committing');
}

function mayFollow({ state }: PublicationSummary): boolean {
  return state !== 'committing' && state !== 'published' && state !== 'unconfirmed' && state !== 'cancelled';
}

/** Whether it goes out by itself: also while its media are made. */
export function isOnTheWay({ state, heldReason }: Pick<PublicationSummary, 'state' | 'heldReason'>): boolean {
  return isUnderWay(state) || (state === 'held' && heldReason === 'media-processing');
}

/** Whether it goes no further until somebody does something. */
export function wantsSomebody(publication: Pick<PublicationSummary, 'state' | 'heldReason'>): boolean {
  const { state } = publication;
  return state === 'failed' || state === 'unconfirmed' || (state === 'held' && !isOnTheWay(publication));
}

/** How a post stands on all its channels, in a line. */
export function summaryOf({ publications }: Pick<Post, 'publications'>): string {
  const living = publications.filter(({ state }) => state !== 'cancelled');
  if (living.length === 0) return publications.length === 0 ? 'A draft. It is not scheduled.' : 'It does not go out.';
  const count = (wanted: PublicationSummary['state'][]) =>
    living.filter(({ state, removedAt }) => removedAt === undefined && wanted.includes(state)).length;
  const parts = [
    [count(['published']), 'published'],
    [living.filter(({ removedAt }) => removedAt !== undefined).length, 'removed again'],
    [living.filter(isOnTheWay).length, 'on the way'],
    [living.filter((one) => one.state === 'held' && !isOnTheWay(one)).length, 'held'],
    [count(['unconfirmed']), 'unconfirmed'],
    [count(['failed']), 'failed'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  const channels = living.length === 1 ? 'one channel' : `${living.length} channels`;
  const [only] = said;
  if (said.length === 1 && only) return `For ${channels}: ${only.replace(/^\d+ /, living.length === 1 ? '' : 'all ')}.`;
  return `For ${channels}: ${said.join(', ')}.`;
}
