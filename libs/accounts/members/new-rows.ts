import { v7 as uuid } from 'uuid';
import { Problem, type Transaction, violatedUnique } from '#kernel';
import { Member, Organization, User, Workspace } from '../entities.js';

/** An organization as it begins: its owner, and one workspace. */
export interface NewOrganization {
  name: string;
  ownerId: string;
  /** IANA name; of the first workspace. */
  timeZone: string;
  /** The name of the first workspace; the organization's where it is left out. */
  workspace?: string | undefined;
}

/** Creates an organization with its owner and first workspace, in a transaction of `Database.identity`. */
export async function insertOrganization(
  tx: Transaction,
  { name, ownerId, timeZone, workspace }: NewOrganization,
): Promise<{ organizationId: string; workspaceId: string }> {
  const [organizationId, workspaceId, createdAt] = [uuid(), uuid(), new Date()];
  await tx.getRepository(Organization).insert({ id: organizationId, name, createdAt });
  await tx.getRepository(Member).insert({ organizationId, userId: ownerId, role: 'owner', createdAt });
  await tx
    .getRepository(Workspace)
    .insert({ id: workspaceId, organizationId, name: workspace ?? name, timeZone, createdAt });
  return { organizationId, workspaceId };
}

/** @throws Problem 409 naming `email` when somebody has it, in whatever case */
export async function insertUser(tx: Transaction, user: User): Promise<void> {
  try {
    await tx.getRepository(User).insert(user);
  } catch (error) {
    if (violatedUnique(error) !== 'users_email') throw error;
    throw new Problem('already-exists', 'Somebody has signed up with this e-mail address.', {
      errors: [
        {
          field: 'email',
          rule: 'unique',
          message: 'The e-mail address is taken.',
          remedy: 'Sign in with it, or use another address.',
        },
      ],
    });
  }
}
