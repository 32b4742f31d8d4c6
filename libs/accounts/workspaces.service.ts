import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Database, type IdempotencyClaim, once, Problem } from '#kernel';
import { Workspace } from './entities.js';
import { type Principal, requireRole } from './principal.js';
import { checkTimeZone } from './time-zone.js';

/** A workspace as the API shows it. */
export interface WorkspaceSummary {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  createdAt: string;
}

const MANAGERS = ['owner', 'admin'] as const;

/** The workspaces of the principal's organization. */
@Injectable()
export class WorkspacesService {
  constructor(private readonly database: Database) {}

  /** Oldest first, at most `limit` (all where it is left out), those after `after`. */
  async list(
    principal: Principal,
    { limit, after }: { limit?: number; after?: string | undefined } = {},
  ): Promise<WorkspaceSummary[]> {
    const found = await this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(Workspace).find({
        where: after ? { id: MoreThan(after) } : {},
        order: { id: 'asc' },
        ...(limit !== undefined && { take: limit }),
      }),
    );
    return found.map(summary);
  }

  /**
   * @param input.timeZone IANA name; UTC where it is left out
   * @throws Problem 403 for anybody but an owner or admin, 422 for an unknown time zone
   */
  async create(
    principal: Principal,
    input: { name: string; timeZone?: string | undefined },
    claim?: IdempotencyClaim,
  ): Promise<WorkspaceSummary> {
    requireRole(principal, MANAGERS, 'create workspaces');
    const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
    const { organizationId } = principal;
    return once(this.database, organizationId, claim, async (tx) => {
      const workspace = { id: uuid(), organizationId, name: input.name, timeZone, createdAt: new Date() };
      await tx.getRepository(Workspace).insert(workspace);
      return summary(workspace);
    });
  }

  /** @throws Problem 404 when it does not exist in the principal's organization */
  async get(principal: Principal, id: string): Promise<WorkspaceSummary> {
    const workspace = await this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(Workspace).findOneBy({ id }),
    );
    if (!workspace) throw notFound();
    return summary(workspace);
  }

  /**
   * Renames it, or changes its time zone: only what is given.
   * @throws Problem 403 for anybody but an owner or admin, 404, and 422 for an unknown time zone
   */
  async update(
    principal: Principal,
    id: string,
    changes: { name?: string | undefined; timeZone?: string | undefined },
  ): Promise<WorkspaceSummary> {
    requireRole(principal, MANAGERS, 'change workspaces');
    const set = {
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.timeZone !== undefined && { timeZone: checkTimeZone(changes.timeZone) }),
    };
    if (Object.keys(set).length === 0) return this.get(principal, id);
    return this.database.tenant(principal.organizationId, async (tx) => {
      const workspaces = tx.getRepository(Workspace);
      const { affected } = await workspaces.update({ id }, set);
      if (!affected) throw notFound();
      return summary(await workspaces.findOneByOrFail({ id }));
    });
  }
}

function notFound(): Problem {
  return Problem.notFound('There is no such workspace.');
}

function summary({ id, name, timeZone, createdAt }: Workspace): WorkspaceSummary {
  return { id, name, timeZone, createdAt: createdAt.toISOString() };
}
