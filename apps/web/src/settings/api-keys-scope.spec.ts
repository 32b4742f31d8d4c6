import {
  actionsInWords,
  actionsToChoose,
  brokenIn,
  endOf,
  type KeyChoice,
  keyRequestOf,
  placesInWords,
} from './api-keys-scope.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const CHOICE: KeyChoice = {
  name: ' Website ',
  where: 'all',
  workspaces: ['one'],
  what: 'all',
  actions: ['posts.write'],
  lifetime: 'never',
};

describe('the scope of a new key', () => {
  it('says only what was chosen', () => {
    expect(keyRequestOf(CHOICE, NOW)).toEqual({ name: 'Website' });
    expect(keyRequestOf({ ...CHOICE, where: 'some', what: 'some', lifetime: '30' }, NOW)).toEqual({
      name: 'Website',
      workspaces: ['one'],
      actions: ['posts.write'],
      expiresAt: '2026-03-31T12:00:00.000Z',
    });
    expect(keyRequestOf({ ...CHOICE, what: 'read' }, NOW).actions).toEqual(['organization.read', 'workspace.read']);
  });

  it('offers what the person may do there, and nothing of the organization for some workspaces', () => {
    const me = {
      may: ['organization.read', 'members.manage'] as const,
      workspaces: [
        { id: 'one', may: ['workspace.read', 'posts.write'] as const },
        { id: 'two', may: ['workspace.read', 'posts.approve'] as const },
      ],
    };
    const person = me as unknown as Parameters<typeof actionsToChoose>[0];
    expect(actionsToChoose(person, null)).toEqual([
      'workspace.read',
      'posts.write',
      'posts.approve',
      'organization.read',
      'members.manage',
    ]);
    expect(actionsToChoose(person, ['two'])).toEqual(['workspace.read', 'posts.approve']);
  });

  it('is refused while something is missing', () => {
    expect(brokenIn(CHOICE)).toEqual({});
    const broken = brokenIn({ ...CHOICE, name: ' ', where: 'some', workspaces: [], what: 'some', actions: [] });
    expect(Object.keys(broken)).toEqual(['name', 'workspaces', 'actions']);
  });

  it('ends when it should', () => {
    expect(endOf('never', NOW)).toBeUndefined();
    expect(endOf('365', NOW)).toBe('2027-03-01T12:00:00.000Z');
  });

  it('is told in a few words', () => {
    expect(actionsInWords(null)).toBe('everything its owner may do');
    expect(actionsInWords(['workspace.read'])).toBe('only looking');
    expect(actionsInWords(['workspace.read', 'posts.approve'])).toBe('approve posts');
    expect(actionsInWords(['workspace.read', 'posts.approve', 'posts.write'])).toBe('2 permissions');
    const names = new Map([['one', 'North Roast']]);
    expect(placesInWords(null, names)).toBe('all workspaces');
    expect(placesInWords(['one'], names)).toBe('North Roast');
    expect(placesInWords(['gone'], names)).toBe('one workspace');
    expect(placesInWords(['one', 'two'], names)).toBe('2 workspaces');
  });
});
