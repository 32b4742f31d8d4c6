import { type OrganizationRole, type WorkspaceRole } from '#accounts';
import { type Agent, type TestAccount } from './api.js';
import { newestToken } from './letters.js';
import { type PracticeApi } from './practice-api.js';

/** Somebody who was invited and accepted, in a browser of their own. */
export interface Teammate {
  agent: Agent;
  email: string;
  password: string;
  userId: string;
}

export interface Position {
  role?: OrganizationRole;
  /** For the role member. */
  workspaces?: { id: string; role: WorkspaceRole }[];
}

let teammates = 0;

/** An address that nobody has. */
export function newAddress(): string {
  teammates += 1;
  return `teammate-${teammates}@example.com`;
}

/** Invites somebody and lets them accept by the link in the mail. */
export async function addTeammate(
  { api, owner }: PracticeApi,
  account: TestAccount,
  { role = 'member', workspaces = [] }: Position = {},
): Promise<Teammate> {
  const [email, password] = [newAddress(), 'a long passphrase'];
  await account.agent
    .post(`/v1/organizations/${account.organizationId}/invitations`)
    .send({ email, role, workspaces })
    .expect(201);
  const agent = api.agent();
  const token = await newestToken(owner, api.kernel.vault, email);
  const { body } = await agent
    .post(`/v1/invitations/${token}/accept`)
    .send({ name: email.split('@')[0], password })
    .expect(200);
  return { agent, email, password, userId: body.user.id };
}
