import { type ApprovalMode, type ApprovalStep, type ApprovalStory, type Told, type WorkflowChange } from '../ledger.js';

/** What a minute is made of in stories that are told by hand: each request is sent at its time and answered 50 ms later. */
export const told = (at: number, more: Partial<Told> = {}): Told => ({
  ...{ standing: 'acknowledged' as const, from: at, at: at + 50 },
  ...more,
});

/** Two steps: one of 0 and 1, then both of 2 and 3. */
export const TWO_STEPS: WorkflowChange['steps'] = [
  { people: [0, 1], rule: 'any' },
  { people: [2, 3], rule: 'all' },
];

export const workflow = (
  at: number,
  mode: ApprovalMode = 'required',
  steps = TWO_STEPS,
  more: Partial<Told> = {},
): WorkflowChange => ({ mode, steps, ...told(at, more) });

export const asked = (at: number, more: Partial<Told> = {}): ApprovalStep => ({ kind: 'ask', ...told(at, more) });

/** @param verdict an approval where it is left out */
export const said = (
  at: number,
  who: number,
  version = 1,
  { verdict = 'approve', ...more }: Partial<Told> & { verdict?: 'approve' | 'request-changes' } = {},
): ApprovalStep => ({ kind: 'decide', who, version, verdict, ...told(at, more) });

/** Asked at that time, and agreed to by everybody soon after. */
export const agreed = (at: number, version = 1): ApprovalStep[] => [
  asked(at),
  ...[0, 2, 3].map((who, index) => said(at + 100 * (index + 1), who, version)),
];

/** A workspace that always has to approve. */
export const story = (steps: ApprovalStep[], workflows: WorkflowChange[] = [workflow(0)]): ApprovalStory => ({
  ...{ workflows, steps },
});
