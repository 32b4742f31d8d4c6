import { type RequestHandler } from 'express';
import { Problem } from '#kernel';

/** Levels of a JSON body; what is meant seriously stays far below. */
const MAX_LEVELS = 32;

/** Refuses JSON that is nested without end, which whatever walks through it by recursion would not survive. */
export const refuseDeepNesting: RequestHandler = (request, _response, next) => {
  let level = [request.body as unknown];
  for (let depth = 0; depth <= MAX_LEVELS; depth += 1) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
    if (level.length === 0) return next();
  }
  next(new Problem('malformed-request', `The JSON is nested more than ${MAX_LEVELS} levels deep. Send it flatter.`));
};
