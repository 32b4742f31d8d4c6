import { type Config, ConfigError } from '../config/index.js';
import { EmbeddedPostgresError } from '../embedded-postgres/index.js';

/** Why a start did not succeed: the cause and the way out in a sentence; a stack only where nobody foresaw it. */
export function explainStart(error: unknown, config: Config | undefined): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) return explainPort(code, port, config);
  const database = code === undefined ? undefined : DATABASE_CAUSES[code];
  if (database && config && !config.embedded) return explainDatabase(database, error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * What keeps a program from its database, by the system's or PostgreSQL's code
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const DATABASE_CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it does not accept the login',
  '28000': 'it does not accept the login',
  '3D000': 'it has no database of that name',
  '42501': 'the login lacks a right',
};

function explainDatabase(cause: string, error: unknown): string {
  // Of several addresses tried, the first one's words.
  const [said = error] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const words = said instanceof Error ? said.message : String(said);
  return `The database cannot be used: ${cause} (${words}). Check DATABASE_URL and MIGRATE_DATABASE_URL.`;
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
