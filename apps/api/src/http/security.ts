import { type RequestHandler } from 'express';
import helmet, { contentSecurityPolicy } from 'helmet';
import { Problem } from '#kernel';

type Directives = Record<string, string[] | null>;

/** Everything from this origin alone, and no inline script anywhere. */
function policy(https: boolean): Directives {
  return {
    defaultSrc: ["'self'"],
    baseUri: ["'none'"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    objectSrc: ["'none'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'"],
    // Over plain HTTP it would send browsers to an address that does not answer.
    upgradeInsecureRequests: https ? [] : null,
  };
}

/** The security headers of every answer. */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy(https) },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
}

/** For pages with a `<style>` of their own: the same policy, loosened for styles alone. */
export function inlineStyles(https: boolean): RequestHandler {
  return withStyles(https, "'unsafe-inline'");
}

/** For one answer whose `<style>`s carry this nonce: the same policy, with these styles and no others. */
export function styleNonce(https: boolean, nonce: string): RequestHandler {
  return withStyles(https, `'nonce-${nonce}'`);
}

function withStyles(https: boolean, source: string): RequestHandler {
  return contentSecurityPolicy({
    useDefaults: false,
    directives: { ...policy(https), styleSrc: ["'self'", source] },
  });
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request carries a Bearer key. Then no cookie counts, so another site gains nothing by sending it. */
export function hasBearer(headers: { authorization?: string | undefined }): boolean {
  return /^bearer\b/i.test(headers.authorization ?? '');
}

/** Routes that begin a session, below `/v1`. */
const SIGN_IN = /^\/auth\/(signup|login|second-factor|facebook(\/callback)?)\/?$/i;

/** Refuses to begin a session beside a key, with a 400 problem: with a key there is none, so nobody would be signed in. */
export const refuseKeyAtSignIn: RequestHandler = ({ headers, path }, _response, next) => {
  if (!hasBearer(headers) || !SIGN_IN.test(path)) return next();
  const detail = 'Signing in is for browsers, and this request carries an API key. Leave the Authorization header out.';
  next(new Problem('malformed-request', detail));
};

/**
 * Refuses changes that another site makes a browser send, with a 403 problem. Browsers say where a request comes from in
 * `Sec-Fetch-Site` and `Origin`; a program that sends neither has no cookie that it did not choose to send.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function refuseCrossSite(publicUrl: string): RequestHandler {
  const ownOrigin = new URL(publicUrl).origin;
  return (request, _response, next) => {
    if (SAFE_METHODS.has(request.method) || hasBearer(request.headers)) return next();
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    if (origin === ownOrigin || isSameOrigin(site, origin, host)) return next();
    next(
      Problem.forbidden(
        `This request comes from another site. Send it from ${ownOrigin}, or with an API key as Bearer token.`,
      ),
    );
  };
}

function isSameOrigin(site: string | string[] | undefined, origin: string | undefined, host: string | undefined) {
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
