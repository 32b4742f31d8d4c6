import { type OAuthApp, type PlatformContext } from './context.js';
import { PlatformFailure } from './failure.js';

/**
 * The installation's app at a platform.
 * @param about the platform's name, where operators create an app, and the page that says how
 * @throws PlatformFailure where the operator has not entered one
 */
export function appOf(
  { app }: Pick<PlatformContext, 'app'>,
  { name, at, docs }: { name: string; at: string; docs: string },
): OAuthApp {
  if (app) return app;
  throw new PlatformFailure({
    kind: 'permission',
    message: `This ClickPost installation has no ${name} app of its own yet.`,
    remedy: `Ask the operator to create one at ${at} and to enter its id and secret.`,
    docs,
  });
}
