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

/** What somebody wants to see once on one channel, and what they did about it: one publication of the run. */
export interface Intent {
  post: number;
  postId: string;
  /** The publication that the post was created with. */
  publicationId: string;
  channelId: string;
  network: Network;
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
  clearanceWithdrawn?: Standing;
}

/** What people did in a run, and what they were told. */
export class Ledger {
  readonly intents: Intent[] = [];
  /** Creates that were refused for good, which no plan expects. */
  readonly refused: string[] = [];
  readonly counts = { edited: 0, rescheduled: 0, cancelled: 0, withdrawn: 0, tooLate: 0, answersLost: 0 };

  ofPost(post: number): Intent[] {
    return this.intents.filter((intent) => intent.post === post);
  }
}
