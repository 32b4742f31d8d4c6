import { Problem, row, type Transaction } from '#kernel';
import { type DisabledReason } from './record.js';

/** A row of `webhooks`, without its secrets. */
export interface WebhookRecord {
  id: string;
  url: string;
  description: string;
  /** null = all. */
  event_types: string[] | null;
  /** null = all. */
  workspace_ids: string[] | null;
  former_secret_until: Date | null;
  failing_since: Date | null;
  last_delivered_at: Date | null;
  disabled_at: Date | null;
  disabled_reason: DisabledReason | null;
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** A webhook as people see it. */
export interface WebhookView {
  id: string;
  url: string;
  description: string;
  eventTypes: string[] | 'all';
  /** null = all of the organization. */
  workspaceIds: string[] | null;
  /** `failing` = the last tries did not succeed; it is sent on. `disabled` = it is sent nothing. */
  state: 'working' | 'failing' | 'disabled';
  failingSince: Date | null;
  lastDeliveredAt: Date | null;
  disabledAt: Date | null;
  disabledReason: DisabledReason | null;
  /** Until then the secret before the present one signs along; null where there is none. */
  formerSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** All of a webhook but its secrets. */
export const WEBHOOK_COLUMNS = `
  id, url, description, event_types, workspace_ids, case when former_secret_until > now() then former_secret_until end
  as former_secret_until, failing_since, last_delivered_at, disabled_at, disabled_reason, version, created_at, updated_at`;

/** As people see it. */
export function webhookView(record: WebhookRecord): WebhookView {
  const { id, url, description, version, failing_since: failingSince, disabled_at: disabledAt } = record;
  return {
    ...{ id, url, description, version, failingSince, disabledAt },
    eventTypes: record.event_types ?? 'all',
    workspaceIds: record.workspace_ids,
    state: disabledAt ? 'disabled' : failingSince ? 'failing' : 'working',
    lastDeliveredAt: record.last_delivered_at,
    disabledReason: record.disabled_reason,
    formerSecretUntil: record.former_secret_until,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  };
}

/** @throws Problem 404 */
export async function findWebhook(tx: Transaction, id: string, lock: '' | 'for update' = ''): Promise<WebhookRecord> {
  const found = await row<WebhookRecord>(tx, `select ${WEBHOOK_COLUMNS} from webhooks where id = $1 ${lock}`, [id]);
  if (!found) throw Problem.notFound('There is no such webhook.');
  return found;
}
