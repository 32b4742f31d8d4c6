/** Where a publication is. */
export const PUBLICATION_STATES = [
  'scheduled',
  'preparing',
  'ready',
  'committing',
  'published',
  'failed',
  'unconfirmed',
  'cancelled',
  'held',
] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** What a state means, for people. */
export function explainState(state: PublicationState): string {
  switch (state) {
    case 'scheduled':
      return 'Waits for its time, for the time of its next try, or for what the platform is processing for it.';
    case 'preparing':
      return 'A worker uploads and checks; nothing can be visible yet.';
    case 'ready':
      return 'Everything is prepared; the worker waits for the very instant.';
    case 'committing':
      return 'The fence is passed: the one request that makes it visible is on its way, its outcome is being looked up, or the platform has accepted it and still works on it.';
    case 'published':
      return 'It is visible, proven by a receipt, by a look at the platform, or by a person.';
    case 'failed':
      return 'It is not visible, and will not be tried again by itself. A thread may be out in part, which the log says.';
    case 'unconfirmed':
      return 'It may be visible, and nobody can tell by machine: a person looks and decides.';
    case 'cancelled':
      return 'Given up before it was visible. What of a thread was out stays out.';
    case 'held':
      return 'As things stand it may not go out, for one of the reasons below.';
  }
}

/** Why a publication may not go out as things stand. */
export const HELD_REASONS = [
  'approval-missing',
  'changed-after-approval',
  'channel-disconnected',
  'channel-paused',
  'workspace-paused',
  'organization-paused',
  'installation-paused',
  'media-processing',
  'media-failed',
  'too-late',
  'held-by-person',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** The only changes of state there are. The database holds the same table and refuses every other one. */
export const TRANSITIONS: Readonly<Record<PublicationState, readonly PublicationState[]>> = {
  scheduled: ['preparing', 'held', 'cancelled'],
  preparing: ['ready', 'scheduled', 'held', 'failed', 'published', 'unconfirmed', 'cancelled'],
  ready: ['committing', 'preparing', 'scheduled', 'held', 'failed', 'cancelled'],
  committing: ['published', 'preparing', 'scheduled', 'held', 'failed', 'unconfirmed'],
  published: [],
  failed: ['scheduled', 'cancelled'],
  unconfirmed: ['published', 'scheduled', 'cancelled'],
  cancelled: [],
  held: ['scheduled', 'cancelled'],
};

export function mayChange(from: PublicationState, to: PublicationState): boolean {
  return from === to || TRANSITIONS[from].includes(to);
}

/** Before the fence, content and time may still change; in `committing` nobody but the runner may touch it. */
export const BEFORE_FENCE: readonly PublicationState[] = ['scheduled', 'preparing', 'ready', 'held'];

/** States in which the dispatcher looks after a publication. */
export const ACTIVE_STATES: readonly PublicationState[] = ['scheduled', 'preparing', 'ready', 'committing'];

/** The same with what the making of its media says, where that is why. */
export function heldWords(
  reason: HeldReason,
  failure: { message: string; remedy: string } | null,
): { message: string; remedy: string } {
  if (reason !== 'media-failed' || !failure) return explainHeld(reason);
  return { message: failure.message, remedy: failure.remedy };
}

/** What a held publication's reason means and what ends it, for people. */
export function explainHeld(reason: HeldReason): { message: string; remedy: string } {
  switch (reason) {
    case 'approval-missing':
      return { message: 'It has not been approved yet.', remedy: 'Ask an approver to decide; it goes out after that.' };
    case 'changed-after-approval':
      return {
        message: 'It was changed after its approval.',
        remedy: 'Ask for a new approval of the present version.',
      };
    case 'channel-disconnected':
      return {
        message: "The platform no longer accepts this channel's sign-in.",
        remedy: 'Reconnect the account; the post goes out by itself afterwards.',
      };
    case 'channel-paused':
      return { message: 'The channel is paused.', remedy: 'Resume the channel; the post goes out by itself.' };
    case 'workspace-paused':
      return { message: 'The workspace is paused.', remedy: 'Resume the workspace; the post goes out by itself.' };
    case 'organization-paused':
      return {
        message: 'The organization is paused.',
        remedy: 'Resume the organization; the post goes out by itself.',
      };
    case 'installation-paused':
      return {
        message: 'This installation is paused.',
        remedy: 'The operator resumes it; the post goes out by itself.',
      };
    case 'media-processing':
      return {
        message: 'Its media is still being processed.',
        remedy: 'Nothing to do: it goes out when that is done.',
      };
    case 'media-failed':
      return {
        message: 'Its media could not be processed.',
        remedy: 'Retry to have it processed again, or replace the file; the post goes out by itself after that.',
      };
    case 'too-late':
      return {
        message: 'It could not go out in time and is now later than the workspace allows.',
        remedy: 'Retry it to publish it now, give it a new time, or cancel it.',
      };
    case 'held-by-person':
      return {
        message: 'A person holds it.',
        remedy: 'Release it to let it go out, at once if its time has passed, or cancel it.',
      };
  }
}
