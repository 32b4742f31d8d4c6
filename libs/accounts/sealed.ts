import { type SealedColumn } from '#kernel';

/** What the vault sealed for accounts. */
export const accountSecrets: readonly SealedColumn[] = [
  {
    what: 'second factors',
    role: 'identity',
    table: 'second_factors',
    key: ['user_id'],
    column: 'secret',
    purpose: `'second-factor:' || user_id`,
    name: `'the authenticator of ' || (select email from users where users.id = second_factors.user_id)`,
    remedy: 'The person signs in with a recovery code and sets the second factor up again.',
  },
  {
    what: 'new API keys, kept for repeated requests',
    role: 'retention',
    table: 'idempotency_keys',
    key: ['organization_id', 'key', 'user_id'],
    column: 'answer',
    path: 'sealed',
    purpose: `'api-key:' || (answer ->> 'id')`,
    name: `'an API key that was made on ' || to_char(created_at at time zone 'utc', 'YYYY-MM-DD')`,
    remedy: 'Nothing is needed: the key works. Only the request that made it cannot be repeated.',
  },
];
