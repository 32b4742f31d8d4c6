import { type Request } from 'express';
import { type Strategy } from 'passport';

export type StrategyOutcome =
  | { type: 'redirect'; url: string }
  | { type: 'success' }
  | { type: 'fail'; challenge: unknown }
  | { type: 'error'; error: unknown };

/**
 * Runs a passport strategy once, outside of passport's middleware: a strategy speaks through methods that its caller adds
 * (https://www.passportjs.org/packages/passport-strategy/).
 */
export function runStrategy(strategy: Strategy, request: Request, options: object): Promise<StrategyOutcome> {
  return new Promise((resolve) => {
    const attempt = Object.assign(Object.create(strategy) as Strategy, {
      redirect: (url: string) => resolve({ type: 'redirect', url }),
      success: () => resolve({ type: 'success' }),
      fail: (challenge: unknown) => resolve({ type: 'fail', challenge }),
      error: (error: unknown) => resolve({ type: 'error', error }),
      pass: () => resolve({ type: 'fail', challenge: undefined }),
    });
    // The types tie `this` to passport's own machinery, which is just what is replaced here.
    (attempt as unknown as { authenticate(request: Request, options: object): void }).authenticate(request, options);
  });
}
