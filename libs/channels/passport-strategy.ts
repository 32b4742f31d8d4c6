import { type Request } from 'express';
import { type Strategy } from 'passport';

export type StrategyOutcome =
  | { type: 'redirect'; url: string }
  | { type: 'success' }
  | { type: 'fail'; challenge: unknown }
  | { type: 'error'; error: unknown };

/**
 * Runs a passport strategy once, outside of passport's middleware: a strategy speaks through methods that its caller adds
 * (https://www.passportjs.org/packages/passport-strategy/). Its own requests have no time limit, so `timeoutMs` ends the wait.
 */
export function runStrategy(
  strategy: Strategy,
  request: Request,
  options: object,
  timeoutMs: number,
): Promise<StrategyOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const outcome = new Promise<StrategyOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'error', error: new Error(`No answer in ${timeoutMs} ms`) }), timeoutMs);
    const attempt = Object.assign(Object.create(strategy) as Strategy, {
      redirect: (url: string) => resolve({ type: 'redirect', url }),
      success: () => resolve({ type: 'success' }),
      fail: (challenge: unknown) => resolve({ type: 'fail', challenge }),
      error: (error: unknown) => resolve({ type: 'error', error }),
      pass: () => resolve({ type: 'fail', challenge: undefined }),
    });
    (attempt as { authenticate(request: Request, options: object): void }).authenticate(request, options);
  });
  return outcome.finally(() => clearTimeout(timer));
}
