import { createHash, randomBytes } from 'node:crypto';

/** A random bearer token: 32 bytes as base64url. Shown once; only its hash is stored. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token and looked up by: SHA-256 in hex. Enough, since a token is random and long. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
