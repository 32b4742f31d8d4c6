import { expectCurrent } from './current.fixture.js';
import { stateMachineDocument } from './state-machine.js';

describe('docs/state-machine.md', () => {
  it('is what the tables say (UPDATE_DOCS=1 writes it anew)', () => {
    expectCurrent('state-machine.md', stateMachineDocument());
  });
});
