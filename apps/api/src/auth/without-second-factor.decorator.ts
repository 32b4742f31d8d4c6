import { applyDecorators, SetMetadata } from '@nestjs/common';

/** Metadata key that the guard looks for. */
export const WITHOUT_SECOND_FACTOR = Symbol('without-second-factor');

/** Opens a route also to whoever has to set a second factor up first: it is part of setting up. */
export function WithoutSecondFactor(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(WITHOUT_SECOND_FACTOR, true));
}
