import { validate as isId } from 'uuid';
import { type Database, type OutboxMessage, row } from '#kernel';

/** Tables of what messages name, by the field of the payload. */
const NAMED: Readonly<Record<string, string>> = {
  workspaceId: 'workspaces',
  connectionId: 'connections',
  channelId: 'channels',
  publicationId: 'publications',
};

/**
 * Whether everything that a message names belongs to its organization, as far as it is still there. Handlers work across
 * organizations, so one that was given another's id would do to them what nobody of them asked for.
 */
export async function isOfOneOrganization(
  database: Database,
  { organizationId, payload }: OutboxMessage,
): Promise<boolean> {
  const named = Object.entries(NAMED).flatMap(([field, table]) => {
    const id = payload[field];
    return typeof id === 'string' && isId(id) ? [{ table, id }] : [];
  });
  if (named.length === 0) return true;
  const foreign = named.map(
    ({ table }, index) => `select 1 from ${table} where id = $${index + 2} and organization_id is distinct from $1`,
  );
  const parameters = [organizationId, ...named.map(({ id }) => id)];
  return database.engine(async (tx) => !(await row(tx, foreign.join(' union all '), parameters)));
}
