import { readFileSync } from 'node:fs';
import { stateMachineDocument } from './state-machine.js';

describe('docs/state-machine.md', () => {
  it('is what the tables say; if not, run "npm run build && node scripts/generate-docs.mjs"', () => {
    const written = readFileSync(new URL('../../../docs/state-machine.md', import.meta.url), 'utf8');
    expect(written).toBe(stateMachineDocument());
  });
});
