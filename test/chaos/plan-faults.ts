import { type SandboxOperation } from '#platforms/core';
import { type FaultKind } from '#sandbox';
import { type Random } from './random.js';

/** The networks that every run publishes to: all that there are. */
export const NETWORKS = [
  ...(['bluesky', 'facebook', 'google-business', 'instagram', 'linkedin', 'mastodon'] as const),
  ...(['pinterest', 'threads', 'tiktok', 'webhook', 'x', 'youtube'] as const),
] as const;
export type Network = (typeof NETWORKS)[number];

/** An order to the practice networks to misbehave, as their controls take it. */
export interface PlannedFault {
  kind: FaultKind;
  operation: SandboxOperation;
  platform: Network;
  times: number;
  match?: string;
  delayMs?: number;
  retryAfterSeconds?: number;
}

/** How late a request may be applied: within the time that the platform's manifest names for settling. */
const LATEST_MS: Readonly<Record<Network, number>> = {
  bluesky: 1_500,
  facebook: 15_000,
  'google-business': 13_000,
  instagram: 9_000,
  linkedin: 9_000,
  mastodon: 4_000,
  pinterest: 13_000,
  threads: 7_000,
  tiktok: 13_000,
  webhook: 3_000,
  x: 13_000,
  youtube: 7_000,
};

/** Later than a hold and its end, and as soon as a short run needs it. */
const LATE_MS = 14_000;

/** Well within T of a run. */
const SLOW_MS = 1_500;

const COMMIT_WEIGHTS: Readonly<Partial<Record<FaultKind, number>>> = {
  'accept-then-timeout': 14,
  'accept-then-reset': 14,
  'accept-then-error': 10,
  'accept-then-unavailable': 8,
  nonsense: 8,
  'apply-late': 14,
  slow: 8,
  timeout: 5,
  reset: 6,
  'refuse-unavailable': 4,
  'refuse-rate-limit': 4,
  'refuse-bad-request': 3,
  'refuse-auth': 3,
};

/** A fault that hits the one request that publishes a text. Of twins, one is best lost altogether: then only the other is there. */
export function planCommitFault(random: Random, platform: Network, match: string, twin: boolean): PlannedFault[] {
  const kind = twin && random.chance(0.6) ? 'reset' : random.weighted(COMMIT_WEIGHTS);
  const fault = { ...detailsOf(random, kind, platform), operation: 'commit' as const, platform, match };
  return [{ ...fault, times: random.chance(0.15) ? 2 : 1 }];
}

/** A request that Facebook applies long after its connection broke, and well before its manifest promises to show it. */
export function lateOnFacebook(match: string): PlannedFault {
  return { kind: 'apply-late', operation: 'commit', platform: 'facebook', match, times: 1, delayMs: LATE_MS };
}

/** A request that is applied when its connection has broken, as late as it still has to show within the time for settling. */
export function lateOn(platform: Network, match: string): PlannedFault {
  return { kind: 'apply-late', operation: 'commit', platform, match, times: 1, delayMs: LATEST_MS[platform] };
}

/** New tokens that are made, and whose answer is lost: the old ones are good for nothing any more. */
export function lostRefreshOn(platform: Network): PlannedFault {
  return { kind: 'accept-then-reset', operation: 'connect', platform, times: 1 };
}

/** A request that is carried out, and whose connection breaks. */
export function acceptedOn(platform: Network, match: string): PlannedFault {
  return { kind: 'accept-then-reset', operation: 'commit', platform, match, times: 1 };
}

/** A request that is carried out and never answered. */
export function hangingOn(platform: Network, match: string): PlannedFault {
  return { kind: 'accept-then-timeout', operation: 'commit', platform, match, times: 1 };
}

/** A request that is answered well, and so late that much can happen in between. */
export function slowOn(platform: Network, match: string): PlannedFault {
  return { kind: 'slow', operation: 'commit', platform, match, times: 1, delayMs: SLOW_MS };
}

/** A token of Facebook that is refused to one upload, although it is good. */
export function refusedUpload(match: string): PlannedFault {
  return { kind: 'refuse-auth', operation: 'prepare', platform: 'facebook', match, times: 1 };
}

/** A request that is carried out, and whose answer says that it was not. */
export function deniedOn(platform: Network, match: string): PlannedFault {
  return { kind: 'accept-then-error', operation: 'commit', platform, match, times: 1 };
}

/** A request that is refused for what it says. */
export function refusedOn(platform: Network, match: string): PlannedFault {
  return { kind: 'refuse-content', operation: 'commit', platform, match, times: 1 };
}

/** A request that never arrives, and a connection that breaks. */
export function lostOn(platform: Network, match: string): PlannedFault {
  return { kind: 'reset', operation: 'commit', platform, match, times: 1 };
}

const OTHER_WEIGHTS: Readonly<Partial<Record<FaultKind, number>>> = {
  'refuse-unavailable': 6,
  'refuse-rate-limit': 3,
  'refuse-auth': 2,
  timeout: 2,
  reset: 5,
  nonsense: 3,
  slow: 4,
  'accept-then-reset': 4,
};

/** A fault that hits whoever comes next: uploads, looks, sign-ins. A platform that cannot be read at all is a long one. */
export function planOtherFault(random: Random, platform: Network): PlannedFault {
  const operation = random.weighted({ prepare: 5, read: 6, connect: 1 });
  const kind = operation === 'prepare' && random.chance(0.15) ? 'refuse-bad-request' : random.weighted(OTHER_WEIGHTS);
  // An upload is waited for so long that a short run would be about nothing else.
  if (operation === 'prepare' && kind === 'timeout') return planOtherFault(random, platform);
  const blind = operation === 'read' && kind === 'refuse-unavailable';
  return {
    ...detailsOf(random, kind, platform),
    operation,
    platform,
    times: blind ? random.whole(3, 8) : random.whole(1, 2),
  };
}

function detailsOf(
  random: Random,
  kind: FaultKind,
  platform: Network,
): Pick<PlannedFault, 'kind' | 'delayMs' | 'retryAfterSeconds'> {
  switch (kind) {
    case 'apply-late':
      return { kind, delayMs: Math.round(random.between(0.3, 1) * LATEST_MS[platform]) };
    case 'slow':
      return { kind, delayMs: random.whole(300, 2_500) };
    case 'refuse-rate-limit':
    case 'refuse-unavailable':
      return { kind, retryAfterSeconds: random.whole(1, 3) };
    default:
      return { kind };
  }
}
