import { NEW_POSITION, positionBody, withoutWorkspace, withRoleIn, withWorkspace } from './position.js';

describe('a position', () => {
  const north = { id: 'n', name: 'North' };
  const south = { id: 's', name: 'South' };

  it('gains, changes and loses workspaces', () => {
    const both = withWorkspace(withWorkspace(NEW_POSITION, north), south);
    const changed = withRoleIn(both, 's', 'author');
    expect(positionBody(changed)).toEqual({
      role: 'member',
      workspaces: [
        { id: 'n', role: 'viewer' },
        { id: 's', role: 'author' },
      ],
    });
    expect(positionBody(withoutWorkspace(changed, 'n')).workspaces).toEqual([{ id: 's', role: 'author' }]);
  });

  it('sends no workspaces for a role that works in all', () => {
    expect(positionBody({ ...withWorkspace(NEW_POSITION, north), role: 'admin' })).toEqual({
      role: 'admin',
      workspaces: [],
    });
  });
});
