import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Request } from 'express';
import { Problem } from '#kernel';
import { documentedBy } from './documented-by.js';

/** The strong entity tag of a version, for the `ETag` header (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that an `If-Match` header names.
 * @throws Problem 428 without the header; 412 for anything that is not one tag of ours: `*` would change what the sender
 * never saw, and a weak tag never matches (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1)
 */
export function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw Problem.preconditionRequired();
  const version = /^"([1-9]\d{0,9})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) {
    throw Problem.preconditionFailed('If-Match must be exactly the ETag that you were given, such as "3".');
  }
  return Number(version);
}

/** The version in `If-Match`, as a number: `@IfMatch() version: number`. Throws as `versionOf` does. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext) => versionOf(context.switchToHttp().getRequest<Request>().get('if-match')),
  [
    documentedBy(
      ApiHeader({
        name: 'If-Match',
        required: true,
        description: 'The ETag of the version that you are changing.',
        schema: { type: 'string', example: '"3"' },
      }),
    ),
  ],
);
