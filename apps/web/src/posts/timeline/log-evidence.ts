import { type Schema } from '../../api/client.js';

export type LogEntry = Schema<'LogEntryDto'>;
export type LogKind = LogEntry['kind'];
/** What an entry of the log saw or did, in detail. Every kind, and every platform, has its own. */
export type Evidence = Readonly<Record<string, unknown>>;

/** One request and its answer, without secrets. */
export interface Exchange {
  method: string;
  host: string;
  path: string;
  startedAt: string;
  durationMs: number;
  status?: number;
  requestId?: string;
  /** Why there is no complete answer. */
  error?: string;
  /** Headers about limits. */
  rateLimit?: Record<string, string>;
}

/** A text of the evidence; undefined when it is missing or none. */
export function textOf(evidence: Evidence, name: string): string | undefined {
  const value = evidence[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number of the evidence. */
export function numberOf(evidence: Evidence, name: string): number | undefined {
  const value = evidence[name];
  return typeof value === 'number' ? value : undefined;
}

/** How long a list of the evidence is. */
export function lengthOf(evidence: Evidence, name: string): number | undefined {
  const value = evidence[name];
  return Array.isArray(value) ? value.length : undefined;
}

/** The requests that an entry tells of. */
export function exchangesOf(evidence: Evidence): Exchange[] {
  const value = evidence['exchanges'];
  return Array.isArray(value) ? value.filter(isExchange) : [];
}

function isExchange(value: unknown): value is Exchange {
  return typeof value === 'object' && value !== null && 'method' in value && 'host' in value && 'path' in value;
}

/** What stands in the sentences and the failure already, or numbers that only the machine counts by. */
const TOLD = new Set([
  'exchanges',
  'message',
  'remedy',
  'why',
  'at',
  'next',
  'reason',
  'permalink',
  'note',
  'lastAnswer',
  'attempt',
  'step',
  'again',
]);

/** The rest of the evidence, for those who want to see everything. */
export function remainderOf(evidence: Evidence): [string, unknown][] {
  return Object.entries(evidence).filter(([name, value]) => {
    if (TOLD.has(name) || value === null || value === undefined) return false;
    // Nearly every publication is one message.
    return !(name === 'segment' && value === 0);
  });
}
