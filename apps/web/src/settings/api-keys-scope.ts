import { type Me } from '../api/queries.js';
import { type Schema } from '../api/client.js';

/** A permission, as the API names it. */
export type KeyAction = NonNullable<Schema<'ApiKeyDto'>['actions']>[number];

/** Permissions as people choose them. */
export const ACTION_WORDS: Record<KeyAction, string> = {
  'workspace.read': 'See workspaces and everything in them',
  'posts.write': 'Write, schedule and delete posts, and upload media',
  'posts.comment': 'Comment on posts',
  'posts.share': 'Give clients review links',
  'posts.approve': 'Approve posts',
  'publications.mend': 'Retry, hold, release and resolve publications',
  'channels.manage': 'Connect, disconnect and pause channels',
  'workspace.change': 'Change and pause workspaces',
  'workspaces.manage': 'Create, archive and restore workspaces',
  'organization.read': 'See the organization',
  'organization.change': 'Change the organization',
  'organization.pause': 'Pause the organization',
  'organization.transfer': 'Hand the organization over',
  'members.read': 'See all members',
  'members.manage': 'Invite, change and remove members',
  'webhooks.manage': 'Manage outgoing webhooks',
  'storage.manage': 'Set how much storage workspaces have',
  'audit.read': 'Read the audit log',
  'api-keys.manage': 'Manage your own API keys',
  'api-keys.oversee': 'See and revoke everybody’s API keys',
};

const ALL = Object.keys(ACTION_WORDS) as KeyAction[];

/** What a key of this person can be for, in the order of the words. With some workspaces chosen, only what is done there. */
export function actionsToChoose(
  me: Pick<Me, 'may'> & { workspaces: Pick<Me['workspaces'][number], 'id' | 'may'>[] },
  workspaces: readonly string[] | null,
): KeyAction[] {
  const places = me.workspaces.filter(({ id }) => workspaces === null || workspaces.includes(id));
  const there = new Set<string>(places.flatMap(({ may }) => may));
  const everywhere = new Set<string>(workspaces === null ? me.may : []);
  return ALL.filter((action) => there.has(action) || everywhere.has(action));
}

/** For how long a key is good, in days; `never` = until it is revoked. */
export const LIFETIMES = {
  '30': '30 days',
  '90': '90 days',
  '365': 'One year',
  never: 'Until it is revoked',
};
export type Lifetime = keyof typeof LIFETIMES;

const DAY_MS = 86_400_000;

/** @param now in milliseconds; undefined = without an end */
export function endOf(lifetime: Lifetime, now: number): string | undefined {
  return lifetime === 'never' ? undefined : new Date(now + Number(lifetime) * DAY_MS).toISOString();
}

/** What somebody chose for a new key. */
export interface KeyChoice {
  name: string;
  /** All workspaces of the person, or those that are named. */
  where: 'all' | 'some';
  workspaces: string[];
  /** Everything that the person may do, looking only, or what is named. */
  what: 'all' | 'read' | 'some';
  actions: KeyAction[];
  lifetime: Lifetime;
}

/** The choice as the API takes it. @param now in milliseconds */
export function keyRequestOf(choice: KeyChoice, now: number): Schema<'CreateApiKeyDto'> {
  const { name, where, workspaces, what, actions, lifetime } = choice;
  const expiresAt = endOf(lifetime, now);
  return {
    name: name.trim(),
    ...(where === 'some' && { workspaces }),
    ...(what === 'read' && { actions: READING }),
    ...(what === 'some' && { actions }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What a program needs to look and change nothing. */
const READING: KeyAction[] = ['organization.read', 'workspace.read'];

/** What is wrong with a choice, by field; nothing where it can be sent. */
export function brokenIn({
  name,
  where,
  workspaces,
  what,
  actions,
}: KeyChoice): Partial<Record<keyof KeyChoice, string>> {
  return {
    ...(name.trim() === '' && { name: 'Enter what the key is for.' }),
    ...(where === 'some' && workspaces.length === 0 && { workspaces: 'Choose at least one workspace.' }),
    ...(what === 'some' && actions.length === 0 && { actions: 'Choose at least one.' }),
  };
}

/** What a key may do, in a few words. */
export function actionsInWords(actions: readonly KeyAction[] | null): string {
  if (actions === null) return 'everything its owner may do';
  if (actions.every((action) => READING.includes(action))) return 'only looking';
  const told = actions.filter((action) => action !== 'workspace.read' && action !== 'organization.read');
  const [first] = told;
  if (told.length === 1 && first) return lowerFirst(ACTION_WORDS[first]);
  return `${told.length} permissions`;
}

/** Where a key is good, in a few words. @param names of the workspaces that the person sees, by id */
export function placesInWords(workspaces: readonly string[] | null, names: ReadonlyMap<string, string>): string {
  if (workspaces === null) return 'all workspaces';
  const [first] = workspaces;
  if (workspaces.length === 1 && first !== undefined) return names.get(first) ?? 'one workspace';
  return `${workspaces.length} workspaces`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
