import { ORGANIZATION_ROLES, type Role, roleMay, WORKSPACE_ROLES } from '#accounts';
import { type FieldError, Problem } from '#kernel';

/** Whether what is written has to be approved: never, when its author asks, or always. */
export const APPROVAL_MODES = ['none', 'optional', 'required'] as const;
export type ApprovalMode = (typeof APPROVAL_MODES)[number];

/** Who may decide in a step; whoever is named in any of the three ways. */
export interface Approvers {
  roles?: Role[];
  /** User ids. */
  members?: string[];
  /** E-mail addresses of people without an account, who decide by review link. */
  clients?: string[];
}

/** How many of a step's approvers have to say yes: one, all, or so many. */
export type StepRule = 'any' | 'all' | number;

/** One step of a workflow; the next one begins when it is through. */
export interface ApprovalStep {
  name: string;
  approvers: Approvers;
  rule: StepRule;
}

/** Who is asked as well when time runs short: so many hours before the due time, where a step is still open. */
export interface Escalation extends Pick<Approvers, 'roles' | 'members'> {
  hours: number;
}

/** How a workspace approves. */
export interface ApprovalWorkflow {
  mode: ApprovalMode;
  /** Whether somebody may approve what they wrote themselves. */
  selfApproval: boolean;
  /** Whether another time alone asks for a new approval. */
  rescheduleNeedsApproval: boolean;
  steps: ApprovalStep[];
  /** How many hours before the due time those are reminded for whom it waits. */
  reminders: number[];
  escalation: Escalation | null;
}

/** A day before, and once more when there is still time to look. */
export const DEFAULT_REMINDERS: readonly number[] = [24, 2];
export const MAX_REMINDERS = 5;
/** Of reminders and escalation: two weeks. */
export const MAX_HOURS = 336;

/** What may be left out of a workflow that somebody sets. */
export type WorkflowInput = Omit<ApprovalWorkflow, 'reminders' | 'escalation'> &
  Partial<Pick<ApprovalWorkflow, 'reminders' | 'escalation'>>;

/** A workflow with what was left out. */
export function completeWorkflow(input: WorkflowInput): ApprovalWorkflow {
  return { ...input, reminders: input.reminders ?? [...DEFAULT_REMINDERS], escalation: input.escalation ?? null };
}

/** What holds where nobody said otherwise. */
export const NO_APPROVAL: ApprovalWorkflow = {
  mode: 'none',
  selfApproval: false,
  rescheduleNeedsApproval: false,
  steps: [],
  reminders: [...DEFAULT_REMINDERS],
  escalation: null,
};

export const MAX_STEPS = 10;
/** Of one step, in each way of naming them. */
export const MAX_APPROVERS = 50;

/** Roles that can be approvers: those that the table of permissions lets approve. */
export const APPROVING_ROLES: readonly Role[] = [...ORGANIZATION_ROLES, ...WORKSPACE_ROLES].filter((role) =>
  roleMay(role, 'posts.approve'),
);

/** @throws Problem 422 naming every step that nobody could ever pass */
export function checkWorkflow({ mode, steps, escalation }: Pick<WorkflowInput, 'mode' | 'steps' | 'escalation'>): void {
  const errors: FieldError[] = [];
  if (mode !== 'none' && steps.length === 0) {
    errors.push({
      field: 'steps',
      rule: 'no-steps',
      message: 'Nobody is named who approves.',
      remedy: 'Add a step with at least one approver, or set "mode" to "none".',
    });
  }
  steps.forEach(({ approvers, rule }, index) => {
    const { roles = [], members = [], clients = [] } = approvers;
    const named = roles.length + members.length + clients.length;
    if (named === 0) errors.push(nobody(index));
    else if (typeof rule === 'number' && roles.length === 0 && rule > named) errors.push(tooMany(index, rule, named));
  });
  if (escalation && (escalation.roles ?? []).length + (escalation.members ?? []).length === 0) {
    errors.push({
      field: 'escalation',
      rule: 'no-approvers',
      message: 'Nobody is named who is asked when time runs short.',
      remedy: 'Name roles or members, or set "escalation" to null.',
    });
  }
  if (errors.length > 0) throw Problem.validation(errors);
}

function nobody(index: number): FieldError {
  return {
    field: `steps/${index}/approvers`,
    rule: 'no-approvers',
    message: 'Nobody is named who approves in this step.',
    remedy: 'Name roles, members or clients.',
  };
}

function tooMany(index: number, rule: number, named: number): FieldError {
  return {
    field: `steps/${index}/rule`,
    rule: 'too-many',
    message: `${rule} people have to agree, and only ${named} are named.`,
    remedy: `Ask for at most ${named}, or name more approvers.`,
  };
}
