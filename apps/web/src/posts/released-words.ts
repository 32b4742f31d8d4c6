import { type Publication } from '../api/queries.js';

type HeldReason = NonNullable<Publication['heldReason']>;

const RELEASED: Record<HeldReason, string> = {
  'approval-missing': 'It was approved.',
  'changed-after-approval': 'The present version was approved.',
  'channel-disconnected': 'The account is connected again.',
  'channel-paused': 'The channel was resumed.',
  'workspace-paused': 'The workspace was resumed.',
  'organization-paused': 'The organization was resumed.',
  'installation-paused': 'The installation was resumed.',
  'media-processing': 'Its media are ready.',
  'media-failed': 'Its media are ready.',
  'too-late': 'It may go out although it is late.',
  'held-by-person': 'It may go out again.',
};

/** Why a hold ended. */
export function releasedWords(reason: string | undefined): string {
  const known = Object.entries(RELEASED).find(([name]) => name === reason);
  return known ? known[1] : 'What held it is gone.';
}
