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
