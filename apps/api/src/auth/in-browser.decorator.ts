import { applyDecorators, SetMetadata } from '@nestjs/common';

/** Metadata key that the guard looks for. */
export const IN_BROWSER = Symbol('in-browser');

/** Opens a route to sessions of browsers alone: no program changes how its owner gets in. */
export function InBrowser(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(IN_BROWSER, true));
}
