import {
  type Action,
  ACTIONS,
  isInWorkspace,
  ORGANIZATION_ROLES,
  PERMISSIONS,
  type Role,
  roleMay,
  WORKSPACE_ROLES,
} from '../permissions.js';

const HEAD = `# Who may do what

Made from \`libs/accounts/permissions.ts\`; \`UPDATE_DOCS=1 npm run jest -- --testPathPatterns accounts/docs\` writes it anew,
and a test fails when it is out of date. The guard of every route, the description of the API and the buttons of the web use
the same table.`;

const ORGANIZATION = `## In the organization

What a member is in the organization. Owners, admins and support staff act in every workspace of it; a member sees the
workspaces that were given to them, and nothing else.`;

const WORKSPACE = `## In a workspace

What a member is in one workspace, and what the roles of the organization may do in all of them.`;

const FOOT = `An API key may do what its member may, less what it is limited to: some workspaces, some of these permissions. A key for
some workspaces does nothing to the organization but read it. What somebody does not see is answered with 404, what they see
and may not do with 403; both say the same to everybody.`;

/** `docs/permissions.md`: the table of permissions for people. */
export function permissionsDocument(): string {
  const inOrganization = ACTIONS.filter((action) => !isInWorkspace(action));
  const inWorkspace = ACTIONS.filter(isInWorkspace);
  const parts = [
    ...[HEAD, ORGANIZATION, table(inOrganization, ORGANIZATION_ROLES)],
    ...[WORKSPACE, table(inWorkspace, [...ORGANIZATION_ROLES, ...WORKSPACE_ROLES])],
    FOOT,
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(actions: readonly Action[], roles: readonly Role[]): string {
  const shown = roles.filter((role) => actions.some((action) => roleMay(role, action)));
  const head = ['permission', 'may', ...shown];
  const lines = actions.map((action) => [
    `\`${action}\``,
    PERMISSIONS[action].may,
    ...shown.map((role) => (roleMay(role, action) ? 'yes' : '')),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const drawn = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [drawn(head), drawn(widths.map((width) => '-'.repeat(width))), ...lines.map(drawn)].join('\n');
}
