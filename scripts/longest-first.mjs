/**
 * In which order Jest begins test files: those that take minutes first, so that none of them runs alone at the end while the other
 * cores have nothing to do. Jest itself would know how long they took the last time, which in a fresh clone nobody does.
 * https://jestjs.io/docs/configuration#testsequencer-string
 */
import { relative, sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Parts of paths, of the longest first. What is not named here comes last. */
const LONGEST = [
  'real/chaos.spec',
  'browser/',
  'integration/',
  'faults/large-',
  'real/chaos-whole',
  'real/media-corpus',
  'faults/',
  'e2e/',
];

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ path, context }) {
  const name = relative(context.config.rootDir, path).split(sep).join('/');
  const index = LONGEST.findIndex((part) => name.includes(part));
  return index < 0 ? LONGEST.length : index;
}
