import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { noteForAudit } from '#accounts';
import { CONFIG, type Config, Database, Problem, row, rows, type Transaction } from '#kernel';
import { TEST_EVENT } from './catalogue.js';
import { insertMessages } from './fan-out.js';
import { leaseOne } from './lease.js';
import { messageOf } from './payload.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { findWebhook } from './webhook-record.js';

/** `waiting` = it is tried now, or again later; `failed` = it is not tried again by itself. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message on its way to one webhook. */
export interface DeliveryView {
  id: string;
  webhookId: string;
  /** The header `webhook-id`: the same in every try and every repetition. */
  messageId: string;
  type: string;
  workspaceId: string | null;
  state: DeliveryState;
  /** Since it was begun, or repeated last. */
  tries: number;
  /** Of the last try; null where no answer came, or nothing was tried yet. */
  lastStatus: number | null;
  /** Why the last try did not succeed. */
  lastError: string | null;
  createdAt: Date;
  /** null where it is not tried again by itself. */
  nextTryAt: Date | null;
  endedAt: Date | null;
}

/** One try of a delivery. */
export interface TryView {
  at: Date;
  durationMs: number;
  status: number | null;
  /** The beginning of the answer. */
  answer: string | null;
  error: string | null;
}

/** A delivery with what was sent, and what came of it. */
export type DeliveryDetail = DeliveryView & {
  /** The body, exactly as it was signed. */
  payload: string;
  /** Oldest first; at most a hundred, the latest ones. */
  attempts: TryView[];
};

const COLUMNS = `
  d.id, d.webhook_id as "webhookId", d.message_id as "messageId", d.type, d.workspace_id as "workspaceId", d.state, d.tries,
  d.last_status as "lastStatus", d.last_error as "lastError", d.created_at as "createdAt",
  case when d.state = 'waiting' then d.next_try_at end as "nextTryAt", d.ended_at as "endedAt"`;

/** What was sent to webhooks. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly database: Database,
    private readonly delivery: WebhookDelivery,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first, those before `before`. @throws Problem 404 when there is no such webhook */
  async list(
    organizationId: string,
    webhookId: string,
    page: { limit: number; before?: string | undefined; state?: DeliveryState | undefined; type?: string | undefined },
  ): Promise<DeliveryView[]> {
    return this.database.tenant(organizationId, async (tx) => {
      await findWebhook(tx, webhookId);
      return rows<DeliveryView>(
        tx,
        `select ${COLUMNS} from webhook_deliveries d
          where d.webhook_id = $1 and ($2::uuid is null or d.id < $2) and ($3::text is null or d.state = $3)
            and ($4::text is null or d.type = $4)
          order by d.id desc limit $5`,
        [webhookId, page.before ?? null, page.state ?? null, page.type ?? null, page.limit],
      );
    });
  }

  /** @throws Problem 404 */
  async get(organizationId: string, webhookId: string, id: string): Promise<DeliveryDetail> {
    return this.database.tenant(organizationId, async (tx) => {
      await findWebhook(tx, webhookId);
      const found = await row<DeliveryView & { payload: string }>(
        tx,
        `select ${COLUMNS}, m.payload from webhook_deliveries d join webhook_messages m on m.id = d.message_id
          where d.webhook_id = $1 and d.id = $2`,
        [webhookId, id],
      );
      if (!found) throw noDelivery();
      return { ...found, attempts: await attemptsOf(tx, id) };
    });
  }

  /** Sends a `webhook.test` now, to a webhook that is on or not, once. @throws Problem 404 */
  async test(organizationId: string, webhookId: string): Promise<DeliveryDetail> {
    const id = uuid();
    const leased = await this.database.tenant(organizationId, async (tx) => {
      noteForAudit({ subject: { type: 'webhook', id: webhookId } });
      await findWebhook(tx, webhookId);
      const now = await row<{ at: Date }>(tx, 'select clock_timestamp() as at');
      const event = {
        ...{ id: uuid(), organizationId, workspaceId: null, type: TEST_EVENT, at: now?.at ?? new Date() },
        data: { webhookId, text: 'This is a test. Nothing happened.' },
      };
      const message = messageOf(event, this.config.publicUrl);
      await insertMessages(tx, [message]);
      await tx.query(
        `insert into webhook_deliveries (id, organization_id, webhook_id, message_id, type, subject)
         values ($1, $2, $3, $4, $5, $4)`,
        [id, organizationId, webhookId, message.id, TEST_EVENT],
      );
      return leaseOne(tx, id);
    });
    if (leased) await this.delivery.attempt(leased);
    return this.get(organizationId, webhookId, id);
  }

  /** Has one sent again, under the same id, as if it had not been tried. @throws Problem 404, 409 for a webhook that is off */
  async repeat(organizationId: string, webhookId: string, id: string): Promise<DeliveryDetail> {
    await this.database.tenant(organizationId, async (tx) => {
      await requireOn(tx, webhookId);
      const repeated = await row(tx, `${REPEAT} and id = $2 returning id`, [webhookId, id]);
      if (!repeated) throw noDelivery();
    });
    return this.get(organizationId, webhookId, id);
  }

  /** Has all sent again that failed and were made since then. Returns how many. @throws Problem 404, 409 */
  async repeatFailed(organizationId: string, webhookId: string, since: Date): Promise<number> {
    return this.database.tenant(organizationId, async (tx) => {
      await requireOn(tx, webhookId);
      const repeated = await rows(
        tx,
        `${REPEAT} and state = 'failed' and created_at >= $2 and type <> '${TEST_EVENT}' returning id`,
        [webhookId, since],
      );
      return repeated.length;
    });
  }
}

/** What is being tried at this moment comes again by itself, if it has to. */
const REPEAT = `
update webhook_deliveries set state = 'waiting', tries = 0, next_try_at = now(), ended_at = null where webhook_id = $1`;

async function requireOn(tx: Transaction, webhookId: string): Promise<void> {
  noteForAudit({ subject: { type: 'webhook', id: webhookId } });
  const { disabled_at: disabledAt } = await findWebhook(tx, webhookId, 'for update');
  // Whoever asks for it knows better than the receiver did.
  await tx.query('update webhooks set blocked_until = null where id = $1 and blocked_until is not null', [webhookId]);
  if (disabledAt) throw Problem.conflict('This webhook is disabled. Enable it first; what waits is then sent at once.');
}

async function attemptsOf(tx: Transaction, deliveryId: string): Promise<TryView[]> {
  const latest = await rows<TryView>(
    tx,
    `select at, duration_ms as "durationMs", status, answer, error from webhook_tries
      where delivery_id = $1 order by at desc, id desc limit 100`,
    [deliveryId],
  );
  return latest.reverse();
}

function noDelivery(): Problem {
  return Problem.notFound('There is no such delivery; deliveries are kept for 30 days.');
}
