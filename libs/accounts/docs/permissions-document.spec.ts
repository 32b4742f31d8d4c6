import { readFileSync, writeFileSync } from 'node:fs';
import { ACTIONS, PERMISSIONS } from '../permissions.js';
import { permissionsDocument } from './permissions-document.js';

const FILE = new URL('../../../docs/permissions.md', import.meta.url);

describe('docs/permissions.md', () => {
  it('is what the table says (UPDATE_DOCS=1 writes it anew)', () => {
    if (process.env['UPDATE_DOCS']) writeFileSync(FILE, permissionsDocument());
    expect(readFileSync(FILE, 'utf8')).toBe(permissionsDocument());
  });

  it('says yes as often as the table does', () => {
    const yes = permissionsDocument().match(/\| yes\b/g) ?? [];
    expect(yes).toHaveLength(ACTIONS.reduce((sum, action) => sum + PERMISSIONS[action].roles.length, 0));
  });
});
