import { type OrganizationRole, type Role, roleMay, type WorkspaceRole } from '#accounts';
import { rows, type Transaction } from '#kernel';
import { type ApprovalRecord } from './approval-store.js';
import { type ApproverKey, type OpenStep } from './progress.js';
import { type Approvers } from './workflow.js';

/** Who can be asked in a workspace. */
export interface Person {
  id: string;
  name: string;
  role: OrganizationRole;
  /** What a `member` is in this workspace; null = nothing. */
  there: WorkspaceRole | null;
}

/** Everybody who sees a workspace. */
export function peopleOf(tx: Transaction, workspaceId: string): Promise<Person[]> {
  return rows<Person>(
    tx,
    `select u.id, u.name, m.role, w.role as there
       from members m join users u on u.id = m.user_id
       left join workspace_members w on w.user_id = m.user_id and w.workspace_id = $1
      where m.organization_id = current_organization() and (m.role <> 'member' or w.role is not null)
      order by u.name, u.id`,
    [workspaceId],
  );
}

/** The users who wrote a revision of a post. */
export async function authorsOf(tx: Transaction, postId: string): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct author ->> 'id' as id from post_revisions where post_id = $1 and author ->> 'id' is not null`,
    [postId],
  );
  return new Set(found.map(({ id }) => id));
}

/** The steps of an approval with those who may decide in each as things stand. */
export function openSteps(
  { steps, self_approval }: Pick<ApprovalRecord, 'steps' | 'self_approval'>,
  people: readonly Person[],
  authors: ReadonlySet<string>,
): OpenStep[] {
  const allowed = people
    .filter(({ role, there }) => roleMay(role, 'posts.approve') || (there !== null && roleMay(there, 'posts.approve')))
    .filter(({ id }) => self_approval || !authors.has(id));
  return steps.map(({ approvers, rule }) => ({ rule, eligible: eligibleFor(approvers, allowed) }));
}

function eligibleFor({ roles = [], members = [], clients = [] }: Approvers, people: readonly Person[]): ApproverKey[] {
  const named = people.filter(({ id, role, there }) => {
    const has = (one: Role) => one === role || one === there;
    return members.includes(id) || roles.some(has);
  });
  return [
    ...named.map(({ id }): ApproverKey => `member:${id}`),
    ...clients.map((address): ApproverKey => `client:${address.toLowerCase()}`),
  ];
}
