import { isProblem, type Problem } from '../api/problem.js';
import { type UploadProblem } from './upload-item.js';
import { bytesInWords } from './words.js';

/** Named before a byte is sent; the server looks at the content of whatever may be one of these. */
const KINDS = /^(image|video)\/|^application\/(pdf|octet-stream|mp4|vnd\.|msword)/;

/** Why a file need not be sent at all; undefined where it may be. @param most bytes of one file, where that is known */
export function refusalBefore(file: Pick<File, 'type' | 'size'>, most: number | undefined): string | undefined {
  if (file.size === 0) return 'This file is empty. Choose the file again.';
  if (file.type !== '' && !KINDS.test(file.type)) {
    return 'This is neither an image nor a video, nor a document that a network takes. Choose another file.';
  }
  if (most !== undefined && file.size > most) {
    return `This file has ${bytesInWords(file.size)}; ${bytesInWords(most)} is the most. Make it shorter or smaller.`;
  }
  return undefined;
}

/** What the server says of a file that it does not take. */
export function problemInWords(problem: Problem): UploadProblem {
  const [first] = problem.errors ?? [];
  const said = first ? [first.message, first.remedy] : [problem.detail || problem.title];
  return { message: [...new Set(said)].join(' '), mayRetry: false };
}

/**
 * Why an answer ended an upload; undefined where it goes on by itself a little later: nobody answered, a proxy speaks for
 * a server that is away, or something else still writes.
 */
export function refusalOf(status: number | undefined, text: string): UploadProblem | undefined {
  const PASSING = [408, 409, 423, 425, 429];
  if (status === undefined || status < 400 || status >= 500 || PASSING.includes(status)) return undefined;
  const problem = parse(text);
  if (isProblem(problem)) return problemInWords(problem);
  if (status === 413) return { message: 'This file is too large. Make it shorter or smaller.', mayRetry: false };
  return { message: `The server did not take this file, and did not say why (${status}). Try again.`, mayRetry: true };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
