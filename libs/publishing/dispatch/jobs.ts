import { type Invitation } from '../runner/index.js';

/** What a job carries: invitations whose time comes together. */
export interface PublishJob {
  invitations: Invitation[];
}

/** An invitation, and in how many milliseconds it should be carried out; below zero is overdue. */
export interface Invited extends Invitation {
  delayMs: number;
}

/** Invitations this near to each other share a job: the runner waits for the very instant itself. */
const TOGETHER_MS = 50;
const MOST_IN_A_JOB = 10;

/** Groups invitations into jobs, each with the delay of its earliest. */
export function jobsOf(invited: readonly Invited[]): { delayMs: number; data: PublishJob }[] {
  const jobs: { delayMs: number; data: PublishJob }[] = [];
  const timed = invited.map((one) => ({ ...one, delayMs: Math.max(0, Math.floor(one.delayMs)) }));
  for (const { publicationId, invitation, delayMs } of timed.sort((a, b) => a.delayMs - b.delayMs)) {
    const last = jobs.at(-1);
    if (last && delayMs - last.delayMs <= TOGETHER_MS && last.data.invitations.length < MOST_IN_A_JOB) {
      last.data.invitations.push({ publicationId, invitation });
    } else {
      jobs.push({ delayMs, data: { invitations: [{ publicationId, invitation }] } });
    }
  }
  return jobs;
}
