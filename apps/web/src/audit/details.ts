import { ACTION_WORDS } from '../settings/api-keys-scope.js';

/** Permissions by the name that the API gives them. */
const PERMISSIONS: Readonly<Record<string, string>> = ACTION_WORDS;

/** What the details of an entry say: `Time zone: UTC → Europe/Berlin`. */
export interface Detail {
  /** What it is about. */
  label: string;
  /** As it was; undefined for something new, or that has no before. */
  from?: string;
  /** As it is since. */
  to: string;
}

/** Facts as people call them. */
const FACT_WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  timeZone: 'Time zone',
  lateLimitMinutes: 'Late by at most (minutes)',
  paused: 'Paused',
  archived: 'Archived',
  secondFactorRequired: 'Second factor for everybody',
  role: 'Role',
  workspaces: 'Workspaces',
  actions: 'Permissions',
  expiresAt: 'Ends',
  platform: 'Network',
  status: 'Status',
  altText: 'Description',
  revision: 'Revision',
  dueAt: 'Due',
  state: 'State',
  heldReason: 'Held because',
  reason: 'Reason',
  rows: 'Rows shown',
  failed: 'Why not',
  by: 'By',
  userId: 'To member',
  outcome: 'Outcome',
  mode: 'Approval',
  decision: 'Decision',
  permalink: 'Address',
};

/**
 * The details of an entry as people read them, changes first.
 * @param time how an instant is written
 */
export function detailsOf(details: Readonly<Record<string, unknown>>, time: (at: string) => string): Detail[] {
  const { changes, ...rest } = details;
  const changed = Object.entries(isRecord(changes) ? changes : {}).map(([name, change]) => {
    const { from, to } = isRecord(change) ? change : {};
    return { label: label(name), to: textOf(to, time), ...(from !== undefined && { from: textOf(from, time) }) };
  });
  return [
    ...changed,
    ...Object.entries(rest).map(([name, value]) => ({ label: label(name), to: textOf(value, time) })),
  ];
}

function label(name: string): string {
  return FACT_WORDS[name] ?? name;
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

function textOf(value: unknown, time: (at: string) => string): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return PERMISSIONS[value]?.toLowerCase() ?? value.replaceAll(INSTANT, time);
  if (Array.isArray(value)) return value.map((one) => textOf(one, time)).join(', ');
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${textOf(inner, time)}`)
      .join(', ');
  }
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
