import { type Options } from './options.js';
import { type PlannedWorkflow } from './plan-approvals.js';
import { type PlannedChannel } from './plan.js';
import { NETWORKS, type PlannedFault, planOtherFault } from './plan-faults.js';
import { type Random } from './random.js';

/** Something that happens to the whole installation. Times are milliseconds after the run's beginning. */
export type Disturbance = { at: number } & (
  | { kind: 'kill-worker'; worker: number; backAfter: number }
  | { kind: 'kill-api'; backAfter: number }
  | { kind: 'kill-postgres'; backAfter: number }
  | { kind: 'kill-backend' }
  | { kind: 'kill-redis'; backAfter: number }
  | { kind: 'stop-worker'; worker: number; forMs: number }
  | { kind: 'restart-worker'; worker: number }
  | { kind: 'cut-connections' }
  | { kind: 'cut-pulls' }
  | { kind: 'flush-queue' }
  | { kind: 'double-jobs'; late: number }
  /** `renewable` = only what ends soon anyway; else by turns that and all of it. */
  | { kind: 'expire-token'; channel: number; renewable?: true }
  | { kind: 'remove-app'; channel: number }
  | { kind: 'disconnect'; channel: number; backAfter: number }
  | { kind: 'pause-channel'; channel: number; forMs: number }
  | { kind: 'change-workflow'; organization: number; workflow: PlannedWorkflow }
  | { kind: 'fault'; fault: PlannedFault }
);

/** Whether it counts as a kill; everything else counts as a fault. */
export function isKill({ kind }: Disturbance): boolean {
  return kind.startsWith('kill-');
}

/** Longer than a lease of the run, in milliseconds; see `TIMES` of the installation. */
const STOPPED_MS = [7_000, 11_000] as const;
const DOUBLE_EVERY_MS = 700;
/** A run that is about one situation is over before such a job would come; so much the more of them come at once. */
const DOUBLE_IN_FOCUS_MS = 200;
const LATE_JOBS_MS = { usual: [0, 0, 500, 3_000, 16_000], focus: [0, 300, 700, 1_500] } as const;

/** When what is killed, stopped, cut and flushed, in no order. */
export function planDisturbances(
  random: Random,
  options: Options,
  channels: readonly PlannedChannel[],
  windowMs: number,
): Disturbance[] {
  const { kills, workers } = options;
  const isUsual = options.focus === undefined;
  // A run that is about one situation has what that situation asks for, and the kills.
  const publications = isUsual ? options.publications : 0;
  const when = () => Math.round(random.between(3_000, windowMs));
  const channel = () => random.whole(0, channels.length - 1);
  const worker = () => random.whole(0, workers - 1);
  const some = (count: number, make: () => Disturbance) => Array.from({ length: Math.ceil(count) }, make);
  const every = isUsual ? DOUBLE_EVERY_MS : DOUBLE_IN_FOCUS_MS;
  const doubles = Array.from({ length: Math.floor(windowMs / every) }, (_, index): Disturbance => ({
    at: index * every,
    kind: 'double-jobs',
    late: random.pick(isUsual ? LATE_JOBS_MS.usual : LATE_JOBS_MS.focus),
  }));
  return [
    ...Array.from({ length: kills }, () => planKill(random, options, when())),
    ...some(kills / 4, () => ({
      at: when(),
      kind: 'stop-worker',
      worker: worker(),
      forMs: random.whole(...STOPPED_MS),
    })),
    ...some(kills / 8, () => ({ at: when(), kind: 'restart-worker', worker: worker() })),
    ...some(kills / 5, () => ({ at: when(), kind: 'cut-connections' })),
    ...some(kills / 5, () => ({ at: when(), kind: 'flush-queue' })),
    ...some(kills / 2, () => ({ at: when(), kind: 'cut-pulls' })),
    ...some(publications / 40, () => ({ at: when(), kind: 'expire-token', channel: channel() })),
    ...some(publications / 60, () => ({
      at: when(),
      kind: 'pause-channel',
      channel: channel(),
      forMs: random.whole(500, 4_000),
    })),
    ...some(publications / 10, () => ({
      at: when(),
      kind: 'fault',
      fault: planOtherFault(random, random.pick(NETWORKS)),
    })),
    ...some(publications / 60, () => ({
      at: when(),
      kind: 'disconnect',
      channel: channel(),
      backAfter: random.whole(800, 4_000),
    })),
    ...doubles,
  ];
}

function planKill(random: Random, { queue, workers }: Options, at: number): Disturbance {
  const backAfter = random.whole(100, 1_500);
  switch (random.weighted({ worker: 50, api: 12, postgres: 16, backend: 7, redis: queue === 'redis' ? 15 : 0 })) {
    case 'worker':
      return { at, kind: 'kill-worker', worker: random.whole(0, workers - 1), backAfter };
    case 'api':
      return { at, kind: 'kill-api', backAfter };
    case 'postgres':
      return { at, kind: 'kill-postgres', backAfter };
    case 'backend':
      return { at, kind: 'kill-backend' };
    case 'redis':
      return { at, kind: 'kill-redis', backAfter };
  }
}
