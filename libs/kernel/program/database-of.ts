import { type Config, ConfigError, describeConfig } from '../config/index.js';

/**
 * The logins of a program that brings no database of its own.
 * @throws ConfigError without `DATABASE_URL`
 */
export function databaseOf(config: Config): { databaseUrl: string; ownerUrl: string } {
  const { databaseUrl, migrateDatabaseUrl } = config;
  if (databaseUrl !== undefined && migrateDatabaseUrl !== undefined) {
    return { databaseUrl, ownerUrl: migrateDatabaseUrl };
  }
  const example = describeConfig().find(({ name }) => name === 'DATABASE_URL')?.example ?? '';
  throw new ConfigError(
    'DATABASE_URL',
    'is missing: only `npm start` brings a database of its own',
    `DATABASE_URL=${example}`,
  );
}
