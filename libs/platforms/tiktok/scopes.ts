import { type JsonObject } from '#platforms/core';

/** All that is asked for. https://developers.tiktok.com/doc/scopes-overview */
export const SCOPES = ['user.info.basic', 'video.publish', 'video.upload', 'video.list'] as const;
export type Scope = (typeof SCOPES)[number];

/** Without it nobody knows whose account it is. One of `PUBLISHING` is needed as well, which the sign-in checks. */
export const REQUIRED_SCOPES = ['user.info.basic'] as const;

/** One of them has to be there: to post directly, and to send drafts to the inbox. */
export const PUBLISHING = ['video.publish', 'video.upload'] as const;

/** Separated by commas in what is asked and answered; spaces are taken as well. */
export function scopesIn(scope: unknown): string[] {
  return typeof scope === 'string' ? scope.split(/[\s,]+/).filter((name) => name !== '') : [];
}

/** Whether the person allowed this when connecting. */
export function isGranted({ credentials }: { credentials: JsonObject }, scope: Scope): boolean {
  const { scopes } = credentials;
  return Array.isArray(scopes) && scopes.includes(scope);
}
