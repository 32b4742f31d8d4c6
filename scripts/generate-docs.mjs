// Writes the documents that are made from code. Run it after `npm run build`.
import { writeFileSync } from 'node:fs';
import { stateMachineDocument } from '../dist/libs/publishing/docs/state-machine.js';

writeFileSync(new URL('../docs/state-machine.md', import.meta.url), stateMachineDocument());
