import { type Config, ConfigError } from '../config/index.js';
import { isOutage } from '../database/index.js';
import { EmbeddedPostgresError } from '../embedded-postgres/index.js';
import { QueueUnreachableError } from '../jobs/index.js';

/** Why a start did not succeed: the cause and the way out in a sentence; a stack only where nobody foresaw it. */
export function explainStart(error: unknown, config: Config | undefined): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  if (error instanceof QueueUnreachableError) return explainQueue(error);
  const { code, port } = error as { code?: string; port?: number };
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) return explainPort(code, port, config);
  const database = config && !config.embedded ? explainDatabase(error) : undefined;
  if (database !== undefined) return database;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Why a start may succeed in a moment, since the database or the job queue is only away; undefined where it will not. */
export function explainAbsence(error: unknown): string | undefined {
  if (error instanceof QueueUnreachableError) return isRefusal(error.cause) ? undefined : explainQueue(error);
  return passes(error) ? explainDatabase(error) : undefined;
}

/** Servers that start at the same time are not in the DNS of a container network before they run. */
function passes(error: unknown): boolean {
  return isOutage(error) || ['ENOTFOUND', 'EAI_AGAIN'].includes((error as { code?: string }).code ?? '');
}

/**
 * What keeps a program from a server, by the system's or PostgreSQL's code
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it does not accept the login',
  '28000': 'it does not accept the login',
  '3D000': 'it has no database of that name',
  '42501': 'the login lacks a right',
  '53300': 'it takes no more connections',
  '57P03': 'it is starting or stopping',
};

/** Undefined where it is no matter of reaching the database. */
function explainDatabase(error: unknown): string | undefined {
  const cause = causeOf(error);
  return cause === undefined
    ? undefined
    : `The database cannot be used: ${cause} (${wordsOf(error)}). Check DATABASE_URL and MIGRATE_DATABASE_URL.`;
}

function explainQueue({ cause }: QueueUnreachableError): string {
  const { code } = cause as { code?: string };
  const why = isRefusal(cause) ? 'it refuses' : (CAUSES[code ?? ''] ?? 'it broke off');
  return `The job queue cannot be used: ${why} (${wordsOf(cause)}). Check REDIS_URL.`;
}

function causeOf(error: unknown): string | undefined {
  const { code } = error as { code?: string };
  return CAUSES[code ?? ''] ?? (isOutage(error) ? 'it broke off' : undefined);
}

/** Whether it is Redis's own answer, such as that a password is wrong: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Of several addresses tried, the first one's words. */
function wordsOf(error: unknown): string {
  const [said = error] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return said instanceof Error ? said.message : String(said);
}

function explainPort(code: 'EADDRINUSE' | 'EACCES', port: number, config: Config | undefined): string {
  const variable = config && port !== config.port ? 'SANDBOX_PORT' : 'PORT';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Set ${variable} to a free one, for example: ${variable}=${port + 100}`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user. Set ${variable} to one above 1023, for example: ${variable}=3100`;
  }
}
