import { type OrganizationRole, type Role, roleMay, type WorkspaceRole } from '#accounts';
import { rows, type Transaction } from '#kernel';
import { type Absence, delegatesAt } from './absence.js';
import { type ApprovalRecord } from './approval-store.js';
import { type ApproverKey, type OpenStep } from './progress.js';
import { type Approvers, type Escalation } from './workflow.js';

const HOUR_MS = 3_600_000;

/** Who can be asked in a workspace. */
export interface Person {
  id: string;
  name: string;
  role: OrganizationRole;
  /** What a `member` is in this workspace; null = nothing. */
  there: WorkspaceRole | null;
}

/** Everybody who sees a workspace, for each of some workspaces. */
export async function peopleOf(tx: Transaction, workspaceIds: readonly string[]): Promise<Map<string, Person[]>> {
  const found = await rows<Person & { workspace_id: string }>(
    tx,
    `select w.id as workspace_id, u.id, u.name, m.role, wm.role as there
       from unnest($1::uuid[]) as w (id) cross join members m join users u on u.id = m.user_id
       left join workspace_members wm on wm.user_id = m.user_id and wm.workspace_id = w.id
      where m.organization_id = current_organization() and (m.role <> 'member' or wm.role is not null)
      order by u.name, u.id`,
    [workspaceIds],
  );
  return grouped(found, ({ workspace_id: id }) => id);
}

/** The users who wrote a revision of a post, for each of some posts. */
export async function authorsOf(tx: Transaction, postIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const found = await rows<{ post_id: string; author: string }>(
    tx,
    `select distinct post_id, author ->> 'id' as author from post_revisions
      where post_id = any($1::uuid[]) and author ->> 'id' is not null`,
    [postIds],
  );
  const byPost = grouped(found, ({ post_id: id }) => id);
  return new Map([...byPost].map(([id, authors]) => [id, new Set(authors.map(({ author }) => author))]));
}

/** At which moment an approval is looked at, and what of that moment decides who may decide. */
export interface Moment {
  /** The database's time. */
  now: Date;
  /** When the first of what is still to go out is due; undefined for a draft. */
  due?: Date | undefined;
  /** Of the whole organization. */
  absences: readonly Absence[];
}

/** The steps of an approval with those who may decide in each as things stand. */
export function openSteps(
  { steps, self_approval, escalation }: Pick<ApprovalRecord, 'steps' | 'self_approval' | 'escalation'>,
  people: readonly Person[],
  authors: ReadonlySet<string>,
  { now, due, absences }: Moment,
): OpenStep[] {
  const allowed = people
    .filter(({ role, there }) => roleMay(role, 'posts.approve') || (there !== null && roleMay(there, 'posts.approve')))
    .filter(({ id }) => self_approval || !authors.has(id));
  const ids = new Set(allowed.map(({ id }) => id));
  const shared = {
    escalated: escalatesAt(escalation, due, now),
    delegates: delegatesAt(absences, ids, now),
    standIns: new Set([...ids].map((id): ApproverKey => `member:${id}`)),
  };
  const alsoAsked = escalation ? eligibleFor(escalation, allowed) : [];
  return steps.map(({ approvers, rule }) => {
    const eligible = eligibleFor(approvers, allowed);
    return { rule, eligible, reserve: alsoAsked.filter((one) => !eligible.includes(one)), ...shared };
  });
}

/** Whether those whom the escalation names are asked by now. A draft is never late. */
function escalatesAt(escalation: Escalation | null, due: Date | undefined, now: Date): boolean {
  return escalation !== null && due !== undefined && due.getTime() - escalation.hours * HOUR_MS <= now.getTime();
}

function eligibleFor({ roles = [], members = [], clients = [] }: Approvers, people: readonly Person[]): ApproverKey[] {
  const named = people.filter(({ id, role, there }) => {
    const has = (one: Role) => one === role || one === there;
    return members.includes(id) || roles.some(has);
  });
  const addresses = new Set(clients.map((address) => address.toLowerCase()));
  return [
    ...named.map(({ id }): ApproverKey => `member:${id}`),
    ...[...addresses].map((address): ApproverKey => `client:${address}`),
  ];
}

/** Things by what `keyOf` says of each, in their order. */
export function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}
