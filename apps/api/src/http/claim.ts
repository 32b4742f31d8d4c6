import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Request } from 'express';
import { claimOf, type IdempotencyClaim, Problem } from '#kernel';
import { documentedBy } from './documented-by.js';

/**
 * The claim of the `Idempotency-Key` header, or undefined without one, for a service to hand to `once`:
 * `@Claim() claim: IdempotencyClaim | undefined`. Throws a 422 problem for a malformed key.
 */
export const Claim = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotencyClaim | undefined => {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.user) throw Problem.unauthorized();
    return claimOf({
      organizationId: request.user.organizationId,
      userId: request.user.userId,
      header: request.get('idempotency-key'),
      route: `${request.method} ${request.path}`,
      body: request.body ?? null,
    });
  },
  [
    documentedBy(
      ApiHeader({
        name: 'Idempotency-Key',
        required: false,
        description: 'A new text of your choice for each thing to create; sent again, it gives the first answer again.',
        schema: { type: 'string', maxLength: 255 },
      }),
    ),
  ],
);
