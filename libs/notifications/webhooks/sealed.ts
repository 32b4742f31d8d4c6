import { type SealedColumn } from '#kernel';

/** What a secret of a webhook is encrypted for. */
export function purposeOf(webhookId: string): string {
  return `webhook:${webhookId}`;
}

const secret = (column: string, what: string): SealedColumn => ({
  what,
  role: 'engine',
  table: 'webhooks',
  key: ['id'],
  column,
  purpose: `'webhook:' || id`,
  name: `'the webhook ' || id || ' of organization ' || organization_id`,
  remedy: 'Make a new secret for the webhook in ClickPost and give it to the receiver.',
});

/** What the vault sealed for webhooks. */
export const webhookSecrets: readonly SealedColumn[] = [
  secret('secret', 'secrets of webhooks'),
  secret('former_secret', 'former secrets of webhooks'),
  {
    what: 'new secrets of webhooks, kept for repeated requests',
    role: 'retention',
    table: 'idempotency_keys',
    key: ['organization_id', 'key', 'user_id'],
    column: 'answer',
    path: 'sealedSecret',
    purpose: `'webhook:' || (answer ->> 'id')`,
    name: `'a webhook that was made on ' || to_char(created_at at time zone 'utc', 'YYYY-MM-DD')`,
    remedy: 'Nothing is needed: the webhook works. Only the request that made it cannot be repeated.',
  },
];
