import { type ApprovalStep, type ApprovalStory, type Told, type WorkflowChange } from '../ledger.js';

/** A time that is known only so far: a fence, from its entry in the log to what it made visible. Milliseconds since 1970. */
export interface Moment {
  from: number;
  to: number;
}

/** When everything is over. */
export const THE_END: Moment = { from: Infinity, to: Infinity };

/** So many requests of one post whose outcome is unknown are weighed against each other; of more, anything may be true. */
const MOST_UNKNOWN = 12;

/**
 * Whether a version may have been clear to go out at a moment, by what people were told: every request that was answered
 * counts, one whose answer was lost or that was under way then counts either way. Worked out from what approvals promise,
 * not from what the database says. Returns what may be true, both where that is not known.
 */
export function clearances({ workflows, steps }: ApprovalStory, version: number, moment: Moment): Set<boolean> {
  const told = [...workflows, ...steps].filter(({ from }) => from < moment.to);
  const unknown = told.filter((one) => !isCertain(one, moment));
  if (unknown.length > MOST_UNKNOWN) return new Set([true, false]);
  const possible = new Set<boolean>();
  for (let world = 0; world < 2 ** unknown.length; world += 1) {
    const isSo = (one: Told) => isCertain(one, moment) || takenIn(world, unknown, one);
    for (const clear of inWorld(workflows.filter(isSo), steps.filter(isSo), version)) possible.add(clear);
  }
  return possible;
}

/** Answered, and before. */
function isCertain({ standing, at }: Told, { from }: Moment): boolean {
  return standing === 'acknowledged' && at < from;
}

function takenIn(world: number, unknown: readonly Told[], one: Told): boolean {
  const place = unknown.indexOf(one);
  return place >= 0 && Math.floor(world / 2 ** place) % 2 === 1;
}

/** Where it is known what happened. Which of two workflows a round began under is not, where one came in the other's way. */
function inWorld(workflows: readonly WorkflowChange[], steps: readonly ApprovalStep[], version: number): boolean[] {
  const mode = workflows.at(-1)?.mode ?? 'none';
  if (mode === 'none') return [true];
  const asked = steps.findLastIndex(({ kind }) => kind === 'ask');
  const request = steps[asked];
  if (!request) return [mode === 'optional'];
  const said = steps.slice(asked + 1).flatMap((one) => (one.kind === 'decide' && one.version === version ? [one] : []));
  if (said.some(({ verdict }) => verdict === 'request-changes')) return [false];
  const yes = new Set(said.map(({ who }) => who));
  return workflowsDuring(workflows, request).map((workflow) =>
    workflow.steps.every(({ people, rule }) => {
      const agreed = people.filter((who) => yes.has(who)).length;
      return agreed >= (rule === 'any' ? 1 : rule === 'all' ? people.length : rule);
    }),
  );
}

/** Those under which a request may have begun its round. */
function workflowsDuring(workflows: readonly WorkflowChange[], { from, at }: Told): WorkflowChange[] {
  const before = workflows.findLast((one) => one.at < from);
  return [...(before ? [before] : []), ...workflows.filter((one) => one.at >= from && one.from <= at)];
}

/** Whether people approve there at all at that time, as far as it is known: what goes out then went out approved. */
export function isAskedFor({ workflows, steps }: ApprovalStory, moment: Moment): boolean {
  const mode = workflows.findLast(({ from }) => from < moment.to)?.mode ?? 'none';
  return (
    mode === 'required' || (mode === 'optional' && steps.some(({ kind, from }) => kind === 'ask' && from < moment.to))
  );
}
