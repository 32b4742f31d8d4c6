import { recordAudit } from '#accounts';
import { type Database, row, rows, type Transaction } from '#kernel';
import { type Operated } from './connect.js';
import { type Order, type Readable } from './orders.js';

type FindOrder = Extract<Order, { command: 'organizations' }>;
type ReadOrder = Extract<Order, { command: 'read' }>;

/** Organizations that one search shows at the most: a longer name finds fewer. */
const FOUND_MAX = 20;

/** One line of a table. */
type Line = Record<string, string | number | boolean | Date | null>;

/** What is read of an organization: columns that say how things stand, and no credentials. $1 = how many. */
const READS: Readonly<Record<Readable, { operation: string; sql: string }>> = {
  publications: {
    operation: 'operatorReadPublications',
    sql: `select p.id, p.state, p.held_reason as held, p.due_at as due, p.attempts as tries, c.platform, c.name as channel,
                 w.name as workspace, p.failure ->> 'message' as failure,
                 left(p.content #>> '{segments,0,text}', 60) as text
            from publications p join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
           order by p.updated_at desc, p.id desc limit $1`,
  },
  log: {
    operation: 'operatorReadLog',
    sql: `select l.at, l.publication_id as publication, l.kind, l.state, l.attempt, l.failure ->> 'message' as failure,
                 l.failure ->> 'requestId' as request
            from publishing_log l order by l.xid desc, l.publication_id desc, l.version desc limit $1`,
  },
  connections: {
    operation: 'operatorReadConnections',
    sql: `select c.id, c.platform, c.practice, c.account_name as account, c.status, c.expires_at as expires,
                 c.failure ->> 'message' as failure,
                 (select count(*)::int from channels ch where ch.connection_id = c.id and ch.removed_at is null) as channels
            from connections c order by c.created_at desc, c.id desc limit $1`,
  },
  members: {
    operation: 'operatorReadMembers',
    sql: `select u.id, u.name, u.email, m.role, m.created_at as since
            from members m join users u on u.id = m.user_id order by m.created_at, u.id limit $1`,
  },
};

/** Reads what belongs to a customer. Who read what, and why, is in the customer's audit log, or nothing is read. */
export async function readOrganization(database: Database, order: ReadOrder): Promise<Operated> {
  const { organizationId, what, limit } = order;
  const { operation, sql } = READS[what];
  const found = await database.organization(organizationId, async (tx) => {
    const organization = await row<{ name: string }>(tx, 'select name from organizations where id = $1', [
      organizationId,
    ]);
    if (!organization) return undefined;
    const lines = await rows<Line>(tx, sql, [limit]);
    await tell(tx, order, { id: organizationId, ...organization }, operation, { rows: lines.length });
    return { ...organization, lines };
  });
  if (!found) return { said: 'There is no organization with this id.\n', code: 1 };
  const title = `${printable(found.name)}: ${found.lines.length} ${what === 'log' ? 'entries of the log' : what}`;
  return { said: `${[title, ...tableOf(found.lines)].join('\n')}\n`, code: 0 };
}

/** Finds organizations by a part of their name. Each of them is told that it was looked up. */
export async function findOrganizations(database: Database, order: FindOrder): Promise<Operated> {
  const like = `%${order.name.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const found = await database.identity(async (tx) => {
    const organizations = await rows<{ id: string; name: string; since: Date }>(
      tx,
      'select id, name, created_at as since from organizations where name ilike $1 order by name, id limit $2',
      [like, FOUND_MAX],
    );
    for (const one of organizations) await tell(tx, order, one, 'operatorFindOrganization', {});
    return organizations;
  });
  if (found.length === 0) return { said: 'No organization has that in its name.\n', code: 1 };
  const more = found.length === FOUND_MAX ? [`The first ${FOUND_MAX}; give more of the name to see others.`] : [];
  return { said: `${[...tableOf(found), ...more].join('\n')}\n`, code: 0 };
}

async function tell(
  tx: Transaction,
  { operator, reason }: FindOrder | ReadOrder,
  { id, name }: { id: string; name: string },
  operation: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, {
    ...{ organizationId: id, userId: null, name: operator, via: 'operator', operation },
    subject: { type: 'organization', id, name },
    details: { reason, ...details },
  });
}

/** Columns under their names. */
function tableOf(lines: readonly Line[]): string[] {
  const [first] = lines;
  if (!first) return ['Nothing.'];
  const columns = Object.keys(first);
  const cells = [columns, ...lines.map((line) => columns.map((column) => cell(line[column] ?? null)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cell(value: Line[string]): string {
  if (value === null) return '-';
  return value instanceof Date ? value.toISOString() : printable(String(value));
}

/** What customers wrote must not steer the operator's terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}
