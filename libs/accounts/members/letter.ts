import { type Letter } from '#kernel';
import { type OrganizationRole, type WorkspaceRole } from '../permissions.js';

/** What an invitation says of itself. */
export interface InvitationWords {
  inviter: string;
  organization: string;
  role: OrganizationRole;
  workspaces: readonly { name: string; role: WorkspaceRole }[];
  /** Of the link. */
  address: string;
  expiresAt: Date;
}

/** The mail that invites. */
export function invitationLetter({
  inviter,
  organization,
  role,
  workspaces,
  address,
  expiresAt,
}: InvitationWords): Letter {
  return {
    subject: `${inviter} invites you to ${organization}`,
    paragraphs: [
      `${inviter} invites you to work with ${organization} on ClickPost, where posts are written, approved and published.`,
      roleWords(role, workspaces),
    ],
    action: { label: 'See the invitation', address },
    closing: [
      `The link works once, until ${expiresAt.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })}.`,
      'If you did not expect this mail, ignore it: nothing happens without you.',
    ],
  };
}

function roleWords(role: OrganizationRole, workspaces: InvitationWords['workspaces']): string {
  switch (role) {
    case 'owner':
      return 'You will be an owner: you may do everything in the organization.';
    case 'admin':
      return 'You will be an admin: you work in all workspaces and manage the members.';
    case 'support':
      return 'You will be support: you see all workspaces and mend what was not published.';
    case 'member':
      if (workspaces.length === 0) return 'You will be a member; your workspaces are given to you later.';
      return `You will be ${workspaces.map(({ name, role: there }) => `${there} in ${name}`).join(', ')}.`;
  }
}
