import { type Request } from 'express';

/** The browser session of whoever is signed in by one; undefined for programs and strangers. */
export function sessionIdOf(request: Request): string | undefined {
  return request.user?.via === 'session' ? request.sessionID : undefined;
}
