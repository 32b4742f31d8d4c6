import type pg from 'pg';
import { type WebhookDelivery } from '#notifications';
import { until } from './processes.js';

/** What was not read yet, of an organization. */
const BEHIND = `
select e.id from events e join event_readers r on r.name = 'webhooks' and (e.xid, e.id) > (r.xid, r.id)
 where e.organization_id = $1
union all
select l.id from publishing_log l join webhook_log_positions p on p.organization_id = l.organization_id
   and (l.xid, l.publication_id, l.version) > (p.xid, p.publication_id, p.version)
 where l.organization_id = $1`;

/** Reads on until all that happened is on its way: what an open transaction of anybody holds back comes a moment later. */
export function collectAll(delivery: WebhookDelivery, owner: pg.Client, organizationId: string): Promise<true> {
  return until(
    async () => {
      await delivery.collect();
      const { rowCount } = await owner.query(BEHIND, [organizationId]);
      return rowCount === 0 || undefined;
    },
    () => 'Something that happened is not on its way.',
  );
}
