import { type Config, ConfigError } from '../config/index.js';
import { EmbeddedPostgresError } from '../embedded-postgres/index.js';

/** Why a start did not succeed: the cause and the way out in a sentence; a stack only where nobody foresaw it. */
export function explainStart(error: unknown, config: Config | undefined): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (port !== undefined && (code === 'EADDRINUSE' || code === 'EACCES')) return explainPort(code, port, config);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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
