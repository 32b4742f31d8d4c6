import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Request } from 'express';
import { validate as isId } from 'uuid';
import { isInWorkspace, may, placesOf, type Principal, requireMay } from '#accounts';
import { Database, Problem, requestScope } from '#kernel';
import { IS_PUBLIC } from '../auth/public.decorator.js';
import { auditOf, factsBefore } from './audit.js';
import { MAY, type Need } from './may.decorator.js';
import { workspacesOf } from './subject.js';

const READS = new Set(['GET', 'HEAD']);

/**
 * Decides at every route who may go on, and what the route sees: the workspaces in which the principal may do what the route
 * needs. A route that says neither `@Public()` nor `@May()` lets nobody in.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handlers = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, handlers)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const principal = request.user;
    if (!principal) throw Problem.unauthorized();
    const need = this.reflector.getAllAndOverride<Need | undefined>(MAY, handlers);
    const scope = requestScope();
    if (!need || !scope) throw new Error(`Nothing says who may call ${context.getHandler().name}.`);
    const places = await this.check(principal, need, request.params['id']);
    scope.workspaces = placesOf(principal, isInWorkspace(need.action) ? need.action : 'workspace.read');
    if (!READS.has(request.method)) {
      const before = await factsBefore(this.database, request, need, principal.organizationId);
      const workspaceId = places.length === 1 ? places[0] : undefined;
      const operation = context.getHandler().name;
      scope.beforeCommit = auditOf(request, { principal, need, operation, workspaceId, before });
    }
    return true;
  }

  /**
   * Where the thing lies that is asked for; nowhere for what is the organization's.
   * @throws Problem 404 for what the principal does not see, 403 for what it sees and may not do
   */
  private async check(principal: Principal, { action, subject }: Need, id: unknown): Promise<readonly string[]> {
    if (!subject || !isInWorkspace(action)) {
      // Somebody without any workspace sees empty lists.
      if (action !== 'workspace.read' || principal.key?.actions) requireMay(principal, action);
      return [];
    }
    if (typeof id !== 'string' || !isId(id)) throw Problem.notFound();
    const places = await workspacesOf(this.database, principal.organizationId, subject, id);
    if (!places) throw Problem.notFound();
    if (places.length === 0) requireEverywhere(principal, action);
    else if (!places.some((place) => may(principal, 'workspace.read', place))) throw Problem.notFound();
    if (action !== 'workspace.read') for (const place of places) requireMay(principal, action, place);
    return places;
  }
}

/** A connection that serves no workspace is the organization's: nothing for those who act in some workspaces only. */
function requireEverywhere(principal: Principal, action: Need['action']): void {
  if (placesOf(principal, 'workspace.read') !== null) throw Problem.notFound();
  requireMay(principal, action);
}
