import { type Publication, type PublicationSummary } from '../api/queries.js';

type Failure = NonNullable<PublicationSummary['failure']>;
type HeldReason = NonNullable<Publication['heldReason']>;

/** What to do about a failure that is not tried again by itself any more. */
export function afterFailure({ kind, remedy }: Failure): string {
  switch (kind) {
    // Their remedies speak of the retries that have ended here.
    case 'rate-limit':
      return 'ClickPost tried several times and stopped. Retry it later, or spread the posts of this channel over more time.';
    case 'unavailable':
      return 'ClickPost tried several times and stopped. Retry it when the network works again.';
    case 'auth':
    case 'permission':
    case 'media':
    case 'content':
    case 'duplicate':
    case 'unknown':
      return remedy;
  }
}

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
};

/** Why a hold ended. */
export function releasedWords(reason: string | undefined): string {
  const known = Object.entries(RELEASED).find(([name]) => name === reason);
  return known ? known[1] : 'What held it is gone.';
}
