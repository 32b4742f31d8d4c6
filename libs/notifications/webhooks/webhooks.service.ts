import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { noteForAudit, type Principal } from '#accounts';
import {
  CONFIG,
  type Config,
  Database,
  type FieldError,
  type IdempotencyClaim,
  once,
  Problem,
  row,
  rows,
  type Transaction,
  Vault,
  VaultError,
} from '#kernel';
import { requireAddress } from './address.js';
import { purposeOf } from './sealed.js';
import { newSecret } from './signature.js';
import { findWebhook, WEBHOOK_COLUMNS, type WebhookRecord, type WebhookView, webhookView } from './webhook-record.js';

/** Webhooks of one organization at most. */
export const WEBHOOKS_MAX = 20;
/** So long a former secret signs along, in hours. */
export const FORMER_SECRET_HOURS = 24;

/** What somebody says of a webhook. */
export interface WebhookInput {
  url: string;
  description?: string | undefined;
  /** `all` = also those that are added later. */
  eventTypes: string[] | 'all';
  /** null, or left out = all of the organization. */
  workspaceIds?: string[] | null | undefined;
}

/** Only what is to change. */
export type WebhookChange = Partial<WebhookInput> & {
  /** false = is sent nothing. */
  enabled?: boolean | undefined;
};

/** A webhook at one of the two moments when its secret is shown. */
export type WebhookWithSecret = WebhookView & { secret: string };

/** Where an organization's events are sent. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem 422 that names the field, 409 when there are as many as there may be */
  async create(principal: Principal, input: WebhookInput, claim?: IdempotencyClaim): Promise<WebhookWithSecret> {
    const { organizationId, userId } = principal;
    await requireAddress(input.url, this.config);
    const { sealedSecret, ...view } = await once(this.database, organizationId, claim, async (tx) => {
      await requireRoom(tx, organizationId);
      await requireWorkspaces(tx, input.workspaceIds ?? null);
      const id = uuid();
      // What is kept for a repeated request must not give the secret away either.
      const sealed = await this.vault.encrypt({ secret: newSecret() }, purposeOf(id));
      const made = await row<WebhookRecord>(
        tx,
        `insert into webhooks (id, organization_id, url, description, event_types, workspace_ids, secret, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${WEBHOOK_COLUMNS}`,
        [id, organizationId, input.url, input.description ?? '', ...columns(input), sealed, userId],
      );
      if (!made) throw new Error('PostgreSQL did not return the webhook that it inserted.');
      await tx.query(FOLLOW_THE_LOG, [organizationId]);
      return { ...webhookView(made), sealedSecret: sealed };
    });
    return { ...view, secret: await this.reveal(view.id, sealedSecret) };
  }

  /** All of them, oldest first. */
  async list(organizationId: string): Promise<WebhookView[]> {
    const found = await this.database.tenant(organizationId, (tx) =>
      rows<WebhookRecord>(tx, `select ${WEBHOOK_COLUMNS} from webhooks where organization_id = $1 order by id`, [
        organizationId,
      ]),
    );
    return found.map(webhookView);
  }

  /** @throws Problem 404 */
  async get(organizationId: string, id: string): Promise<WebhookView> {
    return webhookView(await this.database.tenant(organizationId, (tx) => findWebhook(tx, id)));
  }

  /**
   * Changes a webhook. Enabled again, it is sent at once what was waiting.
   * @throws Problem 404, 412 for another version, 422 that names the field
   */
  async change(organizationId: string, id: string, version: number, change: WebhookChange): Promise<WebhookView> {
    await this.get(organizationId, id);
    if (change.url !== undefined) await requireAddress(change.url, this.config);
    return this.database.tenant(organizationId, async (tx) => {
      const before = await findWebhook(tx, id, 'for update');
      if (before.version !== version) throw Problem.preconditionFailed();
      if (change.workspaceIds) await requireWorkspaces(tx, change.workspaceIds);
      const [eventTypes, workspaceIds] = columns({
        eventTypes: change.eventTypes ?? before.event_types ?? 'all',
        workspaceIds: change.workspaceIds === undefined ? before.workspace_ids : change.workspaceIds,
      });
      const { url = before.url, description = before.description, enabled } = change;
      await tx.query(CHANGE, [id, url, description, eventTypes, workspaceIds, enabled ?? null]);
      if (enabled === true && before.disabled_at) await tx.query(WAIT_NO_LONGER, [id]);
      return webhookView(await findWebhook(tx, id));
    });
  }

  /** Takes a webhook away, with what was sent to it. @throws Problem 404, 412 for another version */
  async remove(organizationId: string, id: string, version: number): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      const before = await findWebhook(tx, id, 'for update');
      if (before.version !== version) throw Problem.preconditionFailed();
      await tx.query('delete from webhooks where id = $1', [id]);
      await tx.query(
        `delete from webhook_log_positions
          where organization_id = $1 and not exists (select 1 from webhooks where organization_id = $1)`,
        [organizationId],
      );
    });
  }

  /** Makes a new secret; the one before signs along for a day. @throws Problem 404 */
  async rotate(organizationId: string, id: string): Promise<WebhookWithSecret> {
    const secret = newSecret();
    const sealed = await this.vault.encrypt({ secret }, purposeOf(id));
    return this.database.tenant(organizationId, async (tx) => {
      noteForAudit({ subject: { type: 'webhook', id } });
      await findWebhook(tx, id, 'for update');
      await tx.query(ROTATE, [id, sealed, FORMER_SECRET_HOURS]);
      return { ...webhookView(await findWebhook(tx, id)), secret };
    });
  }

  /** @throws Problem 409 when a repeated request comes after the vault's key was lost */
  private async reveal(id: string, sealed: string): Promise<string> {
    try {
      return (await this.vault.decrypt<{ secret: string }>(sealed, purposeOf(id))).secret;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      throw Problem.conflict(
        'This webhook was made and works, but its secret cannot be shown again. Make a new secret.',
      );
    }
  }
}

/** From now on: what was written before is not told. */
const FOLLOW_THE_LOG = `
insert into webhook_log_positions (organization_id, xid, publication_id, version)
values ($1, pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000', 0) on conflict do nothing`;

/** $6 whether it is on; null = as it was. */
const CHANGE = `
update webhooks set url = $2, description = $3, event_types = $4, workspace_ids = $5,
       failing_since = case when $6 then null else failing_since end,
       blocked_until = case when $6 then null else blocked_until end,
       disabled_at = case when $6 then null when not $6 then coalesce(disabled_at, now()) else disabled_at end,
       disabled_reason = case when $6 then null when not $6 then coalesce(disabled_reason, 'by-hand') else disabled_reason end,
       version = version + 1, updated_at = now()
 where id = $1`;

const WAIT_NO_LONGER = `
update webhook_deliveries set next_try_at = now() where webhook_id = $1 and state = 'waiting' and next_try_at > now()`;

const ROTATE = `
update webhooks set former_secret = secret, former_secret_until = now() + make_interval(hours => $3), secret = $2,
       version = version + 1, updated_at = now()
 where id = $1`;

function columns({
  eventTypes,
  workspaceIds = null,
}: Pick<WebhookInput, 'eventTypes' | 'workspaceIds'>): [string[] | null, string[] | null] {
  return [eventTypes === 'all' ? null : [...new Set(eventTypes)], workspaceIds && [...new Set(workspaceIds)]];
}

/** Two that are made at the same moment are counted one after the other. */
async function requireRoom(tx: Transaction, organizationId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks:${organizationId}`]);
  const counted = await row<{ count: number }>(
    tx,
    'select count(*)::int as count from webhooks where organization_id = $1',
    [organizationId],
  );
  if ((counted?.count ?? 0) < WEBHOOKS_MAX) return;
  throw Problem.conflict(
    `An organization has at most ${WEBHOOKS_MAX} webhooks. Delete one that nobody needs any more.`,
  );
}

/** @throws Problem 422 when one of them is not there */
async function requireWorkspaces(tx: Transaction, ids: readonly string[] | null): Promise<void> {
  if (ids === null) return;
  const found = await rows(tx, 'select id from workspaces where id = any($1)', [ids]);
  if (found.length < new Set(ids).size) throw Problem.validation([UNKNOWN_WORKSPACE]);
}

const UNKNOWN_WORKSPACE: FieldError = {
  field: 'workspaceIds',
  rule: 'unknown-workspace',
  message: 'Your organization has no such workspace.',
  remedy: 'Name workspaces of this organization, or send null for all of them.',
};
