import { type UnacceptableMediaError } from '../problem.js';
import { refuse } from './probe-limits.js';

/** A document of which not all can be read. */
export function damagedDocument(cause?: unknown): UnacceptableMediaError {
  return refuse(
    'media.damaged',
    'The document is damaged or incomplete: it cannot be read.',
    'Open the original, export it again, and upload that.',
    cause,
  );
}

/** A document that nobody opens without its password. */
export function locked(): UnacceptableMediaError {
  return refuse(
    'media.encrypted',
    'The document is protected by a password, so no network could show it.',
    'Save it without a password, and upload that.',
  );
}

/** A document that does more than being shown. @param what kind of programs */
export function holdsPrograms(what: string): UnacceptableMediaError {
  return refuse(
    'media.holds-programs',
    `The document holds programs (${what}). What is published is for reading alone.`,
    'Export it as PDF by printing it, or save it without them, and upload that.',
  );
}

/** A document that is made to do harm, or is simply too much. */
export function tooComplexDocument(cause?: unknown): UnacceptableMediaError {
  return refuse(
    'media.too-complex',
    'The document could not be read with the time and memory that there are for one file.',
    'Export it again as PDF, in a smaller size, and upload that.',
    cause,
  );
}
