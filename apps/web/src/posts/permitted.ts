import { type Publication } from '../api/queries.js';

type Standing = Pick<Publication, 'state' | 'heldReason' | 'failure'>;

/** Whether another try can be asked for. A rate limit is waited for: asking sooner changes nothing. */
export function mayRetry({ state, heldReason, failure }: Standing): boolean {
  if (state === 'failed') return true;
  if (state === 'held') return heldReason === 'too-late';
  return state === 'scheduled' && failure !== undefined && failure.kind !== 'rate-limit';
}

/** Whether it would go out by itself, and can be kept from it until somebody releases it. */
export function mayHold({ state }: Standing): boolean {
  return state === 'scheduled' || state === 'preparing' || state === 'ready';
}

/** Whether it can be kept from going out, or given up on. */
export function mayCancel({ state }: Standing): boolean {
  switch (state) {
    case 'scheduled':
    case 'preparing':
    case 'ready':
    case 'held':
    case 'failed':
      return true;
    // What may be out is decided about by looking.
    case 'unconfirmed':
    case 'committing':
    case 'published':
    case 'cancelled':
      return false;
  }
}

/** Whether only another text, image or setting can help. */
export function needsCorrection({ state, failure }: Standing): boolean {
  return state === 'failed' && (failure?.kind === 'content' || failure?.kind === 'media');
}
