import { v7 as uuid } from 'uuid';
import { type RecordedEvent, rows, type Transaction } from '#kernel';
import { isWebhookEventType } from './catalogue.js';
import { type Message, messageOf } from './payload.js';
import { type Wish, wants } from './wants.js';

/** A webhook that is on, with what it wants. */
interface Listener extends Wish {
  id: string;
}

const LISTENERS = `
select id, organization_id as "organizationId", event_types as "eventTypes", workspace_ids as "workspaceIds",
       created_at as "createdAt"
  from webhooks where organization_id = any($1) and disabled_at is null`;

/**
 * Puts what happened on its way to every webhook that wants it, in the transaction in which it was read: each event once.
 * @param events in their order
 */
export async function fanOut(tx: Transaction, events: readonly RecordedEvent[], publicUrl: string): Promise<void> {
  const known = events.filter(({ type }) => isWebhookEventType(type));
  if (known.length === 0) return;
  const organizations = [...new Set(known.map(({ organizationId }) => organizationId))];
  const listeners = await rows<Listener>(tx, LISTENERS, [organizations]);
  if (listeners.length === 0) return;
  const ways = known
    .map((event) => messageOf(event, publicUrl))
    .map((message) => ({ message, to: listeners.filter((listener) => wants(listener, message)).map(({ id }) => id) }))
    .filter(({ to }) => to.length > 0);
  await insertMessages(
    tx,
    ways.map(({ message }) => message),
  );
  await insertDeliveries(
    tx,
    ways.flatMap(({ message, to }) => to.map((webhookId) => ({ message, webhookId }))),
  );
}

/** Keeps what is sent. */
export async function insertMessages(tx: Transaction, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `insert into webhook_messages (id, organization_id, workspace_id, type, payload)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) on conflict (id) do nothing`,
    [
      messages.map(({ id }) => id),
      messages.map(({ organizationId }) => organizationId),
      messages.map(({ workspaceId }) => workspaceId),
      messages.map(({ type }) => type),
      messages.map(({ payload }) => payload),
    ],
  );
}

/** In the order in which they are given, which is that of their first tries. A webhook that is gone meanwhile gets none. */
async function insertDeliveries(
  tx: Transaction,
  deliveries: readonly { message: Message; webhookId: string }[],
): Promise<void> {
  await tx.query(
    `insert into webhook_deliveries (id, organization_id, workspace_id, webhook_id, message_id, type, subject)
     select d.id, d.organization_id, d.workspace_id, d.webhook_id, d.message_id, d.type, d.subject
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[])
         with ordinality as d (id, organization_id, workspace_id, webhook_id, message_id, type, subject, place)
       join webhooks w on w.id = d.webhook_id
      order by d.place
     on conflict (webhook_id, message_id) do nothing`,
    [
      deliveries.map(() => uuid()),
      deliveries.map(({ message }) => message.organizationId),
      deliveries.map(({ message }) => message.workspaceId),
      deliveries.map(({ webhookId }) => webhookId),
      deliveries.map(({ message }) => message.id),
      deliveries.map(({ message }) => message.type),
      deliveries.map(({ message }) => message.subject),
    ],
  );
}
