import { type ApprovalMode, type Verdict } from '#planning';

/** Who takes part in a history, by what they are called there. Only the first three are named by workflows. */
export const MEMBERS = ['lead', 'second', 'manager', 'deputy'] as const;
export type Member = (typeof MEMBERS)[number];
export const CLIENT = 'client';
export type Somebody = Member | typeof CLIENT;
export type MemberRole = 'approver' | 'manager' | 'viewer';

/** A step of a workflow in the words of a history. */
export interface ModelStep {
  members?: readonly Member[];
  /** Whoever has this role in the workspace. */
  role?: MemberRole;
  client?: boolean;
  rule: 'any' | 'all' | number;
}

/** How a workspace approves. */
export interface ModelWorkflow {
  mode: ApprovalMode;
  selfApproval: boolean;
  timeMatters: boolean;
  steps: readonly ModelStep[];
}

interface Decision {
  by: Somebody;
  /** In whose place: their own, or those of others who are away. */
  seats: readonly Somebody[];
  step: number;
  content: string;
  verdict: Verdict;
}

/** A round of asking: its steps stay as they were when it began. */
interface Round extends Omit<ModelWorkflow, 'mode'> {
  decisions: Decision[];
  /** What all of those who were required agreed to, when the last of them did. */
  settled: Set<string>;
}

/** Who can decide in a workspace at all, and for whom: shared by its posts. */
export class ModelWorkspace {
  workflow: ModelWorkflow = { mode: 'none', selfApproval: false, timeMatters: false, steps: [] };
  readonly roles = new Map<Member, MemberRole>();
  /** Who is away, and who decides in their place. */
  readonly away = new Map<Member, Member>();

  mayApprove(one: Somebody): boolean {
    if (one === CLIENT) return true;
    const role = this.roles.get(one);
    return role === 'approver' || role === 'manager';
  }

  /** In whose place somebody decides: nobody's who is away themselves, and what was handed to them is not handed on. */
  absentFor(deputy: Somebody): Member[] {
    if (deputy === CLIENT || this.away.has(deputy)) return [];
    return MEMBERS.filter((one) => this.away.get(one) === deputy);
  }
}

/**
 * What people know of one post, without looking at the product: what it says, who was asked, and who agreed to what. Written
 * from what approvals promise.
 */
export class ModelPost {
  /** Members who wrote any of it. */
  readonly authors = new Set<Somebody>();
  content = '';
  time = 0;
  private round: Round | undefined;

  constructor(private readonly workspace: ModelWorkspace) {}

  /** Another content or time. Taken back, it is what it was. */
  says(content: string, by: Somebody | 'author'): void {
    if (content !== this.content && by !== 'author') this.authors.add(by);
    this.content = content;
  }

  /** Another time. */
  moves(): void {
    this.time += 1;
  }

  /** Nobody has decided in the round that begins. */
  ask(): void {
    const { selfApproval, timeMatters, steps } = this.workspace.workflow;
    this.round = { selfApproval, timeMatters, steps, decisions: [], settled: new Set() };
  }

  /** Whether a decision about what it says now may count. */
  mayDecide(by: Somebody, verdict: Verdict): boolean {
    const { round } = this;
    if (!round) return false;
    const open = this.openStep(round);
    if (verdict === 'approve') return open !== undefined && this.seatsOf(by, round, open).length > 0;
    const last = open ?? round.steps.length - 1;
    return round.steps.some((_, index) => index <= last && this.seatsOf(by, round, index).length > 0);
  }

  /** Somebody decided about what it says now. */
  decide(by: Somebody, verdict: Verdict): void {
    const { round } = this;
    if (!round) return;
    const first = round.steps.findIndex((_, index) => this.seatsOf(by, round, index).length > 0);
    const step = verdict === 'approve' ? (this.openStep(round) ?? 0) : Math.max(0, first);
    const seats = this.seatsOf(by, round, step);
    round.decisions.push({ by, verdict, step, seats, content: this.key(round) });
    if (this.isAgreed(round)) round.settled.add(this.key(round));
    else round.settled.delete(this.key(round));
  }

  /** Whether people may see it as it is now. */
  mayBeSeen(): boolean {
    const { mode } = this.workspace.workflow;
    if (mode === 'none' || (mode === 'optional' && !this.round)) return true;
    return this.round !== undefined && (this.round.settled.has(this.key(this.round)) || this.isAgreed(this.round));
  }

  /** Whether it has to be approved as things stand. */
  isBound(): boolean {
    const { mode } = this.workspace.workflow;
    return mode === 'required' || (mode === 'optional' && this.round !== undefined);
  }

  /** Whether it is approved whatever happened to the people who agreed. */
  isSurelyApproved(): boolean {
    return this.round !== undefined && this.round.settled.has(this.key(this.round)) && this.isAgreed(this.round);
  }

  private key({ timeMatters }: Round): string {
    return JSON.stringify([this.content, timeMatters ? this.time : 'any']);
  }

  /** The decisions about what it says now, of people who still may decide. */
  private counted(round: Round): Decision[] {
    const about = this.key(round);
    return round.decisions.filter((one) => one.content === about && this.workspace.mayApprove(one.by));
  }

  private isAgreed(round: Round): boolean {
    const refused = this.counted(round).some(({ verdict, step, seats }) => {
      const eligible = this.eligibleIn(round, step);
      return verdict === 'request-changes' && seats.some((one) => eligible.includes(one));
    });
    return !refused && this.openStep(round) === undefined;
  }

  /** The first step that is not through. */
  private openStep(round: Round): number | undefined {
    const open = round.steps.findIndex((_, index) => !this.isThrough(round, index));
    return open === -1 ? undefined : open;
  }

  private isThrough(round: Round, index: number): boolean {
    const { rule } = round.steps[index]!;
    const eligible = this.eligibleIn(round, index);
    const yes = this.counted(round).filter(({ step, verdict }) => step === index && verdict === 'approve');
    const valid = yes.filter(({ seats }) => seats.some((one) => eligible.includes(one)));
    const agreed = eligible.filter((one) => valid.some(({ seats }) => seats.includes(one)));
    if (agreed.length === 0) return false;
    if (rule === 'any') return true;
    if (rule === 'all') return agreed.length === eligible.length;
    // However often, and for however many, somebody says yes: they are one person.
    return new Set(valid.map(({ by }) => by)).size >= rule;
  }

  private seatsOf(by: Somebody, round: Round, index: number): Somebody[] {
    if (!this.isAllowed(by, round)) return [];
    const eligible = this.eligibleIn(round, index);
    return [by, ...this.workspace.absentFor(by)].filter((one) => eligible.includes(one));
  }

  private eligibleIn(round: Round, index: number): Somebody[] {
    const { members = [], role, client = false } = round.steps[index]!;
    const named = MEMBERS.filter((one) => members.includes(one) || (role && this.workspace.roles.get(one) === role));
    return [...named.filter((one) => this.isAllowed(one, round)), ...(client ? [CLIENT as Somebody] : [])];
  }

  /** Whoever wrote any of it decides only where people may approve their own. */
  private isAllowed(one: Somebody, { selfApproval }: Round): boolean {
    return this.workspace.mayApprove(one) && (selfApproval || !this.authors.has(one));
  }
}
