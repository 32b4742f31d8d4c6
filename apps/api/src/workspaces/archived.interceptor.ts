import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Request } from 'express';
import { isInWorkspace, WorkspacesService } from '#accounts';
import { Database, Problem, requestScope, type RequestScope } from '#kernel';
import { MAY, type Need } from '../access/index.js';
import { workspacesOf } from '../access/subject.js';
import { WorkspacesController } from './workspaces.controller.js';

const READS = new Set(['GET', 'HEAD']);

/**
 * Keeps what is put away as it is. A change of something in an archived workspace is refused; routes over all workspaces
 * leave archived ones out. What lies in one can still be read by its own address.
 */
@Injectable()
export class ArchivedInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly workspaces: WorkspacesService,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const need = this.reflector.getAllAndOverride<Need | undefined>(MAY, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<Request>();
    const scope = requestScope();
    if (need && scope && request.user && isInWorkspace(need.action)) {
      const { organizationId } = request.user;
      if (!need.subject) {
        // The list of workspaces itself decides which it shows.
        if (context.getClass() !== WorkspacesController) await this.leaveOut(organizationId, scope);
      } else if (!READS.has(request.method) && need.action !== 'workspace.read') {
        await this.refuse(organizationId, need, String(request.params['id']));
      }
    }
    return next.handle();
  }

  private async leaveOut(organizationId: string, scope: RequestScope): Promise<void> {
    const { inUse, archived } = await this.workspaces.archived(organizationId);
    if (archived.size > 0) scope.workspaces = (scope.workspaces ?? inUse).filter((id) => !archived.has(id));
  }

  /** @throws Problem 409 where all that it lies in is archived; a connection may serve workspaces that are in use as well */
  private async refuse(organizationId: string, { subject }: Need, id: string): Promise<void> {
    const { archived } = await this.workspaces.archived(organizationId);
    if (archived.size === 0 || !subject) return;
    const places = (await workspacesOf(this.database, organizationId, subject, id)) ?? [];
    const [first] = places;
    if (first === undefined || !places.every((place) => archived.has(place))) return;
    throw Problem.conflict(
      `The workspace ${archived.get(first) ?? ''} is archived, so nothing in it is changed. ` +
        'Restore it first: owners and admins can, in the settings.',
    );
  }
}
