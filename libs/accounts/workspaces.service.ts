import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Database, type IdempotencyClaim, once, Problem, publish, row, rows } from '#kernel';
import { Workspace } from './entities.js';
import { type Action } from './permissions.js';
import { actionsIn, type Principal } from './principal.js';
import { checkTimeZone } from './time-zone.js';

/** A workspace as the API shows it. */
export interface WorkspaceSummary {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** How late a publication may go out, in minutes; later than that it is held. */
  lateLimitMinutes: number;
  /** Whether everything of it is held. */
  paused: boolean;
  /** Whether it is put away: nothing is written or published in it. */
  archived: boolean;
  createdAt: string;
  /** What the principal may do in it. */
  may: Action[];
}

/** What `update` changes; what is left out stays. */
export interface WorkspaceChanges {
  name?: string | undefined;
  /** IANA name. */
  timeZone?: string | undefined;
  /** In minutes, 0 to `LATE_LIMIT_MAX_MINUTES`; 0 = on time only. */
  lateLimitMinutes?: number | undefined;
}

/** A week: the latest that a workspace may allow, in minutes. */
export const LATE_LIMIT_MAX_MINUTES = 10_080;

/** The workspaces of the principal's organization. */
@Injectable()
export class WorkspacesService {
  constructor(private readonly database: Database) {}

  /**
   * Oldest first, at most `limit` (all where it is left out), those after `after`; those that are put away only where
   * `archived` asks for them too.
   */
  async list(
    principal: Principal,
    { limit, after, archived = false }: { limit?: number; after?: string | undefined; archived?: boolean } = {},
  ): Promise<WorkspaceSummary[]> {
    const found = await this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(Workspace).find({
        where: { ...(after && { id: MoreThan(after) }), ...(!archived && { archivedAt: IsNull() }) },
        order: { id: 'asc' },
        ...(limit !== undefined && { take: limit }),
      }),
    );
    return found.map((workspace) => summary(principal, workspace));
  }

  /**
   * @param input.timeZone IANA name; UTC where it is left out
   * @throws Problem 422 for an unknown time zone
   */
  async create(
    principal: Principal,
    input: { name: string; timeZone?: string | undefined },
    claim?: IdempotencyClaim,
  ): Promise<WorkspaceSummary> {
    const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
    const { organizationId } = principal;
    return once(this.database, organizationId, claim, async (tx) => {
      const workspaces = tx.getRepository(Workspace);
      const workspace = { id: uuid(), organizationId, name: input.name, timeZone, createdAt: new Date() };
      await workspaces.insert(workspace);
      return summary(principal, await workspaces.findOneByOrFail({ id: workspace.id }));
    });
  }

  /** @throws Problem 404 when it does not exist in the principal's organization */
  async get(principal: Principal, id: string): Promise<WorkspaceSummary> {
    const workspace = await this.database.tenant(principal.organizationId, (tx) =>
      tx.getRepository(Workspace).findOneBy({ id }),
    );
    if (!workspace) throw notFound();
    return summary(principal, workspace);
  }

  /**
   * Renames it, or changes its time zone or how late it publishes: only what is given.
   * @throws Problem 404, and 422 for an unknown time zone
   */
  async update(principal: Principal, id: string, changes: WorkspaceChanges): Promise<WorkspaceSummary> {
    const set = {
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.timeZone !== undefined && { timeZone: checkTimeZone(changes.timeZone) }),
      ...(changes.lateLimitMinutes !== undefined && { lateLimitMinutes: changes.lateLimitMinutes }),
    };
    if (Object.keys(set).length === 0) return this.get(principal, id);
    return this.database.tenant(principal.organizationId, async (tx) => {
      const workspaces = tx.getRepository(Workspace);
      const { affected } = await workspaces.update({ id }, set);
      if (!affected) throw notFound();
      return summary(principal, await workspaces.findOneByOrFail({ id }));
    });
  }

  /**
   * Holds everything of the workspace that is scheduled, or lets it go again. What is between fence and outcome is not
   * touched.
   * @throws Problem 404
   */
  async setPaused(principal: Principal, id: string, paused: boolean): Promise<WorkspaceSummary> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => {
      const found = await row(
        tx,
        // One that was put away at this moment stays paused.
        `update workspaces set paused_at = case when $2 or archived_at is not null then coalesce(paused_at, now()) end
          where id = $1 returning id`,
        [id, paused],
      );
      if (!found) throw notFound();
      await publish(tx, { organizationId, topic: 'pause.changed', payload: { workspaceId: id } });
      return summary(principal, await tx.getRepository(Workspace).findOneByOrFail({ id }));
    });
  }

  /**
   * Puts a workspace away, which pauses it, or brings it back, which leaves it paused: nothing that waited goes out before
   * somebody has looked and resumed it.
   * @throws Problem 404
   */
  async setArchived(principal: Principal, id: string, archived: boolean): Promise<WorkspaceSummary> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => {
      const found = await row(
        tx,
        `update workspaces set archived_at = case when $2 then coalesce(archived_at, now()) end,
                paused_at = case when $2 then coalesce(paused_at, now()) else paused_at end
          where id = $1 returning id`,
        [id, archived],
      );
      if (!found) throw notFound();
      await publish(tx, { organizationId, topic: 'pause.changed', payload: { workspaceId: id } });
      return summary(principal, await tx.getRepository(Workspace).findOneByOrFail({ id }));
    });
  }

  /** Every workspace of an organization by id, and the name of each that is put away. */
  async archived(organizationId: string): Promise<{ inUse: string[]; archived: Map<string, string> }> {
    const found = await this.database.organization(organizationId, (tx) =>
      rows<{ id: string; name: string; archived: boolean }>(
        tx,
        'select id, name, archived_at is not null as archived from workspaces where organization_id = $1',
        [organizationId],
      ),
    );
    return {
      inUse: found.filter(({ archived }) => !archived).map(({ id }) => id),
      archived: new Map(found.filter(({ archived }) => archived).map(({ id, name }) => [id, name])),
    };
  }
}

function notFound(): Problem {
  return Problem.notFound('There is no such workspace.');
}

function summary(principal: Principal, workspace: Workspace): WorkspaceSummary {
  const { id, name, timeZone, lateLimitMinutes, pausedAt, archivedAt, createdAt } = workspace;
  const may = actionsIn(principal, id).filter((action) => archivedAt === null || action === 'workspace.read');
  return {
    ...{ id, name, timeZone, lateLimitMinutes, paused: pausedAt !== null, archived: archivedAt !== null },
    ...{ createdAt: createdAt.toISOString(), may },
  };
}
