import { pino, type DestinationStream, type Logger } from 'pino';
import { type Config } from '../config/index.js';
import { readable } from './readable.js';
import { serializeError } from './serialize-error.js';

export type { Logger } from 'pino';

const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'apiKey',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'secretKey',
  'credentials',
  'channelCredentials',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
];

/** Three levels deep, since the logger does not look for names at any depth. */
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) =>
  ['', '*', '*.*'].map((above) => (above === '' || name.startsWith('[') ? `${above}${name}` : `${above}.${name}`)),
);

/**
 * The logger of a process: JSON in production or when the output is no terminal, else short lines for people.
 * Values of fields named like secrets are left out, and of errors only type, message, code and stack are kept.
 */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'production'>,
  destination: DestinationStream = process.stdout,
  format: 'json' | 'text' = config.production || !process.stdout.isTTY ? 'json' : 'text',
): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
      serializers: { err: serializeError, error: serializeError },
    },
    format === 'json' ? destination : readable(destination),
  );
}
