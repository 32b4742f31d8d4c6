import { type JsonObject } from '#platforms/core';

/** What an answer leaves out, or leaves empty, stays as it was: many platforms name a refresh token only when it changes. */
export function merged(old: JsonObject, next: JsonObject): JsonObject {
  const given = Object.entries(next).filter(([, value]) => value !== null && value !== '');
  return { ...old, ...Object.fromEntries(given) };
}
