import { may } from './may.js';

const me = {
  may: ['organization.read', 'members.read'],
  workspaces: [
    { id: 'written', may: ['workspace.read', 'posts.write'] },
    { id: 'seen', may: ['workspace.read'] },
  ],
} satisfies Parameters<typeof may>[0];

describe('what somebody may do', () => {
  it('is what the API says of the organization', () => {
    expect(may(me, 'members.read')).toBe(true);
    expect(may(me, 'members.manage')).toBe(false);
  });

  it('is what the API says of the workspace', () => {
    expect(may(me, 'posts.write', 'written')).toBe(true);
    expect(may(me, 'posts.write', 'seen')).toBe(false);
    expect(may(me, 'posts.write', 'unknown')).toBe(false);
  });

  it('counts in any workspace where none is named', () => {
    expect(may(me, 'posts.write')).toBe(true);
    expect(may(me, 'channels.manage')).toBe(false);
    expect(may({ ...me, workspaces: [] }, 'posts.write')).toBe(false);
  });
});
