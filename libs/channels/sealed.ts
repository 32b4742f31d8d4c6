import { type SealedColumn } from '#kernel';

/** As people know a connection. */
const CONNECTION = `c.platform || coalesce(' ' || c.account_name, '') || ' of organization ' || c.organization_id`;
const RECONNECT = 'Connect the account again in ClickPost; its channels and their schedules stay.';

const connectionOf = (id: string): string => `(select ${CONNECTION} from connections c where c.id = ${id})`;

/** What waits in the outbox to be given back at its platform. */
const givenBack = (path: string, what: string): SealedColumn => ({
  what,
  role: 'engine',
  table: 'outbox',
  key: ['id'],
  column: 'payload',
  path,
  purpose: `'connection:' || (payload ->> 'connectionId')`,
  name: connectionOf(`(outbox.payload ->> 'connectionId')::uuid`),
  remedy: 'Remove ClickPost in the settings of the account at its platform.',
});

/** What the vault sealed for channels and connections. */
export const channelSecrets: readonly SealedColumn[] = [
  {
    what: 'apps at networks',
    role: 'engine',
    table: 'platform_apps',
    key: ['name'],
    column: 'sealed',
    purpose: `'platform-app:' || name`,
    name: `'the app ' || name`,
    remedy: 'Enter its id and secret again under Installation, Apps.',
  },
  {
    what: 'requests for deletion that are not done yet',
    role: 'engine',
    table: 'deletion_requests',
    key: ['id'],
    column: 'sealed',
    purpose: `'deletion:' || id`,
    name: `'the request ' || code || ' from ' || platform`,
    remedy: 'The person asks again at the network: the request is told once more.',
  },
  {
    what: 'connections',
    role: 'engine',
    table: 'connections',
    key: ['id'],
    column: 'credentials',
    purpose: `'connection:' || id`,
    name: connectionOf('connections.id'),
    remedy: RECONNECT,
  },
  {
    what: 'channels with credentials of their own',
    role: 'engine',
    table: 'channels',
    key: ['id'],
    column: 'credentials',
    purpose: `'channel:' || id`,
    name: `platform || ' ' || name || ' of organization ' || organization_id`,
    remedy: RECONNECT,
  },
  {
    what: 'sign-ins that wait for a yes',
    role: 'engine',
    table: 'reconnections',
    key: ['connection_id'],
    column: 'sealed',
    purpose: `'connection:' || connection_id`,
    name: connectionOf('reconnections.connection_id'),
    remedy: 'Begin the reconnection again.',
  },
  {
    what: 'sign-ins under way at a platform',
    role: 'retention',
    table: 'oauth_flows',
    key: ['state_hash'],
    column: 'code_verifier',
    purpose: `'connection:' || connection_id`,
    name: `'a sign-in of organization ' || organization_id`,
    remedy: 'Begin connecting again; what is under way ends by itself in a quarter of an hour.',
  },
  givenBack('credentials', 'permissions that are being given back'),
  givenBack('signIn', 'sign-ins that are being given back'),
];
