import { type Network } from './plan-faults.js';
import { type PlannedPart } from './plan.js';

/** Whether a change of somebody's was acknowledged, or its answer was lost: then it may have happened or not. */
export type Standing = 'acknowledged' | 'perhaps';

/** Something that somebody saved, in the order in which they saved it. */
export interface Saved<T> {
  value: T;
  standing: Standing;
  /** When the answer came, or was given up. */
  at: number;
}

/** Whether what is written in a workspace has to be approved. */
export type ApprovalMode = 'none' | 'optional' | 'required';

/** A request of somebody's about approval. One that was refused is not kept. */
export interface Told {
  standing: Standing;
  /** When it was sent, and when it was answered or given up. Milliseconds since 1970. */
  from: number;
  at: number;
}

/** What was asked of people about one post, and what they said; `who` is an approver by their place. */
export type ApprovalStep = Told &
  ({ kind: 'ask' } | { kind: 'decide'; who: number; version: number; verdict: 'approve' | 'request-changes' });

/** How a workspace approves from then on. */
export type WorkflowChange = Told & {
  mode: ApprovalMode;
  steps: readonly { people: readonly number[]; rule: 'any' | 'all' | number }[];
};

/** All that a workspace was told about its approvals, and all that happened to those of one post, each in its order. */
export interface ApprovalStory {
  workflows: readonly WorkflowChange[];
  steps: ApprovalStep[];
}

/** What somebody wants to see once on one channel, and what they did about it: one publication of the run. */
export interface Intent {
  post: number;
  postId: string;
  /** The publication that the post was created with. */
  publicationId: string;
  channelId: string;
  network: Network;
  /** How it was connected, where there are several ways. */
  way?: string;
  /** The account on the practice network, as visible posts name it. */
  account: string;
  text: number;
  /** Its messages, in order. */
  parts: readonly PlannedPart[];
  /** Whether the post goes nowhere else: then a change is refused as a whole when it comes too late. */
  alone: boolean;
  /** Versions of the text. */
  versions: Saved<number>[];
  /** Due times, milliseconds since 1970. */
  dues: Saved<number>[];
  cancelled?: Standing;
  /** When the cancellation was answered: what of a thread was out by then may stay. Milliseconds since 1970. */
  cancelledAt?: number;
  /** Where people approve; shared by all of a post. */
  approval?: ApprovalStory;
}

/** What people did in a run, and what they were told. */
export class Ledger {
  readonly intents: Intent[] = [];
  /** Creates that were refused for good, which no plan expects. */
  readonly refused: string[] = [];
  readonly counts = {
    ...{ edited: 0, rescheduled: 0, cancelled: 0, tooLate: 0, answersLost: 0, 'retried by hand': 0 },
    ...{ 'approvals asked for': 0, 'decisions taken': 0, 'decisions refused as stale': 0 },
    ...{ 'decisions refused otherwise': 0, 'workflows changed': 0, 'approval requests whose answer was lost': 0 },
  };
  /** What each organization that approves was told about how it does, in order. */
  readonly workflows = new Map<number, WorkflowChange[]>();

  ofPost(post: number): Intent[] {
    return this.intents.filter((intent) => intent.post === post);
  }
}
