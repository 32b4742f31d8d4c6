import { type Request, type RequestHandler } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#kernel';

const WINDOW_SECONDS = 60;

/** What some routes cost, where it is not 1: they move files, ask platforms, or read much at once. */
const COSTS: readonly { methods: readonly string[]; path: RegExp; cost: number }[] = [
  { methods: ['POST'], path: /^\/workspaces\/[^/]+\/media$/, cost: 5 },
  { methods: ['POST'], path: /^\/workspaces\/[^/]+\/connections$/, cost: 5 },
  { methods: ['POST'], path: /^\/publications\/[^/]+\/reconcile$/, cost: 5 },
  { methods: ['POST'], path: /^\/publications\/[^/]+\/(remove|edit)$/, cost: 5 },
  { methods: ['GET', 'HEAD'], path: /^\/channels\/[^/]+\/(usage$|lookups\/)/, cost: 3 },
  { methods: ['POST'], path: /^\/support\/actions/, cost: 5 },
  { methods: ['GET', 'HEAD'], path: /\.csv$|\/export$/, cost: 20 },
];

/** Somebody who did not say who they are gets so much less than others: many may share an address, but most sign in. */
const ANONYMOUS_SHARE = 10;

/**
 * Answers whoever asks without end with 429 and when to come back. Counted for each API key, each person in a browser, and
 * each address that named nobody, in this process alone: it keeps one customer from taking the API from all others, and
 * costs no round trip. Signing in is limited by itself, across processes.
 * @param perMinute how much a minute may cost; most requests cost 1
 */
export function rateLimit(perMinute: number): RequestHandler {
  const known = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  const anonymous = new RateLimiterMemory({
    points: Math.max(1, Math.floor(perMinute / ANONYMOUS_SHARE)),
    duration: WINDOW_SECONDS,
  });
  return (request, _response, next) => {
    const { user } = request;
    const limiter = user ? known : anonymous;
    const who = user ? `${user.via}:${user.key?.id ?? user.userId}` : (request.ip ?? '');
    limiter.consume(who, costOf(request)).then(
      () => next(),
      (refusal: unknown) => next(isRefusal(refusal) ? tooMany(refusal) : refusal),
    );
  };
}

/** What a request costs; its path is without `/v1`. */
function costOf({ method, path }: Pick<Request, 'method' | 'path'>): number {
  return COSTS.find((rule) => rule.methods.includes(method) && rule.path.test(path))?.cost ?? 1;
}

/** The library rejects with what is left where too much was asked, and with an error where something broke. */
function isRefusal(reason: unknown): reason is RateLimiterRes {
  return typeof reason === 'object' && reason !== null && 'msBeforeNext' in reason;
}

function tooMany({ msBeforeNext }: RateLimiterRes): Problem {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return Problem.tooManyRequests(
    seconds,
    `You asked more often than is allowed in a minute. Go on in ${seconds} s, or ask for more at once.`,
  );
}
