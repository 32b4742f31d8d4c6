export * from './invitation-acceptance.js';
export * from './invitations.service.js';
export * from './members.service.js';
export * from './organizations.service.js';
export type { WorkspaceShare } from './rules.js';
