import { type ApprovalMode } from './ledger.js';
import { type Disturbance } from './plan-disturbances.js';
import { refusedOn } from './plan-faults.js';
import { type Stage } from './plan-scenes.js';
import { markOf } from './plan-text.js';
import { type Action, type PlannedChannel } from './plan.js';
import { type Random } from './random.js';

/** A step of a workflow: who is asked, by their place among the approvers of an organization, and how many have to agree. */
export interface PlannedStep {
  name: string;
  people: readonly number[];
  rule: 'any' | 'all' | number;
}

/** How a workspace approves, as a plan has it. */
export interface PlannedWorkflow {
  mode: ApprovalMode;
  steps: readonly PlannedStep[];
}

/** Approvers of each organization that approves. */
export const APPROVERS = 4;

const TWO_STEPS: readonly PlannedStep[] = [
  { name: 'Lead', people: [0, 1], rule: 'any' },
  { name: 'Client', people: [2, 3], rule: 'all' },
];
const TWO_OF_THREE: readonly PlannedStep[] = [{ name: 'Team', people: [0, 1, 2], rule: 2 }];

/** How an organization that approves in this way begins. */
export function firstWorkflow(mode: ApprovalMode): PlannedWorkflow {
  return { mode, steps: TWO_STEPS };
}

/** Written so long before it is due, where the run is old enough: people ask, look and decide meanwhile. */
const AHEAD_MS = 8_000;

/** What people do about one post that is written at one time and due at another. Milliseconds after the run's beginning. */
type Story = (at: { written: number; due: number; random: Random }) => Action[];

/** Asks when it is written, and everybody agrees at once. */
const agreed: Story = ({ written }) => [
  { kind: 'ask', at: written + 600 },
  { kind: 'agree', at: written + 900 },
];
/** While everything is prepared, or is on its way. */
const close = (due: number, random: Random): number => due - random.whole(400, 1_800);
const inTheMoment = (due: number, random: Random): number => due + random.whole(-250, 250);

/** The stories, in the order in which a run has them: a short one has the first of them. */
const STORIES: readonly Story[] = [
  agreed,
  // Edited between two decisions: whoever decides about what was there before is refused, and everybody looks again.
  ({ written }) => [
    { kind: 'ask', at: written + 600 },
    { kind: 'agree', at: written + 900, steps: 1 },
    { kind: 'edit', at: written + 1_500 },
    { kind: 'decide-stale', at: written + 1_900 },
    { kind: 'agree', at: written + 2_300 },
  ],
  // Only the first step.
  ({ written }) => [
    { kind: 'ask', at: written + 600 },
    { kind: 'agree', at: written + 900, steps: 1 },
  ],
  // Changed after it was approved, and left so; somebody who saw the earlier version approves that.
  (at) => [...agreed(at), { kind: 'edit', at: close(at.due, at.random) }, { kind: 'decide-stale', at: at.due - 200 }],
  (at) => [
    { kind: 'ask', at: at.written + 600 },
    { kind: 'agree', at: at.written + 900, steps: 1 },
    { kind: 'agree', at: inTheMoment(at.due, at.random) },
  ],
  // Changes are asked for, made, and approved.
  (at) => [
    { kind: 'ask', at: at.written + 600 },
    { kind: 'request-changes', at: at.written + 900 },
    { kind: 'edit', at: at.written + 1_500 },
    { kind: 'ask', at: at.written + 2_000 },
    { kind: 'decide-stale', at: at.written + 2_200 },
    { kind: 'agree', at: at.written + 2_400 },
  ],
  lateWithdrawal,
  // The network refuses what it says: sent again by hand, as it was approved.
  (at) => [...agreed(at), { kind: 'retry', at: at.due + 500 }],
  (at) => [...agreed(at), { kind: 'reschedule', at: close(at.due, at.random), due: at.due + 2_500 }],
  // Asked for once more: nobody has agreed in that round.
  (at) => [...agreed(at), { kind: 'ask', at: inTheMoment(at.due, at.random) - 500 }],
  // Nobody asks: it goes out only where nobody has to.
  () => [],
  // Refused by the network, corrected, and approved again.
  (at) => [...agreed(at), { kind: 'retry', at: at.due + 500, after: 'edit' }, { kind: 'agree', at: at.due + 700 }],
  // Edited when everybody had agreed, and agreed to once more.
  (at) => [
    ...agreed(at),
    { kind: 'edit', at: at.written + 2_200 },
    { kind: 'decide-stale', at: at.written + 2_600 },
    { kind: 'agree', at: at.written + 3_000 },
  ],
  // Approved long after it was due.
  (at) => [
    { kind: 'ask', at: at.written + 600 },
    { kind: 'agree', at: at.due + 2_000 },
  ],
  // Edited in the very moment.
  (at) => [...agreed(at), { kind: 'edit', at: inTheMoment(at.due, at.random) }, { kind: 'agree', at: at.due + 1_000 }],
];

function lateWithdrawal(at: Parameters<Story>[0]): Action[] {
  return [...agreed(at), { kind: 'request-changes', at: close(at.due, at.random) }];
}

/** One post of a workspace that approves, and what people do about it. */
export function approval(stage: Stage, due: number, place: number): Disturbance[] {
  const story = STORIES[place % STORIES.length] ?? agreed;
  return tell(stage, due, place, story);
}

/** An approver takes the approval back when everything is prepared. */
export function withdrawn(stage: Stage, due: number, place: number): Disturbance[] {
  return tell(stage, due, place, lateWithdrawal);
}

/** Somebody edits what is approved when everything is prepared, and nobody approves that. */
export function editedAfterApproval(stage: Stage, due: number, place: number): Disturbance[] {
  return tell(stage, due, place, (at) => [...agreed(at), { kind: 'edit', at: close(at.due, at.random) }]);
}

function tell(stage: Stage, due: number, place: number, story: Story): Disturbance[] {
  const { random, channels } = stage;
  const asking = channels.flatMap(({ approval }, index) => (approval ? [index] : []));
  const channel = asking[place % asking.length] ?? 0;
  const written = Math.max(0, due - AHEAD_MS);
  const post = stage.add({ channels: [channel], due, at: written, faultsAt: written });
  post.actions = story({ written, due, random });
  const network = channels[channel]?.network ?? 'webhook';
  if (post.actions.some(({ kind }) => kind === 'retry')) post.faults = [refusedOn(network, markOf(post.text))];
  return [];
}

/** Workflows change while people decide: other steps in the middle of the run, and at last approval for all where it was asked for. */
export function planWorkflows(channels: readonly PlannedChannel[], windowMs: number): Disturbance[] {
  const organizations = new Map(
    channels.flatMap(({ organization, approval }) => (approval ? [[organization, approval]] : [])),
  );
  return [...organizations].flatMap(([organization, mode], index): Disturbance[] => {
    const change = (share: number, workflow: PlannedWorkflow): Disturbance => ({
      ...{ at: Math.round(windowMs * share) + index * 150, kind: 'change-workflow', organization, workflow },
    });
    const last: PlannedWorkflow = { mode: 'required', steps: TWO_STEPS };
    return [change(0.5, { mode, steps: TWO_OF_THREE }), ...(mode === 'optional' ? [change(0.75, last)] : [])];
  });
}
