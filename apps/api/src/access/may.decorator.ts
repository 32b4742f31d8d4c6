import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { type Action } from '#accounts';
import { type Subject } from './subject.js';

/** Metadata key that the guard looks for. */
export const MAY = Symbol('may');

/** What a route needs. */
export interface Need {
  action: Action;
  /** What its `:id` names, for what is done in a workspace. */
  subject?: Subject | undefined;
}

/**
 * Opens a route to whoever has the permission. With a subject it is asked for in the workspace of what `:id` names; without
 * one the route sees only those workspaces in which it may be done.
 */
export function May(action: Action, subject?: Subject): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(MAY, { action, subject } satisfies Need),
    // Read again when the API is described; see `openApiDocument`.
    ApiExtension('x-permission', action),
  );
}
