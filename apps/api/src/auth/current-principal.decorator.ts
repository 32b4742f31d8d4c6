import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import { type Principal } from '#accounts';
import { Problem } from '#kernel';

/** Who is asking: `@CurrentPrincipal() principal: Principal`. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = context.switchToHttp().getRequest<Request>().user;
  if (!principal) throw Problem.unauthorized();
  return principal;
});
