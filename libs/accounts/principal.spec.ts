import { ACTIONS, isInWorkspace, ORGANIZATION_ROLES, roleMay, WORKSPACE_ROLES } from './permissions.js';
import { actionsIn, actionsInOrganization, may, placesOf, type Principal, requireMay } from './principal.js';

const somebody = (more: Partial<Principal> = {}): Principal => ({
  ...{ userId: 'ada', organizationId: 'acme', name: 'Ada', role: 'member', via: 'session', key: null },
  workspaceRoles: new Map([
    ['mine', 'author'],
    ['seen', 'viewer'],
  ]),
  ...more,
});
const key = (workspaces: string[] | null, actions: typeof ACTIONS | null): Partial<Principal> => ({
  via: 'api-key',
  key: { id: 'key', workspaces: workspaces && new Set(workspaces), actions: actions && new Set(actions) },
});

describe('who may do what', () => {
  it('lets the owner do everything, and every role read', () => {
    const owner = somebody({ role: 'owner', workspaceRoles: new Map() });
    for (const action of ACTIONS) expect(may(owner, action, 'any')).toBe(true);
    for (const role of ['owner', 'admin', 'support', ...WORKSPACE_ROLES] as const) {
      expect(roleMay(role, 'workspace.read')).toBe(true);
    }
    for (const role of ORGANIZATION_ROLES) expect(roleMay(role, 'organization.read')).toBe(true);
  });

  it('lets support read and mend everywhere, and nothing else', () => {
    const support = somebody({ role: 'support', workspaceRoles: new Map() });
    expect(actionsIn(support, 'any')).toEqual(['workspace.read', 'posts.comment', 'publications.mend']);
    expect(placesOf(support, 'workspace.read')).toBeNull();
    expect(placesOf(support, 'posts.write')).toEqual([]);
  });

  it('gives a member what the role in each workspace allows, and nothing elsewhere', () => {
    const member = somebody();
    expect(actionsIn(member, 'mine')).toEqual([
      ...['workspace.read', 'posts.write', 'posts.comment', 'posts.share', 'publications.mend'],
    ]);
    expect(actionsIn(member, 'seen')).toEqual(['workspace.read', 'posts.comment']);
    expect(actionsIn(member, 'other')).toEqual([]);
    expect(placesOf(member, 'workspace.read')).toEqual(['mine', 'seen']);
    expect(placesOf(member, 'posts.write')).toEqual(['mine']);
    expect(actionsInOrganization(member)).toEqual(['organization.read', 'api-keys.manage']);
  });

  it('keeps a key within its workspaces and actions, and never beyond its member', () => {
    const owner = { role: 'owner', workspaceRoles: new Map() } as const;
    expect(placesOf(somebody({ ...owner, ...key(['a'], null) }), 'posts.write')).toEqual(['a']);
    expect(may(somebody({ ...owner, ...key(['a'], null) }), 'posts.write', 'b')).toBe(false);
    expect(actionsInOrganization(somebody({ ...owner, ...key(['a'], null) }))).toEqual(['organization.read']);
    expect(actionsIn(somebody({ ...owner, ...key(null, ['posts.write']) }), 'b')).toEqual(['posts.write']);
    expect(placesOf(somebody(key(['mine', 'other'], null)), 'posts.write')).toEqual(['mine']);
    expect(may(somebody(key(null, [...ACTIONS])), 'members.manage')).toBe(false);
  });

  it('says who may, and when it is only the key that may not', () => {
    expect(() => requireMay(somebody(), 'posts.write', 'mine')).not.toThrow();
    expect(() => requireMay(somebody(), 'posts.write', 'seen')).toThrow(
      'Your role is viewer; only owner, admin, manager or author may write, schedule and delete posts, and upload, sort and delete media.',
    );
    expect(() => requireMay(somebody(), 'members.manage')).toThrow(/^Your role is member; only owner or admin may/);
    expect(() => requireMay(somebody(key(null, ['workspace.read'])), 'posts.write', 'mine')).toThrow(
      /^This API key is not for that/,
    );
  });

  it('asks for a workspace exactly where a workspace role can be enough', () => {
    for (const action of ACTIONS) {
      expect(WORKSPACE_ROLES.some((role) => roleMay(role, action))).toBe(isInWorkspace(action));
    }
  });
});
