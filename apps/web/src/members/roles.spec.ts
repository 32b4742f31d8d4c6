import { offeredRoles, positionWords } from './roles.js';

describe('what somebody is', () => {
  it('is said of all workspaces, of some, of many and of none', () => {
    expect(positionWords('admin', [])).toBe('Admin, in all workspaces');
    expect(positionWords('member', [])).toBe('Member without a workspace');
    expect(positionWords('member', [{ name: 'North', role: 'author' }])).toBe('Author in North');
    const many = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name, role: 'viewer' as const }));
    expect(positionWords('member', many)).toBe('Viewer in A, viewer in B, viewer in C and 2 more');
  });

  it('is offered without the owner to those who make none', () => {
    expect(offeredRoles(true)).toEqual(['member', 'support', 'admin', 'owner']);
    expect(offeredRoles(false)).toEqual(['member', 'support', 'admin']);
  });
});
