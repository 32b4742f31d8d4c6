import { Injectable } from '@nestjs/common';
import { Database, rows } from '#kernel';
import { type AuditVia } from './audit.js';
import { operationsSaying } from './audit-words.js';
import { type Action } from './permissions.js';

/** Which entries of the audit log: all that is given holds together, what is left out stands for all. */
export interface AuditFilter {
  /** Who did it. */
  userId?: string | undefined;
  /** What was done, as the API names it. */
  operation?: string | undefined;
  /** What it was done to. */
  subjectId?: string | undefined;
  /** In which workspace. */
  workspaceId?: string | undefined;
  /** Then or later. */
  from?: Date | undefined;
  /** Before. */
  to?: Date | undefined;
  /** In the name of who did it or of what it was done to, in what was done, or the whole address it came from. */
  text?: string | undefined;
}

/** An entry as it was written. */
export interface AuditRecord {
  id: string;
  at: Date;
  /** `at` in microseconds, for the place in the list. */
  position: string;
  user_id: string | null;
  name: string;
  via: AuditVia;
  api_key_id: string | null;
  operation: string;
  action: Action | null;
  subject_type: string | null;
  subject_id: string | null;
  subject_name: string | null;
  workspace_id: string | null;
  details: Record<string, unknown>;
  ip: string | null;
  user_agent: string | null;
}

/** Where a page ended. */
export interface AuditPosition {
  at: string;
  id: string;
}

/** Reads what people did in an organization. */
@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /** The newest first, at most `limit`, those after (older than) `after`. */
  async list(
    organizationId: string,
    filter: AuditFilter,
    { limit, after }: { limit: number; after?: AuditPosition | undefined },
  ): Promise<AuditRecord[]> {
    const { sql, parameters } = selectionOf(organizationId, filter, after);
    return this.database.tenant(organizationId, (tx) =>
      rows<AuditRecord>(tx, `${SELECT} where ${sql} order by at desc, id desc limit ${limit}`, parameters),
    );
  }
}

const SELECT = `
  select id, at, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position, user_id, name, via, api_key_id,
         operation, action, subject_type, subject_id, subject_name, workspace_id, details, ip, user_agent
    from audit_log`;

/** Only what is asked for is said, so that each question finds its index. */
function selectionOf(
  organizationId: string,
  filter: AuditFilter,
  after: AuditPosition | undefined,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [organizationId];
  const conditions = ['organization_id = $1'];
  const add = (value: unknown, condition: (place: string) => string): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  add(filter.userId, (place) => `user_id = ${place}`);
  add(filter.operation, (place) => `operation = ${place}`);
  add(filter.subjectId, (place) => `subject_id = ${place}`);
  add(filter.workspaceId, (place) => `workspace_id = ${place}`);
  add(filter.from, (place) => `at >= ${place}`);
  add(filter.to, (place) => `at < ${place}`);
  if (filter.text !== undefined) {
    parameters.push(`%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`, filter.text, operationsSaying(filter.text));
    const [like, whole, operations] = [-2, -1, 0].map((back) => `$${parameters.length + back}`);
    conditions.push(
      `(name ilike ${like} or subject_name ilike ${like} or ip = ${whole} or operation = any(${operations}))`,
    );
  }
  if (after) {
    parameters.push(after.at, after.id);
    conditions.push(`(at, id) < ($${parameters.length - 1}::timestamptz, $${parameters.length}::uuid)`);
  }
  return { sql: conditions.join(' and '), parameters };
}
