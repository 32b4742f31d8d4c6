import { type Approval, type ApprovalWorkflow } from '../approvals/queries.js';
import { type NewReviewLink } from './queries.js';

/** What the form for a new link holds; empty = not given. */
export interface LinkChoice {
  email: string;
  name: string;
  days: string;
  passcode: string;
}

export const LIFETIMES = [
  { value: '3', label: '3 days' },
  { value: '7', label: '7 days' },
  { value: '14', label: '14 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

const PASSCODE_MIN = 4;

/** What is wrong with a choice, by field. */
export function brokenIn({ email, passcode }: LinkChoice): Partial<Record<keyof LinkChoice, string>> {
  const isAddress = /^\S+@\S+\.\S+$/.test(email.trim());
  const isShort = passcode !== '' && passcode.length < PASSCODE_MIN;
  return {
    ...(email.trim() !== '' && !isAddress && { email: 'This is no e-mail address. Write it like name@example.com.' }),
    ...(isShort && { passcode: `Use at least ${PASSCODE_MIN} characters, or leave it empty.` }),
  };
}

/** What the API is asked for. */
export function linkRequestOf({ email, name, days, passcode }: LinkChoice): NewReviewLink {
  const [address, called] = [email.trim(), name.trim()];
  return {
    expiresInDays: Number(days),
    ...(address !== '' && { email: address }),
    ...(called !== '' && { name: called }),
    ...(passcode !== '' && { passcode }),
  };
}

/** The clients who are named for a post: those who are waited for first, then all of the workflow. */
export function clientsOf(
  workflow: Pick<ApprovalWorkflow, 'steps'> | undefined,
  approval: Pick<Approval, 'steps'> | undefined,
): string[] {
  const waiting = (approval?.steps ?? []).flatMap(({ waitingFor }) =>
    waitingFor.filter(({ type }) => type === 'client').map(({ id }) => id),
  );
  const named = (workflow?.steps ?? []).flatMap(({ approvers }) => approvers.clients ?? []);
  return [...new Set([...waiting, ...named.map((address) => address.toLowerCase())])];
}
