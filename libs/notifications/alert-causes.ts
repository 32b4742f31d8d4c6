import { type Action } from '#accounts';
import { type Cause, CAUSES, explainCause, type HeldReason, partsOf } from '#publishing';

/** Holds that end by nobody's doing, or that somebody wants, are nothing to tell. */
const NEEDS_PERSON: Readonly<Record<HeldReason, 'at once' | 'when due' | 'never'>> = {
  'channel-disconnected': 'at once',
  'media-failed': 'at once',
  'too-late': 'at once',
  // Until its time has come somebody may still decide.
  'approval-missing': 'when due',
  'changed-after-approval': 'when due',
  'channel-paused': 'never',
  'workspace-paused': 'never',
  'organization-paused': 'never',
  'installation-paused': 'never',
  'media-processing': 'never',
  'held-by-person': 'never',
};

/** Why a held publication needs a person. */
export const HELD_FOR_PERSON = heldFor('at once');
/** The same, but only once its time has come. */
export const HELD_WHEN_DUE = heldFor('when due');

function heldFor(when: (typeof NEEDS_PERSON)[HeldReason]): HeldReason[] {
  return (Object.keys(NEEDS_PERSON) as HeldReason[]).filter((reason) => NEEDS_PERSON[reason] === when);
}

/** What is wrong with a sign-in itself. */
export const CONNECTION_CAUSES = ['connection:dead', 'connection:expiring'] as const;
export type ConnectionCause = (typeof CONNECTION_CAUSES)[number];

/** What people are told of. */
export type AlertCause = Cause | ConnectionCause;

/** Every cause of an alert. */
export const ALERT_CAUSES: readonly AlertCause[] = [...CAUSES.filter(isTold), ...CONNECTION_CAUSES];

/** What an alert is about: the posts of a channel, or a connection. */
export type SubjectType = 'channel' | 'connection';

/** Who is told: those who may do something about it. */
export const MENDED_BY: Readonly<Record<SubjectType, Action>> = {
  channel: 'publications.mend',
  connection: 'channels.manage',
};

/** An alert in words: what is wrong, and what to do about it. */
export function explainAlert(cause: AlertCause): { title: string; remedy: string } {
  switch (cause) {
    case 'connection:dead':
      return {
        title: 'The platform no longer accepts the sign-in.',
        remedy: 'Reconnect the account. What is held for it goes out by itself afterwards.',
      };
    case 'connection:expiring':
      return {
        title: 'The sign-in ends within a week, and only a person can renew it.',
        remedy: 'Reconnect the account before that; all schedules stay.',
      };
    default:
      return explainCause(cause);
  }
}

/** One line that says what happened and where. @param name of the channel or the account, as people know it */
export function headline(cause: AlertCause, count: number, name: string): string {
  if (cause === 'connection:dead') return `${name} needs to be reconnected`;
  if (cause === 'connection:expiring') return `The sign-in of ${name} ends soon`;
  const posts = count === 1 ? '1 post' : `${count.toLocaleString('en')} posts`;
  const { state } = partsOf(cause);
  switch (state) {
    case 'failed':
      return `${posts} could not be published on ${name}`;
    case 'unconfirmed':
      return `${posts} on ${name}: published or not, a person has to look`;
    case 'held':
      return `${posts} on ${name} ${count === 1 ? 'is' : 'are'} held`;
    case 'late':
      return `${posts} on ${name} ${count === 1 ? 'is' : 'are'} late`;
  }
}

function isTold(cause: Cause): boolean {
  const parts = partsOf(cause);
  return parts.state === 'held' ? NEEDS_PERSON[parts.reason] !== 'never' : parts.state !== 'late';
}
