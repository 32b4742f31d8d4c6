import { FileNotFoundError, Problem, type ProblemSlug } from '#kernel';
import { MediaProblem } from './problem.js';

/** Says in the API's form what the media library refused. */
export async function asProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    // What is gone from the store is a fault of ours, and nothing that whoever asked could mend.
    if (error.cause instanceof FileNotFoundError) throw error.cause;
    const { field, rule, message, remedy } = error;
    throw new Problem(slugOf(error), message, { errors: [{ field, rule, message, remedy }], cause: error });
  }
}

function slugOf(error: MediaProblem): ProblemSlug {
  if (error.rule === 'upload.malformed' || error.rule === 'upload.aborted') return 'malformed-request';
  switch (error.status) {
    case 413:
      return 'payload-too-large';
    case 415:
      return 'unsupported-media-type';
    case 503:
      return 'unavailable';
    default:
      return 'validation-failed';
  }
}
