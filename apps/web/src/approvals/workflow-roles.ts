import { type ApprovalStep } from './queries.js';

/** Roles that can be asked for an approval, as people call them. */
export const APPROVING_ROLES: { value: NonNullable<ApprovalStep['approvers']['roles']>[number]; label: string }[] = [
  { value: 'owner', label: 'Owners' },
  { value: 'admin', label: 'Admins' },
  { value: 'manager', label: 'Managers of the workspace' },
  { value: 'approver', label: 'Approvers of the workspace' },
];
