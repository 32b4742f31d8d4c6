import { type SealedColumn } from '../vault/index.js';

/** What the vault sealed for mail. */
export const mailSecrets: readonly SealedColumn[] = [
  {
    what: 'mails',
    role: 'engine',
    table: 'mails',
    key: ['id'],
    column: 'body',
    purpose: `'mail:' || id`,
    name: `kind || ' of ' || to_char(created_at at time zone 'utc', 'YYYY-MM-DD')`,
    remedy: 'It cannot be sent any more. Ask for it again in ClickPost.',
  },
];
