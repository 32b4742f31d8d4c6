import { type operations } from '../api/schema.generated.js';

/** How far back is looked, and what that is called. */
export const PERIODS = { day: 'The last 24 hours', week: 'The last 7 days', month: 'The last 30 days' };
export type Period = keyof typeof PERIODS;

/** What the screen shows; kept in the address. */
export interface AuditSearch {
  /** What was typed: a name, what was done, an IP address. */
  find?: string;
  /** Only what this member did. */
  who?: string;
  /** Only this: `updateWorkspace`. */
  what?: string;
  /** Only what was done in this workspace. */
  workspace?: string;
  /** Only what was done to this thing. */
  thing?: string;
  when?: Period;
}

const TEXTS = ['find', 'who', 'what', 'workspace', 'thing'] as const;

/** Reads the address. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read: AuditSearch = {};
  for (const name of TEXTS) {
    const value = search[name];
    // The router reads digits in an address as a number.
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text.trim() !== '') read[name] = text;
  }
  const { when } = search;
  if (typeof when === 'string' && Object.hasOwn(PERIODS, when)) read.when = when as Period;
  return read;
}

/** The same with one thing changed; undefined or nothing takes it away. */
export function changed(search: AuditSearch, name: keyof AuditSearch, value: string | undefined): AuditSearch {
  const { [name]: _, ...rest } = search;
  return value === undefined || value === '' ? rest : readAuditSearch({ ...rest, [name]: value });
}

/** Which entries, as the API takes it. */
export type AuditFilter = NonNullable<operations['exportAuditLog']['parameters']['query']>;

const PERIOD_MS: Record<Period, number> = { day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 };

/** The hours by which periods move on: a list is not another one with every second. */
const STEP_MS = 3_600_000;

/** @param now in milliseconds */
export function filterOf({ find, who, what, workspace, thing, when }: AuditSearch, now: number): AuditFilter {
  return {
    ...(find !== undefined && { text: find }),
    ...(who !== undefined && { userId: who }),
    ...(what !== undefined && { operation: what }),
    ...(workspace !== undefined && { workspaceId: workspace }),
    ...(thing !== undefined && { subjectId: thing }),
    ...(when !== undefined && {
      from: new Date(Math.floor((now - PERIOD_MS[when]) / STEP_MS) * STEP_MS).toISOString(),
    }),
  };
}

/** Where the same entries are as a table. */
export function exportAddress(filter: AuditFilter): string {
  const query = new URLSearchParams(Object.entries(filter)).toString();
  return query === '' ? '/v1/audit-log.csv' : `/v1/audit-log.csv?${query}`;
}
