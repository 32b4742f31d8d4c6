import { createHash } from 'node:crypto';
import { type Request } from 'express';
import { type Strategy } from 'passport';

export type StrategyOutcome =
  | { type: 'redirect'; url: string }
  | { type: 'success' }
  | { type: 'fail'; challenge: unknown }
  | { type: 'error'; error: unknown };

/** What ties the way back to the way there. */
export interface FlowSecrets {
  /** Only on the way there: on the way back the bridge has checked it already. */
  state?: string;
  /** 43 to 128 characters of the base64url alphabet; never told to the browser. Left out = without a proof key. */
  codeVerifier?: string;
}

/** https://www.passportjs.org/packages/passport-oauth2/ */
interface OAuth2Hooks {
  authorizationParams?(options: object): object;
  tokenParams?(options: object): object;
}

/**
 * Runs a passport strategy once, outside of passport's middleware: a strategy speaks through methods that its caller adds
 * (https://www.passportjs.org/packages/passport-strategy/). Its own requests have no time limit, so `timeoutMs` ends the wait.
 */
export function runStrategy(
  strategy: Strategy,
  request: Request,
  { state, codeVerifier }: FlowSecrets,
  timeoutMs: number,
): Promise<StrategyOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const outcome = new Promise<StrategyOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'error', error: new Error(`No answer in ${timeoutMs} ms`) }), timeoutMs);
    const attempt = Object.assign(
      Object.create(strategy) as Strategy,
      codeVerifier && proofKey(strategy, codeVerifier),
      {
        redirect: (url: string) => resolve({ type: 'redirect', url }),
        success: () => resolve({ type: 'success' }),
        fail: (challenge: unknown) => resolve({ type: 'fail', challenge }),
        error: (error: unknown) => resolve({ type: 'error', error }),
        pass: () => resolve({ type: 'fail', challenge: undefined }),
      },
    );
    (attempt as { authenticate(request: Request, options: object): void }).authenticate(request, {
      ...(state && { state }),
    });
  });
  return outcome.finally(() => clearTimeout(timer));
}

/**
 * Proof key for code exchange on every platform, without its folder's doing: a code that leaked on its way back is of no use
 * to anybody else. A server that does not know it ignores it (RFC 7636, section 5; RFC 9700, section 2.1.1). passport-oauth2
 * asks these two methods for further parameters; its own way would keep the verifier in the browser's session.
 */
function proofKey(strategy: Strategy & OAuth2Hooks, verifier: string): OAuth2Hooks {
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return {
    authorizationParams: (options) => ({
      ...strategy.authorizationParams?.(options),
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }),
    tokenParams: (options) => ({ ...strategy.tokenParams?.(options), code_verifier: verifier }),
  };
}
