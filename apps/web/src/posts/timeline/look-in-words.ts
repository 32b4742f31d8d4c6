import { type Evidence, lengthOf, numberOf, textOf } from './log-evidence.js';

/**
 * What a look at the platform showed, in a sentence; undefined where the evidence has nothing to say. Each platform words
 * its own evidence, so only what is there is told.
 */
export function lookInWords(evidence: Evidence): string | undefined {
  if (evidence['account'] === 'disconnected') return 'The account is not connected, so nobody could look.';
  const where = textOf(evidence, 'looked') ?? textOf(evidence, 'lookedAt');
  const read = numberOf(evidence, 'read') ?? numberOf(evidence, 'postsRead');
  if (where !== undefined && read !== undefined) return `It read ${where}: ${countsOf(evidence, read)}.`;
  const found = textOf(evidence, 'found');
  if (found !== undefined) return `It found ${found}.`;
  const said = textOf(evidence, 'answer');
  return said === undefined ? undefined : `The answer was “${said}”.`;
}

function countsOf(evidence: Evidence, read: number): string {
  const same = lengthOf(evidence, 'matching') ?? lengthOf(evidence, 'same') ?? 0;
  const alike = lengthOf(evidence, 'alike') ?? 0;
  if (read === 0) return 'nothing has been posted there since';
  const posts = read === 1 ? 'one post since' : `${read} posts since`;
  const like = alike > 0 ? `, ${alike} similar to it` : '';
  if (same === 0) return `${posts}, none the same as this one${like}`;
  return `${posts}, ${same === 1 ? 'one' : same} of them the same as this one${like}`;
}
